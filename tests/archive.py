"""A folder of small made-up articles to run batches over: the same ones for the same seed.

Most are files of their own in dated folders: plain text, fragments with front matter, Markdown. A few are records in
files of records. One in a hundred is broken, each in another way.
"""

import gzip
import json
import random
from collections.abc import Callable
from pathlib import Path

BROKEN: tuple[tuple[str, bytes], ...] = (
    (".txt", b""),
    (".txt", b" \n\t\n"),
    (".txt", bytes(range(256)) * 20),
    (".html", b"<!-- nothing -->"),
    (".md", "---\ntitle: '夜市\ndate: [\n---\n客流2万人次。\n".encode()),
    (".jsonl", b'{"text": \n'),
    (".json", b'{"data": [{"text": "x"}'),
    (".csv", "编号,标题\n1,夜市\n".encode()),
    (".xml", b"<rss version='2.0'><channel></channel></rss>"),
    (".txt.gz", gzip.compress("客流2万人次。".encode() * 9)[:-12]),
    (".zip", b"PK\x03\x04 torn"),
    (".warc", b"no archive"),
)
"""How an input can be broken: its suffix, and its bytes."""

_RECORDS = 20
"""So many records stand in a file of records."""

_PLACES = ("海岚市", "东岭县", "蓝湾港", "云栖镇", "松江新区")
_THINGS = ("夜市客流", "货物吞吐量", "新能源汽车销量", "图书借阅量", "苗木出口额", "公交客运量")


def write_archive(folder: Path, articles: int, seed: int = 11) -> None:
    """Write so many articles, or what should have been one, into folders below `folder`."""
    rng = random.Random(seed)
    number = broken = 0
    while number < articles:
        place = folder / f"{2020 + number // 100 % 5}" / f"{number // 20:04}"
        place.mkdir(parents=True, exist_ok=True)
        if number % 100 == 50:
            suffix, data = BROKEN[broken % len(BROKEN)]
            (place / f"{number:06}{suffix}").write_bytes(data)
            broken, number = broken + 1, number + 1
            continue
        suffix, write, count = rng.choice(_FORMS) if number % 100 else (".jsonl", _write_records, _RECORDS)
        (place / f"{number:06}{suffix}").write_text(write(rng), encoding="utf-8")
        number += count


def write_article(rng: random.Random) -> str:
    """A paragraph with a few figures."""
    sentences = [
        f"{rng.choice(_PLACES)}统计局公布，{rng.randint(2015, 2023)}年{rng.choice(_THINGS)}达{rng.randint(2, 900)}万",
        f"{rng.choice(('件', '人次', '吨', '元'))}，同比增长{rng.uniform(0.1, 40):.1f}%。",
    ]
    if rng.random() < 0.5:
        sentences.append(f"截至{rng.randint(1, 12)}月底，全市已有{rng.randint(3, 999)}家商户参加。")
    return "".join(sentences)


def _write_fragment(rng: random.Random) -> str:
    day = f"{rng.randint(2015, 2023)}-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}"
    head = f"---\ntitle: {rng.choice(_THINGS)}\ndate: {day}\n---\n"
    return f"{head}<p>{write_article(rng)}</p>\n<p>{write_article(rng)}</p>\n"


def _write_records(rng: random.Random) -> str:
    records = ({"id": f"r{number}", "text": write_article(rng)} for number in range(_RECORDS))
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


_FORMS: tuple[tuple[str, Callable[[random.Random], str], int], ...] = (
    (".txt", write_article, 1),
    (".html", _write_fragment, 1),
    (".md", lambda rng: f"# 简讯\n\n{write_article(rng)}\n", 1),
)
"""The suffix of each form, how one is written, and how many articles that is."""
