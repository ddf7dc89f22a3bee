"""Characters a second: newsfacts beside other tools and beside a floor, on one generated corpus.

    python benchmarks/throughput.py [--characters N] [--articles FOLDER] [--compiled PYTHON]

Each tool runs in a process of its own, one after the other, on the same articles; what is measured is the CPU time of
the work, without start-up, the best of three rounds after a warm-up. Recognizers-Text gets a slice, being slow.

`figures` and `facts` start from plain text, as JioNLP and Recognizers do. `pipeline` starts from the bytes of an HTML
fragment and ends in JSON Lines; `floor` is the least that any tool would do there: decode, parse with lxml, scan for
numbers with one expression, tag the sentences that hold one with rjieba, and dump JSON.

`--compiled` names a Python that has the compiled wheel (`make wheel-compiled`): it is measured beside this one.
"""

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from corpus import make_articles

ROUNDS = 3
SLICE = {"recognizers": 12_000}
"""How many characters of the corpus a slow tool gets."""

Work = Callable[[list[str]], int]
"""Does the work on these articles; returns how many things it found."""


def figures() -> Work:
    """newsfacts: figures only."""
    from newsfacts.document.fold import fold
    from newsfacts.extractors.figures import find_figures

    return lambda articles: sum(len(find_figures(fold(article))) for article in articles)


def facts() -> Work:
    """newsfacts: facts with all their fields."""
    from newsfacts import Document, extract_document

    return lambda articles: sum(len(extract_document(Document(article))) for article in articles)


def pipeline() -> Work:
    """newsfacts: from the bytes of a fragment to JSON Lines."""
    from newsfacts import extract_document, read
    from newsfacts.output.encode import to_json
    from newsfacts.output.records import fact_record

    def work(articles: list[str]) -> int:
        found = 0
        for article in articles:
            document = read(to_fragment(article))
            found += len([to_json(fact_record(document, fact)) for fact in extract_document(document)])
        return found

    return work


def floor() -> Work:
    """The least work: decode, lxml, one scan, rjieba, JSON."""
    import lxml.html
    import rjieba

    scan = re.compile(r"[0-9０-９零一二两三四五六七八九十百千万亿]+(?:[.,][0-9]+)*")

    def work(articles: list[str]) -> int:
        found = 0
        for article in articles:
            text = lxml.html.fromstring(to_fragment(article).decode("utf-8")).text_content()
            for sentence in re.split(r"[。！？\n]", text):
                numbers = [match.span() for match in scan.finditer(sentence)]
                if numbers:
                    words = len(rjieba.tag(sentence))
                    found += len([json.dumps({"span": span, "words": words}) for span in numbers])
        return found

    return work


def jionlp() -> Work:
    """JioNLP: extract_money, amounts of money alone."""
    import jionlp

    return lambda articles: sum(len(jionlp.ner.extract_money(article)) for article in articles)


def recognizers() -> Work:
    """Recognizers-Text: numbers, percentages, currencies and dimensions."""
    from recognizers_number import Culture, NumberRecognizer
    from recognizers_number_with_unit import NumberWithUnitRecognizer

    numbers, units = NumberRecognizer(Culture.Chinese), NumberWithUnitRecognizer(Culture.Chinese)
    models = [
        numbers.get_number_model(),
        numbers.get_percentage_model(),
        units.get_currency_model(),
        units.get_dimension_model(),
    ]
    return lambda articles: sum(len(model.parse(article)) for article in articles for model in models)


TOOLS = {tool.__name__: tool for tool in (figures, facts, pipeline, floor, jionlp, recognizers)}

RATIOS = (
    ("figures", "jionlp", 2.0),
    ("figures", "recognizers", 100.0),
    ("facts", "jionlp", 0.6),
    ("facts", "recognizers", 50.0),
    ("pipeline", "floor", 0.25),
)
"""What is held against what, and the ratio of characters a second to reach."""

COMPILED = ("figures", "facts", "pipeline")
"""What the compiled wheel is measured by as well."""


def to_fragment(article: str) -> bytes:
    """The article as the bytes of an HTML fragment, a paragraph a line."""
    return "".join(f"<p>{line}</p>\n" for line in article.splitlines()).encode()


def read_folder(folder: Path) -> list[str]:
    """The articles of a folder as newsfacts reads them, in place of the generated ones."""
    from newsfacts import read
    from newsfacts.errors import ReadError

    articles = []
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".html", ".md")):
        try:
            articles.append(read(path).text)
        except ReadError as error:
            print(f"left out: {error}", file=sys.stderr)
    return articles


def measure(name: str, articles: list[str]) -> None:
    """Run one tool and print its figures as JSON."""
    work = TOOLS[name]()
    work(articles[:2])
    seconds = []
    for _ in range(1 if name in SLICE else ROUNDS):
        start = time.process_time()
        found = work(articles)
        seconds.append(time.process_time() - start)
    characters = sum(map(len, articles))
    print(json.dumps({"characters": characters, "found": found, "rate": characters / min(seconds)}))


def take(articles: list[str], characters: int | None) -> list[str]:
    """The first articles, up to so many characters."""
    if characters is None:
        return articles
    taken: list[str] = []
    for article in articles:
        if characters <= 0:
            break
        taken.append(article)
        characters -= len(article)
    return taken


def run(name: str, build: str, python: Path, arguments: list[str]) -> dict[str, float] | None:
    """Measure a tool in a process of its own; None when it cannot run."""
    command = [str(python), "-W", "ignore", __file__, "--tool", name, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    label = f"{name}{build}"
    if done.returncode:
        print(f"{label:18} did not run: {done.stderr.strip().splitlines()[-1]}")
        return None
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    doc = (TOOLS[name].__doc__ or "").rstrip(".")
    print(f"{label:18} {result['rate']:12,.0f} characters/s  {result['found']:7,.0f} found  {doc}")
    return result


def main() -> None:
    """Measure every tool and print the ratios that matter."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--characters", type=int, default=700_000, help="size of the generated corpus (about 2 MB)")
    parser.add_argument("--articles", type=Path, help="measure on the articles of this folder instead")
    parser.add_argument("--compiled", type=Path, metavar="PYTHON", help="a Python that has the compiled wheel")
    parser.add_argument("--tool", choices=TOOLS, help="measure one tool in this process and print JSON")
    options = parser.parse_args()
    if options.tool:
        articles = read_folder(options.articles) if options.articles else make_articles(options.characters)
        measure(options.tool, take(articles, SLICE.get(options.tool)))
        return
    arguments = ["--articles", str(options.articles)] if options.articles else ["--characters", str(options.characters)]
    pythons = {"": Path(sys.executable)} | ({" compiled": options.compiled} if options.compiled else {})
    results = {
        (name, build): run(name, build, python, arguments)
        for name in TOOLS
        for build, python in pythons.items()
        if not build or name in COMPILED
    }
    for name, other, reach in RATIOS:
        for build in pythons:
            ours, theirs = results[name, build], results[other, ""]
            if ours and theirs:
                ratio = ours["rate"] / theirs["rate"]
                print(f"{name}{build} / {other}: {ratio:.2f} (to reach: {reach:g})")


if __name__ == "__main__":
    main()
