"""Start-up: the CPU time of short commands, against that of `import jieba; jieba.initialize()` in the same run."""

import resource
import subprocess
import sys
from pathlib import Path

ROUNDS = 5
SAMPLES = Path(__file__).parent.parent / "samples"
NEWSFACTS = [sys.executable, "-m", "newsfacts"]

COMMANDS = (
    ("jieba.initialize()", [sys.executable, "-W", "ignore", "-c", "import jieba; jieba.initialize()"], None),
    ("newsfacts --version", [*NEWSFACTS, "--version"], 0.3),
    ("newsfacts --help", [*NEWSFACTS, "--help"], 0.3),
    ("newsfacts extract ferry.html", [*NEWSFACTS, "extract", str(SAMPLES / "ferry.html")], 1.0),
    ("newsfacts extract dairy.txt", [*NEWSFACTS, "extract", str(SAMPLES / "dairy.txt")], 1.0),
    (
        "newsfacts extract -f table ferry.html",
        [*NEWSFACTS, "extract", "-f", "table", str(SAMPLES / "ferry.html")],
        None,
    ),
)


def cpu_seconds(command: list[str]) -> float:
    """The CPU time of a command, user and system, the best of some rounds."""
    return min(_once(command) for _ in range(ROUNDS))


def _once(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure every command and print its share of jieba's start."""
    reference = 0.0
    for name, command, reach in COMMANDS:
        seconds = cpu_seconds(command)
        reference = reference or seconds
        goal = f" (to stay under: {reach:g})" if reach else ""
        print(f"{name:40} {seconds:6.3f} s  {seconds / reference:5.2f}{goal}")


if __name__ == "__main__":
    main()
