"""The scan: from a folded text to drafts, one for each numeral that has a unit or may yet get one."""

import re
from collections.abc import Iterator
from decimal import Decimal

from newsfacts.extractors.figures import bounds, compounds, forms, money, refusals
from newsfacts.extractors.figures.dates import find_dates
from newsfacts.extractors.figures.draft import Draft
from newsfacts.extractors.figures.numerals import LONGEST, SCAN
from newsfacts.extractors.figures.units import find_unit, may_follow
from newsfacts.lexicon import Sense, context_pattern, load
from newsfacts.model import Bound, Kind, Refusal, Span

_ONE = Decimal(1)
_HALF = Decimal("0.5")
_HUNDRED = Decimal(100)
_THOUSAND = Decimal(1000)
_TEN_THOUSAND = Decimal(10000)
_THOUSANDS = ("k", "K")
_LETTERS = ("k", "K", "M", "B")
_COUNT = Kind.COUNT
_MONEY = Kind.MONEY
_SIGNS = frozenset("-负下")
_TEMPERATURES = ("°C", "°F")
_END = re.compile(r"[,，。;；、)！？!?\s]|左右|$|的")
_AFTER_THOUSAND = re.compile(r"[元个/~至到-]|[^\w]|$")
_SIGNED = frozenset((Kind.PERCENT, Kind.POINT, Kind.MONEY, Kind.MEASURE))
_OUTSIDE = re.compile(
    r"""
    (?: https?:// | www\. ) [\x21-\x7e]+                    # addresses on the web
  | [\w.+-]{1,64} @ [\w-]{1,64} (?: \.[\w-]{1,64} ){1,4}    # and of mail
  | !\[ [^\]\n]{0,200} \] \( [^)\s]{0,2000} \)              # images in Markdown
    """,
    re.VERBOSE | re.ASCII,
)
_TITLE = re.compile(r"《[^《》\n]{1,80}》")
"""The name of a book, a song, a law: 《一分钱》."""
_SENTENCE_ENDS = ("。", "!", "！", "?", "？", "”", "」", ")")
_LENDERS = "-~至到、和及与或甚乃×xX*比,亿"
"""What stands behind a number that takes its unit from the next one (3到5亿元, 4375×1785mm)."""
_NO_SIGN_AFTER = re.compile(r"[\dA-Za-z%)\]零一二三四五六七八九十百千万亿-]")


def scan(shadow: str, currency: str, refused: list[Refusal] | None, *, trusted: bool) -> list[Draft]:
    """The drafts of a folded text in order; refused candidates go to `refused`, when given, with the reason.

    In a `trusted` text every number is a quantity: nothing is refused.
    """
    titles = [] if trusted or "《" not in shadow else [match.span() for match in _TITLE.finditer(shadow)]
    wholes = [forms.read_whole(match) for match in forms.whole_words().finditer(shadow)]
    if titles:
        wholes = [whole for whole in wholes if not any(start < whole.start < end for start, end in titles)]
    blocked = _blocked(shadow, [(draft.start, draft.end) for draft in wholes], titles, trusted)
    drafts = list(wholes)
    words = {whole.start for whole in wholes}
    span, reason = next(blocked)
    resume = 0
    for match in SCAN.finditer(shadow):
        start, end = match.span()
        while span[1] <= start:
            span, reason = next(blocked)
        if span[0] <= start:
            found: Draft | list[Draft] | str = reason
        elif start < resume:
            continue
        else:
            found = _read(shadow, match, currency, resume, trusted)
            if span[0] in words and not isinstance(found, str) and _end(found) > span[0]:
                found = "runs into a word"  # 三分之一|半数
        if isinstance(found, Draft):
            drafts.append(found)
            resume = found.end
        elif isinstance(found, list):
            drafts += found
            resume = _end(found)
        elif refused is not None and found:
            refused.append(Refusal(start, end, found))
    return sorted(drafts, key=lambda draft: draft.start) if wholes else drafts


def _end(found: Draft | list[Draft]) -> int:
    return found.end if isinstance(found, Draft) else found[-1].end


def _blocked(shadow: str, wholes: list[Span], titles: list[Span], trusted: bool) -> Iterator[tuple[Span, str]]:
    """Stretches that hold no candidate, in order, with the reason; a last one behind the end of the text."""
    spans = [] if trusted else [(span, "calendar or clock time") for span in find_dates(shadow)]
    spans += [(span, "") for span in wholes]
    spans += [(span, "name in a title") for span in titles]
    spans += [(span, "page furniture") for span in _furniture(shadow)]
    if "://" in shadow or "www." in shadow or "@" in shadow or "![" in shadow:
        spans += [(match.span(), "address") for match in _OUTSIDE.finditer(shadow)]
    yield from sorted(spans)
    yield (len(shadow) + 1, len(shadow) + 2), ""


