"""A table for people: an article's facts at a glance, one a row, under the article's name.

All text of an article goes through `rich.text.Text`, so markup in it stays text, and through `visible`, so that no
control character reaches the terminal. rich is imported when the first table is printed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from newsfacts.model import Document, Fact
from newsfacts.output.reading import COLUMNS, name_document, read_around, read_row
from newsfacts.output.records import Result
from newsfacts.output.visible import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

_WIDEST = dict(zip(COLUMNS, (26, 22, 22, 26, 22, 5), strict=True))
"""How many cells each column may take; what does not fit is folded."""
_FOLDED = ("Metric", "Subject")
"""The columns that give way where a terminal is narrow."""
_GAP = 2
_NARROWEST = 16
"""The words around a figure fill the rest of the line; where fewer cells are left, there is no such column."""


@dataclass(frozen=True, slots=True)
class View:
    """How a table looks: plain digits and unit symbols (`raw`), colours, and the width (None: the terminal's)."""

    raw: bool = False
    color: bool = False
    width: int | None = None


def write(results: Iterable[Result], stream: TextIO, view: View = View()) -> None:
    """Write a table for each article, as the articles come."""
    console = open_console(stream, view)
    for number, (document, facts) in enumerate(results):
        if number:
            console.print()
        console.print(_headline(document))
        console.print(_table(document, facts, console.width, raw=view.raw) if facts else "no figures")


def open_console(stream: TextIO, view: View) -> "Console":
    """A rich console that adds nothing of its own: no markup, no emoji, no highlighting, colours only on demand."""
    from rich.console import Console

    return Console(
        file=stream,
        color_system="standard" if view.color else None,
        force_terminal=view.color,
        width=view.width,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )


def _headline(document: Document) -> "Text":
    from rich.text import Text

    return Text(visible(name_document(document)), style="bold")


def _table(document: Document, facts: Sequence[Fact], width: int, *, raw: bool) -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    rows = [[visible(cell) for cell in read_row(document, fact, raw=raw)] for fact in facts]
    table = Table(box=box.SIMPLE_HEAD, padding=(0, _GAP - 1, 0, 0), pad_edge=False, show_edge=False)
    left = width
    for (head, widest), cells in zip(_WIDEST.items(), zip(*rows, strict=True), strict=True):
        natural = min(widest, max(Text(cell).cell_len for cell in (head, *cells)))
        left -= natural + _GAP
        table.add_column(head, max_width=natural, no_wrap=head not in _FOLDED, overflow="fold")
    if left >= _NARROWEST:
        table.add_column("Text", width=left, no_wrap=True, overflow="ellipsis")
    for fact, row in zip(facts, rows, strict=True):
        table.add_row(*map(Text, row), *([_snippet(document, fact)] if left >= _NARROWEST else []))
    return table


def _snippet(document: Document, fact: Fact) -> "Text":
    """The words around the figure, the figure in bold."""
    from rich.text import Text

    before, figure, after = map(visible, read_around(document, fact))
    return Text(before).append(figure, style="bold").append(after)
