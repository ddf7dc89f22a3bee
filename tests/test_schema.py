"""The JSON Schemas: valid themselves, and true of all that the samples give."""

import io
import json
from typing import Any

import jsonschema
import pytest

import newsfacts
from newsfacts.document.reading import read_documents
from newsfacts.model import Document
from newsfacts.output import FORMATS, write_text
from newsfacts.output.jsonschema import SCHEMAS
from newsfacts.output.writers import File
from tests.strategies import SAMPLES


def written(form: str) -> str:
    """All samples in a format."""
    paths = [path for path in sorted(SAMPLES.rglob("*")) if path.is_file()]
    documents = [document for path in paths for document in read_documents(path) if isinstance(document, Document)]
    writer, stream = FORMATS[form], io.StringIO()
    assert not isinstance(writer, File)
    write_text(writer, [(document, newsfacts.extract_document(document)) for document in documents], stream)
    return stream.getvalue()


@pytest.mark.parametrize(("name", "form"), [("facts", "jsonl"), ("document", "json")])
def test_output_is_as_its_schema_says(name: str, form: str) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMAS[name](), format_checker=jsonschema.FormatChecker())
    validator.check_schema(validator.schema)
    text = written(form)
    records: list[dict[str, Any]] = (
        [json.loads(line) for line in text.splitlines()] if form == "jsonl" else json.loads(text)
    )
    assert len(records) > 5
    for record in records:
        validator.validate(record)
        assert list(record) == list(SCHEMAS[name]()["properties"])


@pytest.mark.parametrize(
    "change", [{"kind": "weight"}, {"start": "3"}, {"value": "3"}, {"extra": 1}, {"published": "today"}]
)
def test_a_schema_refuses_what_is_none(change: dict[str, Any]) -> None:
    record = json.loads(written("jsonl").splitlines()[0]) | change
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, SCHEMAS["facts"](), format_checker=jsonschema.FormatChecker())
