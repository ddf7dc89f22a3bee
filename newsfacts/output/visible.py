"""Text that is safe to show on a terminal.

Article text and file names come from anywhere. An escape sequence in them could move the cursor, set colours or retitle
the window, and a reordering mark could make a line read otherwise than it is; here each becomes a visible sign.
"""

_SIGNS = (
    {code: chr(0x2400 + code) for code in range(0x20)}
    | {0x7F: "\u2421"}
    | dict.fromkeys([*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029], "\ufffd")
)
_SIGNS_IN_LINES = {code: sign for code, sign in _SIGNS.items() if chr(code) not in "\n\t"}


def visible(text: str, *, lines: bool = False) -> str:
    r"""The text with each control character as a sign, one for one; with `lines`, line breaks and tabs stay.

    >>> visible("营收\x1b[31m229亿元\n")
    '营收␛[31m229亿元␊'
    """
    if text.isprintable():
        return text
    shown = text.translate(_SIGNS_IN_LINES if lines else _SIGNS)
    return shown.encode("utf-8", "replace").decode("utf-8") if not shown.isascii() else shown