def _furniture(shadow: str) -> list[Span]:
    """The lines below a heading of related articles, up to one that ends as a sentence does."""
    if context_pattern("furniture_heading").search(shadow) is None:
        return []
    headings = load().context["furniture_heading"]
    spans: list[Span] = []
    at = 0
    below = False
    for line in shadow.split("\n"):
        text = line.strip()
        below = text in headings or (below and not text.endswith(_SENTENCE_ENDS))
        if below:
            spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _read(shadow: str, match: re.Match[str], currency: str, resume: int, trusted: bool) -> Draft | list[Draft] | str:
    """The draft or drafts of one run, or the reason why there is none."""
    start, end = match.span()
    if end - start > LONGEST:
        return "longer than any figure"
    if match.lastgroup == "chinese":
        if end - start == 1 and not trusted and shadow[start] != "零" and not may_follow(shadow[end : end + 1]):
            return "no unit"
        if shadow.startswith("零下", start):
            return "sign of the next number"
    draft = _numeral(match, shadow)
    if draft is None:
        return "no numeral"
    special = forms.read_special(shadow, draft)
    if special is not None:
        return special if isinstance(special, str) else _finish_special(shadow, special, resume)
    unit = find_unit(shadow, draft, trusted=trusted)
    if unit is not None and unit[0].kind is _COUNT and money.sign_before(shadow, start) is not None:
        unit = None  # in $3500万注资 the sign is the unit
    if unit is not None:
        _attach(draft, *unit)
    elif not (draft.arabic or trusted or _may_stay(shadow, draft)):
        return "no unit"
    reason = None if trusted else refusals.refuse(shadow, draft, resume)
    if reason is not None:
        return reason
    if shadow[start - 1 : start] in _SIGNS or (draft.unit in _TEMPERATURES and shadow.endswith("- ", 0, start)):
        _sign(shadow, draft, resume)
    if draft.kind is None or draft.kind is _MONEY:
        money.attach_currency(shadow, draft, currency, resume)
    if shadow[draft.end : draft.end + 1] in compounds.FOLLOWERS:
        compounds.extend(shadow, draft)
    bounds.read_after(shadow, draft)
    return draft


def _finish_special(shadow: str, drafts: list[Draft], resume: int) -> list[Draft]:
    """Sign and bounding suffix of a special form that stands alone."""
    if len(drafts) == 1 and drafts[0].kind in (Kind.PERCENT, Kind.RATIO):
        _sign(shadow, drafts[0], resume)
        bounds.read_after(shadow, drafts[0])
    return drafts


def _numeral(match: re.Match[str], shadow: str) -> Draft | None:
    """A draft that holds the numeral alone."""
    start = match.start()
    run = match[0]
    if match.lastgroup == "arabic":
        draft = Draft.of_digits(run, start)
        end = draft.end
        if shadow[end : end + 1] in _LETTERS and _takes_letter(shadow, end):
            draft.multiply(shadow[end])
            draft.number_end = draft.end = end + 1
        return draft
    arabic = match.lastgroup == "tail"
    draft_or_none = Draft.of_run(run, start, arabic=arabic)
    if draft_or_none is None and run[-1] in "千百":
        return Draft.of_run(run[:-1], start, arabic=arabic)
    return draft_or_none


def _takes_letter(shadow: str, at: int) -> bool:
    """Whether a letter behind digits is their magnitude: 30k元, 128K上下文, 7B参数."""
    if shadow[at] in _THOUSANDS and _AFTER_THOUSAND.match(shadow, at + 1):
        return True
    behind = at + 1 + shadow.startswith(" ", at + 1)
    return shadow.startswith(load().context["lettered"], behind)


def _attach(draft: Draft, sense: Sense, end: int) -> None:
    draft.kind, draft.unit, draft.word, draft.row, draft.label = (
        sense.kind,
        sense.unit,
        sense.word,
        sense.row,
        sense.label,
    )
    draft.end = end
    scale = sense.scale
    if sense.word == "折" and draft.value is not None:
        scale = _ONE if draft.value >= 10 else _HUNDRED if draft.value == _HALF else scale  # 75折, 半折, 八折
    draft.measure(scale)


def _may_stay(shadow: str, draft: Draft) -> bool:
    """Whether a Chinese numeral without a unit is worth keeping: as a bare number, or for the next figure to lend a
    unit."""
    if draft.is_large or draft.bound is Bound.OVER or refusals.counts_noun(shadow, draft):
        return True
    start, at = draft.start, draft.number_end
    if at - start > 1 and (shadow[start - 1 : start] in load().context["bare_after"] or _is_colloquial(shadow, draft)):
        return True
    following = shadow[at : at + 1]
    if following in _LENDERS:
        return following != ""
    return shadow[start:at] == "零" or money.name_before(shadow, start) is not None


def _is_colloquial(shadow: str, draft: Draft) -> bool:
    """Prices and crowds told without a unit: 两万二, 三千六, 有几千."""
    at_end = _END.match(shadow, draft.number_end) is not None
    if draft.value is None:
        return at_end and draft.high is not None and draft.high >= _THOUSAND
    return draft.value >= _TEN_THOUSAND or (draft.value >= _THOUSAND and at_end)


def _sign(shadow: str, draft: Draft, resume: int) -> None:
    """A minus sign, 负, or 零下 before the number makes it negative and belongs to the figure."""
    start = draft.start
    before = shadow[start - 1] if start else ""
    if before == "-":
        if _is_minus(shadow, draft, resume):
            draft.negate(1)
    elif before == "负":
        if not shadow.endswith("胜负", 0, start):
            draft.negate(1)
    elif before == " " and draft.unit in _TEMPERATURES and shadow.endswith("- ", 0, start):
        draft.negate(2)  # - 40℃
    elif before == "下" and shadow.endswith("零下", 0, start):
        draft.negate(2)


def _is_minus(shadow: str, draft: Draft, resume: int) -> bool:
    start = draft.start
    before = shadow[start - 2 : start - 1] if start > 1 else ""
    if resume == start - 1 > 0 or (before and _NO_SIGN_AFTER.match(before)):
        return False
    return before < "一" or draft.kind in _SIGNED or shadow.endswith(load().context["announce"], 0, start - 1)
