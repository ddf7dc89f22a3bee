"""JSON Schema of what comes out as JSON, generated from the types of the model: what it says cannot drift from them."""

import datetime
import types
from collections.abc import Mapping
from dataclasses import is_dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from newsfacts.model import Document, Fact
from newsfacts.output.records import document_record
from newsfacts.output.schema import FLAT

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ORIGIN = ("source", "title", "published")
_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    Decimal: {"type": "number"},
    datetime.date: {"type": "string", "format": "date"},
}


def facts_schema() -> dict[str, Any]:
    """The schema of a line of JSON Lines: a fact, and where it comes from.

    >>> facts_schema()["properties"]["status"]
    {'enum': ['actual', 'forecast', 'plan'], 'description': 'actual, forecast, plan'}
    """
    hints = get_type_hints(Document)
    return _top("A fact", _object({name: hints[name] for name in _ORIGIN} | get_type_hints(Fact)))


def document_schema() -> dict[str, Any]:
    """The schema of an element of a JSON array: an article, how it was read, and its facts."""
    hints = get_type_hints(Document)
    schema = _object({name: hints[name] for name in document_record(Document(""))})
    schema["properties"]["facts"] = {"type": "array", "items": _object(get_type_hints(Fact))}
    schema["required"].append("facts")
    return _top("An article and its facts", schema)


SCHEMAS = {"facts": facts_schema, "document": document_schema}
"""The schemas by the name that `newsfacts schema` knows them by."""


def _top(title: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": _DRAFT, "title": title, **schema}


def _object(fields: Mapping[str, Any]) -> dict[str, Any]:
    """An object with just these fields, all of which it has; those of a fact carry their description."""
    described = {column.name: {"description": column.description} for column in FLAT if column.name in fields}
    properties = {name: _schema(type_) | described.get(name, {}) for name, type_ in fields.items()}
    return {"type": "object", "properties": properties, "required": list(fields), "additionalProperties": False}


def _schema(type_: Any) -> dict[str, Any]:
    """The schema of one type that a field of the model can have."""
    origin, arguments = get_origin(type_), get_args(type_)
    if type_ in _PLAIN:
        return _PLAIN[type_]
    if origin in (types.UnionType, Union):
        return {"anyOf": [_schema(one) if one is not type(None) else {"type": "null"} for one in arguments]}
    if origin is tuple:
        bounds = {} if Ellipsis in arguments else {"minItems": len(arguments), "maxItems": len(arguments)}
        return {"type": "array", "items": _schema(arguments[0]), **bounds}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _schema(arguments[1])}
    if is_dataclass(type_):
        return _object(get_type_hints(type_))
    assert issubclass(type_, StrEnum)
    return {"enum": [member.value for member in type_]}
