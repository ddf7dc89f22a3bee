"""The formats that results are written in, by name, and how a run writes one."""

from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from newsfacts.output import columnar, csv, html, json, jsonl, markdown, table, tsv
from newsfacts.output.records import Result
from newsfacts.output.target import open_file, open_target
from newsfacts.output.writers import File, Lines, Stream, Writer, flat_lines

FORMATS: dict[str, Writer] = {
    "table": Stream(table.write),
    "json": Stream(json.write),
    "jsonl": Lines(jsonl.render),
    "csv": flat_lines(csv.join),
    "tsv": flat_lines(tsv.join),
    "markdown": Lines(markdown.render),
    "html": Stream(html.write),
    "parquet": File(columnar.write_parquet),
    "duckdb": File(columnar.write_duckdb),
}

EXCEL = flat_lines(csv.join_for_excel, csv.MARK)
"""CSV that a spreadsheet reads as UTF-8 and runs nothing of."""

SUFFIXES = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".md": "markdown",
    ".html": "html",
    ".txt": "table",
    ".parquet": "parquet",
    ".duckdb": "duckdb",
}
"""The format that the name of an output file asks for."""


def write_results(writer: Writer, results: Iterable[Result], output: Path | None) -> None:
    """Write the results to a file, whole or not at all, or to standard output for None.

    Raises OutputError when it cannot be written, and for a `File` without a path.
    """
    if isinstance(writer, File):
        with open_file(output) as path:
            writer.write(results, path)
    else:
        with open_target(output) as stream:
            write_text(writer, results, stream)


def write_text(writer: Lines | Stream, results: Iterable[Result], stream: TextIO) -> None:
    """Write the results to a stream."""
    if isinstance(writer, Stream):
        writer.write(results, stream)
    else:
        stream.write(writer.header)
        stream.writelines(writer.render(document, facts) for document, facts in results)
