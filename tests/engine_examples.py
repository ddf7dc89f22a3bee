"""What the README shows of other engines: blocks of `py`, which run where their engine is installed."""

import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"^```py\n((?:.*\n)*?)```$", re.MULTILINE)

ARTICLES = {
    "url": ["a", "b", "c"],
    "title": ["年报", "客流", None],
    "content": ["远山集团净利润达3亿元，同比增长5%。", "首日客流2万人次。", None],
    "date": ["2024-03-01", "2024-03-02", "2024-03-03"],
}


def run_example(engine: str, folder: Path, **given: Any) -> dict[str, Any]:
    """Run the block that names the engine, on some articles of our own; its names and their values."""
    path = folder / "articles.parquet"
    pq.write_table(pa.table(ARTICLES), path)
    blocks = BLOCK.findall(README.read_text(encoding="utf-8"))
    (block,) = (block for block in blocks if re.search(rf"\b{engine}\b", block))
    exec(block.replace("articles.parquet", str(path)), given)
    return given
