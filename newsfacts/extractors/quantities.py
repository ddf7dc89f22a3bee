"""Parsing one numeral or one quantity: the whole of a string, or a ValueError that says where it fails.

Looser than the scan of an article, since the caller says that there is a number: spaces inside, powers, exponents,
letters for magnitudes, and the colloquial numbers that a running text leaves to chance.
"""

import re
from decimal import Context, Decimal, InvalidOperation, Overflow, localcontext

from newsfacts.document.fold import fold
from newsfacts.extractors.figures import find_figures
from newsfacts.extractors.figures.numerals import EXACT, RUN, SCAN, read_run
from newsfacts.lexicon import load, read_table
from newsfacts.model import Bound, Figure, Kind, Numeral, Quantity

_CONTEXT = Context(prec=50, Emax=9999, Emin=-9999)
_SIGN = re.compile(r"[-+负正]")
_FRACTION = re.compile(r"(?:(?P<whole>.{1,30}?)又)?(?P<lower>.{1,30}?)(?:分之?|份)(?P<upper>负?.{1,30})")
_SLASH = re.compile(r"(?:(?P<whole>\d{1,15})又)?(?P<upper>\d{1,15})/(?P<lower>\d{1,15})")
_POWER = re.compile(r"(?P<base>[\d.]{1,20})\^(?P<exponent>[-+]?\d{1,3})")
_PLAIN = re.compile(r"(?P<digits>[\d,]{0,60}\.?\d{1,40})(?:[eE](?P<exponent>[-+]?\d{1,3})|(?P<letter>[kKMGT]))?")
_NUMERAL = re.compile(
    rf"""
    [一二两三四五六七八九十百千万亿]+ (?: [ ][零一二两三四五六七八九十百千万亿]+ )+   # 三千 九百 六十五
  | (?: {RUN} ) (?: (?: 分之 | /(?=\d) ) (?: {RUN} ) )?             # 五分之一, 1/3
  | [壹贰叁肆伍陆柒捌玖](?![\u4e00-\u9fff])                # a formal digit alone
    """,
    re.VERBOSE,
)
_PERCENT = ("百分之", "千分之", "万分之")
_NO_SIGN = re.compile(r"[\w-]")
_BETWEEN = re.compile(r"(?<=\d)间$")
_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_QUOTED = 60
_LETTERS = {"k": 3, "K": 3, "M": 6, "G": 9, "T": 12}


def parse_number(text: str) -> Decimal:
    """The exact value of a numeral, in any form that Chinese writes it in.

    Raises ValueError for what is no numeral, and for one without a single value (几百, 三四十).

    >>> parse_number("一百二十三万")
    Decimal('1230000')
    >>> parse_number("负三又五分之一"), parse_number("1.2M")
    (Decimal('-3.2'), Decimal('1200000'))
    """
    shadow = fold(text).replace(" ", "")
    with localcontext(EXACT):
        value = _parse_signed(shadow)
    if value is None:
        raise ValueError(
            f"{_quote(text)} is no numeral from character {_failure(shadow)} on; give digits or Chinese numerals only"
        )
    return EXACT.add(value, 0)


def _parse_signed(shadow: str) -> Decimal | None:
    match = _SIGN.match(shadow)
    value = _parse_unsigned(shadow[1:] if match else shadow)
    return value.copy_negate() if value is not None and match and match[0] in "-负" else value


def _parse_unsigned(shadow: str) -> Decimal | None:
    for parse in (_parse_run, _parse_plain, _parse_slash, _parse_fraction, _parse_power, _parse_collective):
        try:
            value = parse(shadow)
        except (InvalidOperation, Overflow, ZeroDivisionError):
            return None
        if value is not None:
            return value
    return None


def _parse_run(shadow: str) -> Decimal | None:
    match = SCAN.fullmatch(shadow)
    if match is None and shadow.startswith(tuple("壹贰叁肆伍陆柒捌玖拾佰仟参")):
        match = SCAN.fullmatch(f"零{shadow}") or re.fullmatch("[壹贰叁肆伍陆柒捌玖拾]", shadow)
    reading = read_run(shadow) if match else None
    return None if reading is None else reading.value


def _parse_plain(shadow: str) -> Decimal | None:
    match = _PLAIN.fullmatch(shadow)
    if match is None:
        return None
    value = Decimal(match["digits"].replace(",", ""))
    return value.scaleb(int(match["exponent"] or _LETTERS.get(match["letter"], 0)), _CONTEXT)


def _parse_slash(shadow: str) -> Decimal | None:
    match = _SLASH.fullmatch(shadow)
    if match is None:
        return None
    return Decimal(match["whole"] or 0) + _CONTEXT.divide(Decimal(match["upper"]), Decimal(match["lower"]))


def _parse_fraction(shadow: str) -> Decimal | None:
    match = _FRACTION.fullmatch(shadow)
    if match is None:
        return None
    parts = [_parse_signed(part) if part else Decimal(0) for part in (match["whole"], match["lower"], match["upper"])]
    whole, lower, upper = parts
    if whole is None or lower is None or upper is None:
        return None
    return whole + _CONTEXT.divide(upper, lower)


def _parse_power(shadow: str) -> Decimal | None:
    match = _POWER.fullmatch(shadow)
    return None if match is None else _CONTEXT.power(Decimal(match["base"]), Decimal(match["exponent"]))


