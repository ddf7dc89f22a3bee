"""Figures: the numbers of a text with their units.

`scan` finds the candidates, `ranges` joins those that share a unit, `ranks` tells places in a ranking, `bounds` reads
the words before them, and `refusals` says which of them are none.
"""

from decimal import localcontext

from newsfacts.extractors.figures import bounds, ranges, ranks, refusals
from newsfacts.extractors.figures.numerals import EXACT
from newsfacts.extractors.figures.scan import scan
from newsfacts.model import Figure, Kind, Refusal


def find_figures(
    shadow: str, currency: str = "CNY", refused: list[Refusal] | None = None, *, trusted: bool = False
) -> list[Figure]:
    """All figures of a folded text in order, none overlapping another.

    `currency` is the ISO code of a plain 元. Candidates that are no figure go to `refused`, when given, with the
    reason. `trusted` text is known to be a quantity, so that nothing in it is refused.

    >>> [(f.value, f.unit) for f in find_figures("累计优惠229亿元,覆盖1800多家银行,5G用户占比超三成")]
    [(Decimal('22900000000'), 'CNY'), (Decimal('1800'), '家'), (Decimal('30'), '%')]
    """
    with localcontext(EXACT):
        drafts = ranks.spread(shadow, ranges.join(shadow, scan(shadow, currency, refused, trusted=trusted)))
        for draft in drafts:
            bounds.read_before(shadow, draft)
        drafts = ranges.join_bounded(shadow, drafts)
    figures: list[Figure] = []
    for draft in drafts:
        reason = refusals.refuse_bare(shadow, draft) if draft.kind is None and not trusted else None
        if reason is not None:
            if refused is not None:
                refused.append(Refusal(draft.start, draft.end, reason))
            continue
        if draft.kind is None:
            draft.kind, draft.rule = Kind.NUMBER, "bare number"
        figures.append(draft.finish())
    return figures
