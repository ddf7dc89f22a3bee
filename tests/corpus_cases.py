"""The corpus as data: how a case is written, and the disguises it must survive.

A file of `tests/corpus` is one phenomenon. Each `[[case]]` holds a sentence and ALL its figures in order; a fact may
also state `metric`, `subject`, `change`, `period`, `per`, `status` or `negated` (`"none"` states that there is none),
and what it does not state is not compared. `variants = false`, or a list of names, keeps a case out of the variants in
which its sentence would mean something else. Known failures live in `tests/known-failures` in the same form, with a
`reason` and, where only some variants fail, `fails = [...]`.
"""

import datetime
import functools
import html
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import opencc

import newsfacts
from newsfacts.document.fold import fold
from newsfacts.model import Document, Fact, Kind, Span

TESTS = Path(__file__).parent
CORPUS = TESTS / "corpus"
KNOWN_FAILURES = TESTS / "known-failures"

LINKS = ("metric", "subject", "change", "period", "per", "status", "negated")
FIGURE_KEYS = frozenset({"text", "start", "kind", "value", "low", "high", "unit", "bound", "parts"})
CASE_KEYS = frozenset({"text", "facts", "title", "date", "variants", "reason", "fails"})
OPEN_LOW = frozenset({"<", "<=", "<~", "~"})
OPEN_HIGH = frozenset({">", ">=", "~"})
KINDS = frozenset(kind.value for kind in Kind)
BOUNDS = frozenset({"=", "range"}) | OPEN_LOW | OPEN_HIGH
NEUTRAL = "记者走访了当地市场。"


@dataclass(frozen=True)
class Expected:
    """A figure as a case states it, at its place in the document's text."""

    start: int
    end: int
    kind: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    bound: str
    parts: tuple[Decimal, ...] | None
    links: Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """A sentence with its figures. Offsets count from the title's first character where there is a title."""

    file: str
    line: int
    text: str
    title: str | None
    date: datetime.date | None
    facts: tuple[Expected, ...]
    variants: tuple[str, ...]
    fails: tuple[str, ...]
    reason: str

    @property
    def whole(self) -> str:
        """The document's text: title, newline, sentence."""
        return self.text if self.title is None else f"{self.title}\n{self.text}"


def load_cases(path: Path) -> list[Case]:
    """The cases of a file. Raises ValueError that names file and line when a case breaks the form."""
    source = path.read_text(encoding="utf-8")
    lines = [number for number, line in enumerate(source.splitlines(), 1) if line.strip() == "[[case]]"]
    table = tomllib.loads(source)
    if not table.get("phenomenon"):
        raise ValueError(f"{path.name}: say which phenomenon the file holds")
    return [_case(path.name, line, row) for line, row in zip(lines, table["case"], strict=True)]


def load_folder(folder: Path) -> dict[str, list[Case]]:
    """Every file of a folder with its cases, by name."""
    return {path.stem: load_cases(path) for path in sorted(folder.glob("*.toml"))}


def _case(file: str, line: int, row: dict[str, Any]) -> Case:
    where = f"{file}:{line}"
    if unknown := row.keys() - CASE_KEYS:
        raise ValueError(f"{where}: unknown keys {sorted(unknown)}")
    date = datetime.date.fromisoformat(str(row["date"])) if "date" in row else None
    variants = row.get("variants", True)
    names = tuple(VARIANTS) if variants is True else ("plain", *(variants or ()))
    fails = tuple(row.get("fails", names)) if "reason" in row else ()
    if unknown := {*names, *fails} - VARIANTS.keys():
        raise ValueError(f"{where}: unknown variants {sorted(unknown)}")
    bare = Case(file, line, row["text"], row.get("title"), date, (), names, fails, row.get("reason", ""))
    return replace(bare, facts=tuple(_facts(where, bare.whole, row["facts"])))


def _facts(where: str, whole: str, rows: Sequence[dict[str, Any]]) -> Iterator[Expected]:
    """Each fact stands after the one before; `start` says where when its text also occurs earlier."""
    position = 0
    for row in rows:
        start = row.get("start", whole.find(row["text"], position))
        if start < position or not whole.startswith(row["text"], start):
            raise ValueError(f"{where}: {row['text']} is not in the sentence after the figure before it")
        position = start + len(row["text"])
        yield _expected(where, start, row)


