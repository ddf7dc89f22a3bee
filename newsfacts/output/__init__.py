"""Writers: each takes a stream of articles with their facts and writes it in one form."""

from collections.abc import Callable, Iterable
from typing import TextIO

from newsfacts.output import csv, json, jsonl, table
from newsfacts.output.records import Result

Writer = Callable[[Iterable[Result], TextIO], None]

FORMATS: dict[str, Writer] = {
    "table": table.write,
    "json": json.write,
    "jsonl": jsonl.write,
    "csv": csv.write,
}

SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".txt": "table"}
"""The format that the name of an output file asks for."""
