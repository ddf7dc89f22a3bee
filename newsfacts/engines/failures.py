"""Failures are results as well: which input failed, in which stage, how, and what to do about it."""

from typing import NamedTuple

from newsfacts.errors import NewsfactsError

BUG_ADVICE = "a bug in newsfacts: run again with --debug and report what it prints"


class Failure(NamedTuple):
    """Why an input, or a record of one, gave no facts.

    The stages: `read`, `extract`, `process` (it died over the input) and `time` (the input took too long). A `bug` is
    a failure of newsfacts itself.

    >>> str(Failure("news.txt", "read", "is empty", "give a file with an article in it"))
    'news.txt: is empty; give a file with an article in it'
    """

    source: str
    stage: str
    message: str
    advice: str
    bug: bool = False
    trace: str | None = None

    def __str__(self) -> str:
        return f"{self.source}: {self.message}; {self.advice}"

    def to_dict(self) -> dict[str, str]:
        """What a file of failures tells."""
        return {"source": self.source, "stage": self.stage, "message": self.message, "advice": self.advice}


def unread(error: NewsfactsError, name: str, *, trace: bool = False) -> Failure:
    """The failure that an error tells of, which begins with its source, `name` or `name#id`, and ends in the advice.

    >>> unread(NewsfactsError("news.jsonl#7: has no text; name the field with --text-field"), "news.jsonl").source
    'news.jsonl#7'
    """
    said, _, advice = str(error).rpartition("; ")
    record, _, message = said.removeprefix(name).partition(": ")
    return Failure(name + record, "read", message, advice, trace=_format(error) if trace else None)


def broken(source: str, stage: str, error: Exception, *, trace: bool = False) -> Failure:
    """The failure for an error that nobody planned for."""
    message = f"{type(error).__name__}: {error}"
    return Failure(source, stage, message, BUG_ADVICE, bug=True, trace=_format(error) if trace else None)


def _format(error: Exception) -> str:
    import traceback

    return "".join(traceback.format_exception(error))
