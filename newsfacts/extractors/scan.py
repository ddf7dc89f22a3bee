"""The scan: from a folded text to drafts, one for each numeral that has a unit or may yet get one."""

import re
from collections.abc import Iterator
from decimal import Decimal

from newsfacts.extractors import bounds, compounds, forms, money, refusals
from newsfacts.extractors.dates import find_dates
from newsfacts.extractors.draft import Draft
from newsfacts.extractors.numerals import LARGE, SCAN, SMALL, read_arabic, read_run
from newsfacts.extractors.units import BETWEEN, PLAIN_STRICT, Unit, match_unit
from newsfacts.model import Bound, Kind, Refusal, Span

_ONE = Decimal(1)
_HALF = Decimal("0.5")
_MAGNITUDES = {c: Decimal(n) for c, n in (LARGE | SMALL).items()}
_TRAILING = re.compile(r"[十百千万亿兆]+$")
_OUTSIDE = re.compile(
    r"""
    (?: https?:// | www\. ) [\x21-\x7e]+                    # addresses on the web
  | [\w.+-]{1,64} @ [\w-]{1,64} (?: \.[\w-]{1,64} ){1,4}    # and of mail
  | !\[ [^\]\n]{0,200} \] \( [^)\s]{0,2000} \)              # images in Markdown
    """,
    re.VERBOSE | re.ASCII,
)
_LONGEST = 64
"""A run of more characters than this is no number of any article."""
_LENDERS = "-~至到、和及与或×xX*比,亿"
"""What stands behind a number that takes its unit from the next one (3到5亿元, 4375×1785mm)."""
_NO_SIGN_AFTER = re.compile(r"[\dA-Za-z%)\]零一二三四五六七八九十百千万亿-]")


def scan(shadow: str, currency: str, refused: list[Refusal] | None) -> list[Draft]:
    """The drafts of a folded text in order; refused candidates go to `refused`, when given, with the reason."""
    wholes = [forms.read_whole(match) for match in forms.whole_words().finditer(shadow)]
    blocked = _blocked(shadow, [(draft.start, draft.end) for draft in wholes])
    drafts: list[Draft] = wholes
    span, reason = next(blocked)
    resume = 0
    for match in SCAN.finditer(shadow):
        start, end = match.span()
        while span[1] <= start:
            span, reason = next(blocked)
        if span[0] <= start:
            found: list[Draft] | str = reason
        elif start < resume:
            continue
        else:
            found = _read(shadow, match, currency, resume)
        if not isinstance(found, str):
            drafts += found
            resume = found[-1].end
        elif refused is not None and found:
            refused.append(Refusal(start, end, found))
    return sorted(drafts, key=lambda draft: draft.start) if wholes else drafts


def _blocked(shadow: str, wholes: list[Span]) -> Iterator[tuple[Span, str]]:
    """Stretches that hold no candidate, in order, with the reason; a last one behind the end of the text."""
    spans = [(span, "calendar or clock time") for span in find_dates(shadow)]
    spans += [(span, "") for span in wholes]
    if "://" in shadow or "www." in shadow or "@" in shadow or "![" in shadow:
        spans += [(match.span(), "address") for match in _OUTSIDE.finditer(shadow)]
    yield from sorted(spans)
    yield (len(shadow) + 1, len(shadow) + 2), ""


def _read(shadow: str, match: re.Match[str], currency: str, resume: int) -> list[Draft] | str:
    """The draft or drafts of one run, or the reason why there is none."""
    start, end = match.span()
    if end - start > _LONGEST:
        return "longer than any figure"
    draft = _numeral(match)
    if draft is None:
        return "no numeral"
    special = forms.read_special(shadow, draft)
    if special is not None:
        return special
    unit = _unit(shadow, draft)
    if unit is None and not _may_stay(shadow, draft):
        return "no unit"
    if unit is not None:
        _attach(draft, unit)
    reason = refusals.refuse(shadow, draft, resume)
    if reason is not None:
        return reason
    _sign(shadow, draft, resume)
    money.attach_currency(shadow, draft, currency, resume)
    compounds.extend(shadow, draft)
    bounds.read_after(shadow, draft)
    return [draft]


def _numeral(match: re.Match[str]) -> Draft | None:
    """A draft that holds the numeral alone."""
    start, end = match.span()
    if match.lastgroup == "arabic":
        value = read_arabic(match[0])
        return Draft(start, end, start, end, value, value, value, value, _ONE, Bound.EXACT, None, True, False)
    text = match[0]
    return _from_run(text, start, arabic=match["arabic"] is not None)


def _from_run(text: str, start: int, *, arabic: bool) -> Draft | None:
    reading = read_run(text)
    if reading is None:
        return None
    end = start + len(text)
    trailing = _TRAILING.search(text)
    magnitude = _ONE
    if trailing is not None and trailing.start():
        for mark in trailing[0]:
            magnitude *= _MAGNITUDES[mark]
    digits = None if reading.value is None else reading.value / magnitude
    bound = reading.bound
    span = (start, end) if bound is not Bound.EXACT else None
    return Draft(
        start,
        end,
        start,
        end,
        reading.value,
        reading.low,
        reading.high,
        digits,
        magnitude,
        bound,
        span,
        arabic,
        reading.bare,
    )


