"""Reading and extracting many inputs one after the other, so that no bad one stops the rest.

A stream from names to results: nothing is read before the writer asks for it, and nothing is kept after.
"""

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence

from newsfacts.cli.inputs import STDIN
from newsfacts.cli.options import Extract
from newsfacts.cli.report import Report
from newsfacts.document.article import Reading
from newsfacts.document.reading import read_closely
from newsfacts.document.source import Options
from newsfacts.errors import ReadError
from newsfacts.model import Kind
from newsfacts.output.records import Result


def read_all(inputs: Sequence[str | ReadError], options: Options, report: Report) -> Iterator[Reading]:
    """The articles of all inputs, in order; what cannot be read is told to the report."""
    for number, item in enumerate(inputs):
        report.advance(number, len(inputs))
        for result in _read(item, options, report):
            if isinstance(result, ReadError):
                report.failed(result)
            else:
                report.read(result)
                yield result


def _read(item: str | ReadError, options: Options, report: Report) -> Iterator[Reading | ReadError]:
    if isinstance(item, ReadError):
        yield item
        return
    try:
        if item == STDIN:
            yield from read_closely(sys.stdin.buffer.read(), options=options)
        else:
            yield from read_closely(item, options=options)
    except Exception as error:  # whatever one file does to a parser must not stop the others
        report.broke(item, error)


def extract_all(
    readings: Iterable[Reading], extract: Extract, kinds: Collection[Kind], report: Report
) -> Iterator[Result]:
    """Each article with its facts, of the given kinds if any are given; an article that breaks is told."""
    for reading in readings:
        document = reading.document
        try:
            facts = extract(document)
        except Exception as error:
            report.broke(document.source, error)
            continue
        if kinds:
            facts = [fact for fact in facts if fact.kind in kinds]
        report.found(len(facts))
        yield document, facts