def _expected(where: str, start: int, row: dict[str, Any]) -> Expected:
    if unknown := row.keys() - FIGURE_KEYS - set(LINKS):
        raise ValueError(f"{where}: {row['text']} has unknown keys {sorted(unknown)}")
    if row["kind"] not in KINDS:
        raise ValueError(f"{where}: {row['text']} has the unknown kind {row['kind']}")
    value = Decimal(row["value"]) if "value" in row else None
    bound = row.get("bound", "range" if "low" in row else "=")
    if bound not in BOUNDS:
        raise ValueError(f"{where}: {row['text']} has the unknown bound {bound}")
    return Expected(
        start=start,
        end=start + len(row["text"]),
        kind=row["kind"],
        value=value,
        low=Decimal(row["low"]) if "low" in row else None if bound in OPEN_LOW else value,
        high=Decimal(row["high"]) if "high" in row else None if bound in OPEN_HIGH else value,
        unit=row.get("unit"),
        bound=bound,
        parts=tuple(map(Decimal, row["parts"])) if "parts" in row else None,
        links={name: row[name] for name in LINKS if name in row},
    )


# Disguises: each gives the case anew, or None where it does not change the sentence.

WIDE = {ord(narrow): chr(ord(narrow) + 0xFEE0) for narrow in "0123456789%+-$~"}
BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[.:](?=[0-9])")


def widen(case: Case) -> Case | None:
    """Digits and their signs in full width; a comma stays, since the full-width one is a punctuation mark."""
    return _respell(case, lambda text: BETWEEN_DIGITS.sub(_wide, text).translate(WIDE))


def _wide(match: re.Match[str]) -> str:
    return chr(ord(match[0]) + 0xFEE0)


def traditionalise(case: Case) -> Case | None:
    """Traditional script, for a case that is written in simplified."""
    simplify = converter("t2s")
    return _respell(case, converter("s2t")) if simplify(case.whole) == case.whole else None


@functools.cache
def converter(name: str) -> Callable[[str], str]:
    convert: Callable[[str], str] = opencc.OpenCC(name).convert
    return convert


def _respell(case: Case, spell: Callable[[str], str]) -> Case | None:
    text, title = spell(case.text), case.title and spell(case.title)
    if len(text) != len(case.text) or len(title or "") != len(case.title or ""):
        return None
    changed = replace(case, text=text, title=title)
    return None if changed == case else changed


def shift(case: Case) -> Case:
    """A neutral sentence in front. It moves what opens a paragraph, so the links of the figures are not compared."""
    begin = len(case.whole) - len(case.text)
    return replace(case, text=NEUTRAL + case.text, facts=tuple(_shifted(fact, begin) for fact in case.facts))


def _shifted(fact: Expected, begin: int) -> Expected:
    by = len(NEUTRAL) if fact.start >= begin else 0
    return replace(fact, start=fact.start + by, end=fact.end + by, links={})


def tag(case: Case) -> bytes:
    """The case as an HTML fragment, with front matter where it has title or date; inline tags cut every figure."""
    begin = len(case.whole) - len(case.text)
    inside = {i - begin for fact in case.facts for i in range(fact.start, fact.end) if (i - fact.start) % 2}
    pieces = (f"<b>{html.escape(c)}</b>" if i in inside else html.escape(c) for i, c in enumerate(case.text))
    body = "<p>" + "".join(pieces).replace("\n", "</p>\n<p>") + "</p>\n"
    head = {"title": case.title, "date": case.date and case.date.isoformat()}
    rows = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items() if value]
    return (("---\n" + "".join(rows) + "---\n" if rows else "") + body).encode()


def _extracted(case: Case) -> tuple[str, list[Fact]]:
    return case.whole, newsfacts.extract(case.text, title=case.title, date=case.date)


def _read(case: Case) -> tuple[str, list[Fact]]:
    document: Document = newsfacts.read(tag(case))
    return document.text, newsfacts.extract_document(document)