def _unit(shadow: str, draft: Draft) -> Unit | None:
    """The unit behind a numeral; a 千, 百 or 兆 that belongs to it (1.2亿千瓦时) leaves the numeral."""
    at = draft.number_end
    large = draft.value is None or draft.value >= PLAIN_STRICT or not draft.value == draft.value.to_integral_value()
    last = shadow[at - 1]
    if last in "千百兆" and at - draft.start > 1:
        unit = match_unit(shadow, at - 1, draft.start, large)
        longer = unit is not None and len(unit.sense.word) > 1
        if longer and unit is not None and (draft.arabic or unit.sense.word != "千米") and _shorten(shadow, draft):
            return unit
    if draft.bare and match_unit(shadow, draft.start, draft.start, large) is not None:
        return None
    return _unit_at(shadow, at, draft, large)


def _shorten(shadow: str, draft: Draft) -> bool:
    """Give the last character of the run to the unit."""
    text = shadow[draft.start : draft.number_end - 1].rstrip()
    shorter = _from_run(text, draft.start, arabic=draft.arabic)
    if shorter is None:
        return False
    for name in ("end", "number_end", "value", "low", "high", "digits", "magnitude", "bound", "bound_span", "bare"):
        setattr(draft, name, getattr(shorter, name))
    return True


def _unit_at(shadow: str, at: int, draft: Draft, large: bool) -> Unit | None:
    while draft.arabic and shadow.startswith(" ", at) and at - draft.number_end < 2:
        at += 1
    following = shadow[at : at + 1]
    between = BETWEEN.get(following)
    if between is not None:
        start = at + 1
        while shadow.startswith(" ", start) and start - at < 3:
            start += 1
        unit = match_unit(shadow, start, draft.start, large)
        if unit is not None:
            draft.bound, draft.bound_span = between, (at, at + 1)
            return unit
    if following == "个":
        infix = shadow[at + 1 : at + 2]
        if infix == "亿":
            draft.number_end = draft.end = at + 2
            _multiply(draft, _MAGNITUDES[infix])
            return _unit_at(shadow, at + 2, draft, large)
        if infix in ("多", "半", "余"):
            unit = match_unit(shadow, at + 2, draft.start, large)
            if unit is not None and unit.sense.kind in (Kind.DURATION, Kind.POINT):
                _infix(draft, infix, at + 1)
                return unit
    return match_unit(shadow, at, draft.start, large)


def _multiply(draft: Draft, by: Decimal) -> None:
    draft.value, draft.low, draft.high = (None if v is None else v * by for v in (draft.value, draft.low, draft.high))
    draft.magnitude *= by


def _infix(draft: Draft, infix: str, at: int) -> None:
    """个半 adds a half (三个半月), 个多 bounds (两个多月)."""
    if infix != "半":
        draft.bound, draft.bound_span = Bound.OVER, (at, at + 1)
    elif draft.value is not None:
        draft.value += _HALF
        draft.low = draft.high = draft.value


def _attach(draft: Draft, unit: Unit) -> None:
    sense = unit.sense
    draft.kind, draft.unit, draft.word, draft.table, draft.end = (
        sense.kind,
        sense.unit,
        sense.word,
        sense.table,
        unit.end,
    )
    draft.label = sense.label
    scale = sense.scale
    if sense.word == "折" and draft.value is not None and draft.value >= 10:
        scale = _ONE  # 75折 names the percentage itself
    draft.measure(scale)


def _may_stay(shadow: str, draft: Draft) -> bool:
    """Whether a numeral without a unit is worth keeping: it may be a bare number, or the next figure may lend its unit."""
    if draft.arabic or draft.magnitude > 1000 or draft.bound is Bound.OVER:
        return True
    at = draft.number_end
    following = shadow[at : at + 1]
    if following in _LENDERS:
        return following != ""
    return shadow[draft.start : at] == "零" or money.name_before(shadow, draft.start) is not None


def _sign(shadow: str, draft: Draft, resume: int) -> None:
    """A minus sign, 负, or 零下 before the number makes it negative and belongs to the figure."""
    start = draft.start
    if shadow.endswith("-", 0, start):
        before = shadow[start - 2 : start - 1] if start > 1 else ""
        if resume == start - 1 > 0 or (before and _NO_SIGN_AFTER.match(before)):
            return
        if "一" <= before and draft.kind not in (Kind.PERCENT, Kind.POINT, Kind.MONEY, Kind.MEASURE):
            return
        length = 1
    elif shadow.endswith("负", 0, start) and not shadow.endswith("胜负", 0, start):
        length = 1
    elif shadow.endswith("零下", 0, start):
        length = 2
    else:
        return
    draft.start -= length
    if draft.value is not None:
        draft.value = -draft.value
    draft.low, draft.high = (None if v is None else -v for v in (draft.high, draft.low))
