"""Saved pages of many layouts in `tests/articles/layouts`, each against what `expected.toml` says of it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from newsfacts.document.reading import read
from newsfacts.errors import ReadError

LAYOUTS = Path(__file__).parent / "articles" / "layouts"
PAGES: list[dict[str, Any]] = tomllib.loads((LAYOUTS / "expected.toml").read_text(encoding="utf-8"))["page"]


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("page", PAGES, ids=[page["file"] for page in PAGES])
def test_layout(page: dict[str, Any]) -> None:
    document = read(LAYOUTS / page["file"])
    told = {
        "title": document.title,
        "published": document.published and document.published.isoformat(),
        "author": document.author,
        "origin": document.origin,
        "site": document.site,
    }
    assert told == {name: page.get(name) for name in told}
    headline, _, body = document.text.partition("\n")
    assert headline == document.title
    assert [stretch for stretch in page["holds"] if bare(stretch) not in bare(body)] == []
    assert [stretch for stretch in page["lacks"] if bare(stretch) in bare(body)] == []


def test_frames() -> None:
    with pytest.raises(ReadError, match=r"shows other files in frames; give those: node_1.htm, content_1.htm"):
        read(LAYOUTS / "frames.html")


def test_every_page_is_expected() -> None:
    expected = {page["file"] for page in PAGES} | {"frames.html"}
    assert expected == {path.name for path in LAYOUTS.glob("*.html")}
