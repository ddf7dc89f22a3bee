"""A folder of articles from end to end: the command with one and with two processes, beside a floor and beside peers.

    python benchmarks/batch.py [--articles N] [--no-peers]

The articles are made up (`corpus.py`), each a file of front matter and HTML. A run is the whole command, start-up too,
from the files to a file of JSON Lines. The floor is the least that any program would do with the same files in one
process: read, decode, parse with lxml, scan for numbers once, tag the sentences that hold one with rjieba, dump JSON.
Memory is the peak of the largest process. The CPU time tells more than the clock where other programs run.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from corpus import make_articles
from throughput import run as run_peer

FLOOR = Path(__file__).with_name("floor.py")


class Cost(NamedTuple):
    """What a command took: seconds by the clock and of CPU, and the MiB of its largest process."""

    clock: float
    cpu: float
    memory: float


def write_articles(folder: Path, count: int) -> int:
    """Write so many articles; returns how many characters they have."""
    articles = make_articles(count * 900)[:count]
    for number, article in enumerate(articles):
        path = folder / f"{number // 1000:03}" / f"{number:06}.html"
        path.parent.mkdir(exist_ok=True)
        title, *lines = article.split("\n")
        head = f"---\ntitle: {title[:24]}\ndate: 2023-05-{number % 28 + 1:02}\n---\n"
        path.write_text(head + "".join(f"<p>{line}</p>\n" for line in lines or [title]), encoding="utf-8")
    return sum(map(len, articles))


def measure(*command: object) -> Cost:
    """Run a command to its end."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *map(str, command)], stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with code {process.returncode}")
    return Cost(clock, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def tell(name: str, cost: Cost, articles: int, characters: int) -> None:
    """Print a line of figures."""
    print(
        f"{name:12} {articles / cost.clock:8.0f} articles/s {characters / cost.clock:10,.0f} characters/s"
        f"  {cost.clock:7.1f} s, {cost.cpu:7.1f} s CPU, {cost.memory:4.0f} MiB"
    )


def main() -> None:
    """Measure and print, with what is to be reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--no-peers", action="store_true", help="leave out the other tools")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "news"
        folder.mkdir()
        characters = write_articles(folder, options.articles)
        extract = ("-m", "newsfacts", "extract", folder, "-q", "-o", Path(name) / "facts.jsonl", "-j")
        floor, one, two = measure(FLOOR, folder), measure(*extract, 1), measure(*extract, 2)
    for label, cost in (("floor", floor), ("1 process", one), ("2 processes", two)):
        tell(label, cost, options.articles, characters)
    print(f"2 processes / 1: {one.clock / two.clock:.2f} by the clock, {two.cpu / one.cpu:.2f} of CPU (to reach: 1.8)")
    print(f"1 process / floor: {one.cpu / floor.cpu:.2f} of CPU (to stay under: 4)")
    if options.no_peers:
        return
    for peer, reach in (("jionlp", None), ("recognizers", 30)):
        result = run_peer(peer, "", Path(sys.executable), ["--characters", str(characters)])
        if result:
            goal = f" (to reach: {reach})" if reach else ""
            print(f"1 process / {peer}: {characters / one.cpu / result['rate']:.2f}{goal}")


if __name__ == "__main__":
    main()
