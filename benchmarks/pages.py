"""Read a folder of saved pages, and print how fast; the readings go to a JSON Lines file for scoring.

Usage: python benchmarks/pages.py FOLDER OUT.jsonl [newsfacts|readability|trafilatura|resiliparse|lxml]

Each line is {"file", "title", "published", "author", "text", "seconds"}; `file` is the last two parts of the path. The
other readers are compared when they are installed. `lxml` is the bare parse of the page, the floor of all of them.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from newsfacts.document.decode import decode
from newsfacts.document.reading import read
from newsfacts.errors import ReadError

Reading = dict[str, Any]


def read_with_newsfacts(page: bytes) -> Reading:
    """The whole reading: headline, day, author, body."""
    document = read(page)
    return {
        "title": document.title,
        "published": document.published and document.published.isoformat(),
        "author": document.author,
        "text": document.text,
    }


def read_with_readability(page: bytes) -> Reading:
    """The body's HTML as readability finds it, as text."""
    from lxml import html
    from readability import Document

    document = Document(decode(page).text)
    return {"title": document.short_title(), "text": html.fromstring(document.summary()).text_content()}


def read_with_trafilatura(page: bytes) -> Reading:
    """The body and metadata as trafilatura finds them."""
    import trafilatura

    found = trafilatura.bare_extraction(decode(page).text, favor_precision=True, include_comments=False)
    if found is None:
        return {"text": ""}
    return {"title": found.title, "published": found.date, "author": found.author, "text": found.text}


def read_with_resiliparse(page: bytes) -> Reading:
    """The body as resiliparse finds it."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    return {"text": extract_plain_text(HTMLTree.parse(decode(page).text), main_content=True)}


def read_with_lxml(page: bytes) -> Reading:
    """No more than the parse, and all the text there is."""
    from lxml import html

    return {"text": html.fromstring(decode(page).text.encode()).text_content()}


READERS: dict[str, Callable[[bytes], Reading]] = {
    "newsfacts": read_with_newsfacts,
    "readability": read_with_readability,
    "trafilatura": read_with_trafilatura,
    "resiliparse": read_with_resiliparse,
    "lxml": read_with_lxml,
}


def read_all(folder: Path, reader: Callable[[bytes], Reading]) -> Iterator[Reading]:
    """The reading of every page in a folder and its subfolders, with its time."""
    for path in sorted(folder.rglob("*.htm*")):
        page = path.read_bytes()
        started = time.perf_counter()
        try:
            reading = reader(page)
        except ReadError as error:
            reading = {"text": "", "error": str(error)}
        yield {"file": "/".join(path.parts[-2:]), **reading, "seconds": time.perf_counter() - started}


def main() -> None:
    """Read the pages and print the median time."""
    folder, out, name = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "newsfacts"
    readings = list(read_all(folder, READERS[name]))
    out.write_text("".join(json.dumps(reading, ensure_ascii=False) + "\n" for reading in readings), encoding="utf-8")
    seconds = [reading["seconds"] for reading in readings]
    speed = f"median {median(seconds) * 1000:.1f} ms, {len(seconds) / sum(seconds):.0f} a second"
    print(f"{name}: {len(readings)} pages, {speed}")


if __name__ == "__main__":
    main()