def _parse_collective(shadow: str) -> Decimal | None:
    """Numbers told by a word: 半百, 一打, 五十打, 半个, 一双."""
    for row in read_table("collectives")["collective"]:
        word = row["word"]
        if shadow == word and row.get("alone", False):
            return Decimal(row["value"])
        if shadow.endswith(word) and len(shadow) > len(word):
            count = _parse_run(shadow[: -len(word)])
            return None if count is None else count * Decimal(row["value"])
    return None


def _quote(text: str) -> str:
    return repr(text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…")


def _failure(shadow: str) -> int:
    """Where a string stops being a numeral."""
    match = SCAN.match(shadow)
    return match.end() if match else 0


def parse_quantity(text: str) -> Quantity:
    """The quantity that a string holds, with its bound words: number, unit and nothing else.

    Raises ValueError that says where the string stops being a quantity.

    >>> quantity = parse_quantity("至少五千万美元")
    >>> quantity.value, quantity.unit, str(quantity.bound)
    (Decimal('50000000'), 'USD', '>=')
    >>> parse_quantity("六斤八两").value, parse_quantity("三千米").to("km").value
    (Decimal('6.8'), Decimal('3'))
    """
    shadow = _BETWEEN.sub("之间", _THOUSANDS.sub(",", fold(text).strip()))
    for candidate in (shadow, shadow.replace(" ", "")):
        figures = find_figures(candidate, trusted=True)
        if len(figures) == 1 and _covers(candidate, figures[0]):
            return _quantity(figures[0])
    return _parse_loosely(text, shadow)


def _covers(shadow: str, figure: Figure) -> bool:
    """Whether a figure and its bounding words are all there is."""
    start = min(figure.start, figure.bound_span[0]) if figure.bound_span else figure.start
    end = max(figure.end, figure.bound_span[1]) if figure.bound_span else figure.end
    rest = shadow[:start] + shadow[end:]
    return all(word in _fillers() for word in _split_fillers(rest))


def _fillers() -> tuple[str, ...]:
    lexicon = load()
    own = tuple(row["word"] for row in read_table("collectives")["filler"])
    return (*own, *lexicon.context["linker"], *lexicon.names)


def _split_fillers(rest: str) -> list[str]:
    """The words that a remainder is made of, or the remainder itself when it is not made of fillers."""
    words = sorted(_fillers(), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, words)))
    found = pattern.findall(rest)
    return found if "".join(found) == rest else [rest]


def _quantity(figure: Figure) -> Quantity:
    expression = next(
        (row.expression for row in load().rows if row.unit == figure.unit and row.kind is figure.kind), None
    )
    return Quantity(
        figure.kind, figure.value, figure.low, figure.high, figure.bound, figure.unit, figure.parts, expression
    )


def _parse_loosely(text: str, shadow: str) -> Quantity:
    """A number without a unit, or the number of a unit that articles need a context for."""
    bare = shadow.replace(" ", "")
    try:
        value = parse_number(bare)
    except ValueError as error:
        raise ValueError(
            f"{_quote(text)} is no quantity: {_explain(bare)}; give a number with its unit, such as 五千万美元"
        ) from error
    return Quantity(Kind.NUMBER, value, value, value, Bound.EXACT)


def _explain(shadow: str) -> str:
    figures = find_figures(shadow, trusted=True)
    if not figures:
        return f"no number with a unit from character {_failure(shadow)} on"
    first = figures[0]
    if len(figures) > 1:
        return f"a second one begins at character {figures[1].start}"
    return f"it begins at character {first.start} and ends at character {first.end}"


def find_numbers(text: str) -> list[Numeral]:
    """Every numeral of a text with its place and value, whether it is part of a figure or not.

    Fractions are one numeral, and so is a run that spaces divide.

    >>> [(text[n.start:n.end], n.value) for text in ["第3季卖出两万台，占四分之一"] for n in find_numbers(text)]
    [('3', Decimal('3')), ('两万', Decimal('20000')), ('四分之一', Decimal('0.25'))]
    """
    shadow = fold(text)
    numerals: list[Numeral] = []
    with localcontext(EXACT):
        for match in _NUMERAL.finditer(shadow):
            numerals += _numerals(shadow, match)
    return numerals


def _numerals(shadow: str, match: re.Match[str]) -> list[Numeral]:
    """The numeral of a match, or those of its parts where it is not one as a whole."""
    start, end = match.span()
    words = shadow[start:end].rstrip()
    negative = start > 0 and shadow[start - 1] in "-负" and not (start > 1 and _NO_SIGN.match(shadow[start - 2]))
    start -= negative
    end = match.start() + len(words)
    percent = words.startswith(_PERCENT)
    value = None if percent else _parse_unsigned(words.replace(" ", ""))
    if value is not None:
        value = value.copy_negate() if negative else value
        return [Numeral(start, end, value, value, value)]
    reading = read_run(words)
    if reading is not None:
        return [Numeral(start, end, None, reading.low, reading.high)]
    parts = [part for part in SCAN.finditer(shadow, match.start(), end) if part.span() != match.span()]
    return [numeral for part in parts for numeral in _numerals(shadow, part)]
