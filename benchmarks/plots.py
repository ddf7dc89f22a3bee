"""Time and memory of a batch over the number of its articles; its cost is linear where the curve is a straight line.

    python benchmarks/plots.py [--most N]

Writes benchmarks/plots/batch.svg. Each run is the whole command in two processes over short made-up articles; time is
CPU time, which other programs on the machine do not lengthen, and memory that of the largest process.
"""

import argparse
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
from batch import Cost, measure
from corpus import make_articles

TARGET = Path(__file__).parent / "plots" / "batch.svg"
CHARACTERS = 150
"""About so long is each article."""


def run(count: int) -> Cost:
    """What a batch of so many articles costs."""
    articles = make_articles(200_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "news"
        for number in range(count):
            path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(articles[number % len(articles)][:CHARACTERS], encoding="utf-8")
        return measure("-m", "newsfacts", "extract", folder, "-q", "-j", 2, "-o", Path(name) / "facts.jsonl")


def draw(costs: dict[int, Cost]) -> None:
    """Draw time above and memory below."""
    figure, (above, below) = plt.subplots(2, 1, sharex=True, figsize=(6, 5), layout="constrained")
    counts = list(costs)
    above.loglog(counts, [cost.cpu for cost in costs.values()], marker="o")
    above.set_ylabel("CPU time (s)")
    below.semilogx(counts, [cost.memory for cost in costs.values()], marker="o")
    below.set(ylabel="largest process (MiB)", xlabel="articles", ylim=(0, 150))
    for axes in (above, below):
        axes.grid(visible=True, alpha=0.3)
    TARGET.parent.mkdir(exist_ok=True)
    figure.savefig(TARGET, metadata={"Date": None})


def main() -> None:
    """Measure 100, 1000, ... articles and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=100_000, help="the largest batch")
    most = parser.parse_args().most
    costs: dict[int, Cost] = {}
    for count in (100, 300, 1000, 3000, 10_000, 30_000, 100_000):
        if count <= most:
            costs[count] = run(count)
            print(f"{count:7} articles: {costs[count].cpu:6.1f} s CPU, {costs[count].memory:4.0f} MiB", flush=True)
    draw(costs)


if __name__ == "__main__":
    main()