Disguise = Callable[[Case], Case | None]
VARIANTS: dict[str, Disguise] = {
    "plain": lambda case: case,
    "fullwidth": widen,
    "shifted": shift,
    "traditional": traditionalise,
    "tagged": lambda case: case,
}


def run(case: Case, variant: str) -> list[str]:
    """What is wrong with the facts of a case in a variant, a line each; nothing when all is right."""
    changed = VARIANTS[variant](case)
    if changed is None:
        return []
    text, facts = (_read if variant == "tagged" else _extracted)(changed)
    if text != changed.whole:
        return [f"read as {text!r}"]
    wrong = [*_compare(text, changed.facts, facts), *_offsets(text, facts)]
    return [f"{case.file}:{case.line} [{variant}] {changed.whole}", *(f"    {line}" for line in wrong)] if wrong else []


def _compare(text: str, expected: Sequence[Expected], facts: Sequence[Fact]) -> Iterator[str]:
    found = {(fact.start, fact.end): fact for fact in facts}
    for want in expected:
        got = found.pop((want.start, want.end), None)
        words = text[want.start : want.end]
        if got is None:
            yield f"missing  {words}  {_figure(want)}"
            continue
        yield from (f"differs  {words}: {line}" for line in _differences(want, got))
    yield from (f"extra    {fact.text}  {_figure(fact)}" for fact in found.values())


def _differences(want: Expected, got: Fact) -> Iterator[str]:
    if not _same_figure(want, got):
        yield f"expected {_figure(want)}, got {_figure(got)}"
    for name, value in want.links.items():
        actual = _link(got, name)
        if _folded(value) != _folded(actual):
            yield f"{name} expected {value}, got {actual}"


def _same_figure(want: Expected, got: Fact) -> bool:
    same = (want.kind, want.unit, want.bound, want.parts) == (got.kind, got.unit, got.bound, got.parts)
    return same and all(_close(a, b) for a, b in ((want.value, got.value), (want.low, got.low), (want.high, got.high)))


def _close(want: Decimal | None, got: Decimal | None) -> bool:
    """Equal; a fraction that does not end, to nine digits."""
    if want is None or got is None:
        return want is got
    return want == got or (want % 1 != 0 and abs(want - got) < abs(want) * Decimal("1e-9"))


def _link(fact: Fact, name: str) -> Any:
    """The field as a case writes it."""
    value = fact.to_dict()[name]
    if name == "per" and value:
        return {"value": str(value["value"]), "unit": value["unit"]}
    return "none" if value is None else value


def _folded(value: Any) -> Any:
    """Words without regard to script and width; keys that a case leaves out and nulls are the same."""
    if isinstance(value, dict):
        return {key: _folded(item) for key, item in value.items() if item is not None}
    return fold(value) if isinstance(value, str) else str(value)


def _figure(figure: Expected | Fact) -> str:
    value = f"{figure.low}..{figure.high}" if figure.value is None else str(figure.value)
    parts = f" parts {'/'.join(map(str, figure.parts))}" if figure.parts else ""
    return f"{figure.kind} {value} {figure.unit or '-'} {figure.bound}{parts}"


def _offsets(text: str, facts: Sequence[Fact]) -> Iterator[str]:
    """Every span must cut the very words that the fact names."""
    for fact in facts:
        yield from _cut(text, fact.text, "figure", (fact.start, fact.end), fact.text)
        quoted = {"metric": fact.metric, "subject": fact.subject, "period": fact.period.text if fact.period else None}
        for name, span in fact.evidence.items():
            yield from _cut(text, fact.text, name, span, quoted.pop(name, None))
        yield from (f"evidence {fact.text}: none for {name} {words}" for name, words in quoted.items() if words)


def _cut(text: str, figure: str, name: str, span: Span, words: str | None) -> Iterator[str]:
    start, end = span
    cut = text[start:end]
    if not 0 <= start < end <= len(text) or (words is not None and cut != words):
        yield f"offset   {figure}: {name} at {start}:{end} cuts {cut!r}, not {words!r}"
