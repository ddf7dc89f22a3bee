"""Which script a text is in, by its characters."""

import re
from functools import cache
from pathlib import Path

_SAMPLE = 3000
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")


def detect_language(text: str) -> str | None:
    """`zh-Hant` or `zh-Hans` by the characters that only one script has; `zh` when there are none, None for no Chinese.

    >>> detect_language("營收較去年增長三成"), detect_language("营收较去年增长三成"), detect_language("up 3%")
    ('zh-Hant', 'zh-Hans', None)
    """
    sample = text[:_SAMPLE]
    if _IDEOGRAPH.search(sample) is None:
        return None
    traditional, simplified = _scripts()
    traditional_found = len(traditional.findall(sample))
    simplified_found = len(simplified.findall(sample))
    if not traditional_found and not simplified_found:
        return "zh"
    # 台, 里 and 后 are simplified forms and traditional characters of their own; hardly any are the other way round.
    return "zh-Hant" if 2 * traditional_found > simplified_found else "zh-Hans"


@cache
def _scripts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The traditional characters that have a simplified form, and the simplified characters that are no others' too."""
    pairs = Path(__file__).with_name("fold.txt").read_text(encoding="utf-8").split()
    ideographs = [pair for pair in pairs if "\u3400" <= pair[0] <= "\u9fff"]  # not the look-alikes that also fold
    traditional = {pair[0] for pair in ideographs}
    return _any_of(traditional), _any_of({pair[1] for pair in ideographs} - traditional)


def _any_of(characters: set[str]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(characters))}]")
