"""Articles a second: the local engine beside Spark, on the same articles, with one process and with two.

    python benchmarks/spark.py [--articles N]

A file of records is made up and read by `newsfacts extract -j N`, and by the job of `newsfacts spark` in `local[N]`.
What is measured is the work. The local engine includes its start, which is short. Of Spark it is the second job of a
session, when the JVM and the Python workers are up, as they soon are on a cluster. CPU time is that of all processes,
the JVM among them, and says what a core does on a machine that others use as well. Memory is the most that one process
of the local engine, or one Python worker of Spark, ever had.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus import make_articles

WARM_UP = 200


def write_records(path: Path, articles: list[str]) -> None:
    """A JSON Lines file of articles, half of them fragments of HTML."""
    with path.open("w", encoding="utf-8") as file:
        for number, article in enumerate(articles):
            title, _, body = article.partition("\n")
            text = body if number % 2 else "".join(f"<p>{line}</p>" for line in body.splitlines())
            record = {"id": number, "title": title, "date": f"2024-{1 + number % 12:02}-05", "text": text}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def run_local(path: Path, processes: int, folder: Path) -> dict[str, float]:
    """The local engine."""
    output = folder / "facts.jsonl"
    command = [sys.executable, "-m", "newsfacts", "extract", "-q", "-j", str(processes), "-o", str(output), str(path)]
    start, cpu = time.perf_counter(), cpu_seconds()
    subprocess.run(command, check=True)
    seconds, cpu = time.perf_counter() - start, cpu_seconds() - cpu
    with output.open("rb") as file:
        facts = sum(1 for _ in file)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"seconds": seconds, "cpu": cpu, "facts": facts, "memory": memory}


def run_spark(path: Path, processes: int, folder: Path) -> dict[str, float]:
    """The job of Spark, in a session of its own."""
    from newsfacts.engines.spark.job import Job, open_session, run

    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.local.dir": str(folder)}
    session = open_session(f"local[{processes}]", settings)
    run(session, Job([f"{path}.few"], str(folder / "few"), form="jsonl"))
    start, cpu = time.perf_counter(), cpu_seconds()
    tally = run(session, Job([str(path)], str(folder / "many")))
    seconds, cpu = time.perf_counter() - start, cpu_seconds() - cpu
    memory = session.range(processes * 4).repartition(processes * 4).mapInArrow(peak_memory, "memory double").collect()
    session.stop()
    return {"seconds": seconds, "cpu": cpu, "facts": tally.facts, "memory": max(row.memory for row in memory)}


def cpu_seconds() -> float:
    """The CPU time of this process and of all that it has started, ended ones included."""
    ticks: dict[int, int] = {}
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        parents[int(stat.parent.name)] = int(fields[1])
        ticks[int(stat.parent.name)] = sum(map(int, fields[11:15]))
    ours = {os.getpid()}
    while found := {process for process, parent in parents.items() if parent in ours} - ours:
        ours |= found
    return sum(ticks[process] for process in ours) / os.sysconf("SC_CLK_TCK")


def peak_memory(batches: Iterator[Any]) -> Iterator[Any]:
    """The most memory that this worker ever had, in mebibytes."""
    import pyarrow as pa

    for _ in batches:
        yield pa.RecordBatch.from_pydict({"memory": [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]})


ENGINES = {"local": run_local, "spark": run_spark}


def main() -> None:
    """Measure each engine in a process of its own, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=6_000)
    parser.add_argument("--one", nargs=3, metavar=("ENGINE", "PROCESSES", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.one:
            engine, processes, path = options.one
            print(json.dumps(ENGINES[engine](Path(path), int(processes), Path(folder))))
            return
        path = Path(folder, "articles.jsonl")
        articles = make_articles(options.articles * 1000)[: options.articles]
        write_records(path, articles)
        write_records(Path(f"{path}.few"), articles[:WARM_UP])
        compare(path, len(articles), sum(map(len, articles)))


def compare(path: Path, articles: int, characters: int) -> None:
    """Print what each engine does in a second, alone and beside the local engine with one process."""
    print(f"{articles} articles of {characters // articles} characters")
    first = 0.0
    for engine in ENGINES:
        for processes in (1, 2):
            command = [sys.executable, __file__, "--one", engine, str(processes), str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            result = json.loads(done.stdout.splitlines()[-1])
            cost = result["cpu"] / articles
            first = first or cost
            print(
                f"{engine} {processes}  {articles / result['seconds']:6.0f} articles/s  {1 / cost:6.0f} a CPU second, "
                f"{cost / first:.2f} x the cost  {result['facts']} facts  {result['memory']:4.0f} MiB a process"
            )


if __name__ == "__main__":
    main()
