"""Front matter: the block of metadata that posts and many dumps carry above the text.

YAML stands between two lines of `---`, TOML between two lines of `+++`; only plain data is loaded from it. A third
form is what some scrapers write above Markdown: `> id:`, `> link:` and `> title:` lines, a heading, and a line
`_Published on Tue, 05 Aug 2025 05:39:48 GMT_`.
"""

import re
from collections.abc import Mapping
from typing import Any

from newsfacts.document.fields import Fields, read_fields
from newsfacts.errors import ReadError

_BLOCK = re.compile(
    r"""
    \ufeff? \s*
    (?P<mark> --- | \+\+\+ ) [ \t]* \r?\n
    (?P<data> (?: .* \n )*? )
    (?P=mark) [ \t]* (?: \r?\n | \Z )
    """,
    re.VERBOSE,
)
_FIRST_FIELD = re.compile(r"(?:[^\S\n]*(?:#.*)?\n)*+[^\S\n]*[\w\"'-]+\s*[:=]")
_SMALL = 1000
_DEEPEST = 50
_NULLS = ("", "~", "null", "Null", "NULL")
_QUOTED_FIELDS = re.compile(r"\s*(?:>[ ]?(?:id|link|title|author):.*\n\s*)+")
_QUOTED_FIELD = re.compile(r"^>[ ]?(\w+):[ \t]*(.*)$", re.MULTILINE)
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")
_PUBLISHED_ON = re.compile(r"(?:#[ \t]*(?P<title>.*)\n)?\s*_Published on (?P<date>[^_\n]+)_[ \t]*\n?")


def split_front_matter(text: str) -> tuple[Fields, str] | None:
    """The fields and the text below them, or None when the text has no front matter.

    Raises ReadError for front matter that is not valid YAML or TOML.

    >>> fields, text = split_front_matter("---\\ntitle: 机场客流回升\\ndate: 2023-05-04\\n---\\n运送旅客3万人次。")
    >>> fields.title, fields.published, text
    ('机场客流回升', datetime.date(2023, 5, 4), '运送旅客3万人次。')
    """
    block = _BLOCK.match(text)
    if block is None or not _looks_like_fields(block["data"]):
        return _split_quoted_fields(text)
    load = _load_yaml if block["mark"] == "---" else _load_toml
    return read_fields(load(block["data"])), text[block.end() :].lstrip("\r\n")


def _looks_like_fields(data: str) -> bool:
    """Whether a block between two rules is metadata, or prose that happens to stand there."""
    return not data.strip() or _FIRST_FIELD.match(data) is not None


def _load_yaml(data: str) -> Mapping[str, Any]:
    import yaml

    # The base loader keeps every value as it is written: `title: 2021` is a text, and so is a day that does not exist.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        if len(data) > _SMALL:
            _check_depth(data, loader)
        fields = yaml.load(data, Loader=loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        at = "" if line is None else f" at its line {line + 1}"
        raise ReadError(
            f"its front matter is not valid YAML{at}; put the value in quotes or remove the block"
        ) from None
    return {key: fields[key] for key in fields if fields[key] not in _NULLS} if isinstance(fields, dict) else {}


def _check_depth(data: str, loader: Any) -> None:
    """Raise ValueError for values so deep in each other that libyaml would overrun its stack."""
    import yaml

    depth = 0
    for event in yaml.parse(data, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ValueError("nested too deep")


def _load_toml(data: str) -> Mapping[str, Any]:
    import tomllib

    try:
        return tomllib.loads(data)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ReadError(f"its front matter is not valid TOML: {error}; mend it or remove the block") from None


def has_quoted_fields(text: str) -> bool:
    """Whether a text begins with the quoted fields that some scrapers write above Markdown."""
    return _QUOTED_FIELDS.match(text) is not None


def _split_quoted_fields(text: str) -> tuple[Fields, str] | None:
    quoted = _QUOTED_FIELDS.match(text)
    if quoted is None:
        return None
    record = dict(_QUOTED_FIELD.findall(quoted[0]))
    body = quoted.end()
    if published := _PUBLISHED_ON.match(text, body):
        record["date"] = published["date"]
        body = published.end()
    fields = read_fields(record)
    if fields.title and not _IDEOGRAPH.search(fields.title):
        # These scrapers drop every ideograph from the title: `50 6796` is what is left of one.
        fields = fields._replace(title=None)
    return fields, text[body:].lstrip("\r\n")
