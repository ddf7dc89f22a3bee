"""How a command ends: whatever ends it early becomes one line and an exit code."""

import os
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from newsfacts.engines.failures import BUG_ADVICE
from newsfacts.errors import NewsfactsError
from newsfacts.output.visible import visible

BUG, USAGE, SOME_FAILED, NOTHING_FOUND, INTERRUPTED, TERMINATED = 1, 2, 3, 4, 130, 143
"""Exit codes; 0 is a run without failures."""


class Terminated(BaseException):
    """The run was told to end (SIGTERM)."""


@contextmanager
def ending(*, debug: bool) -> Iterator[None]:
    """Turn whatever ends a command early into one line and an exit code; a closed pipe ends quietly."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Terminated:
        sys.exit(TERMINATED)
    except OSError as error:  # inputs have their own; what is left is standard output
        _drop_output()
        _end(f"standard output: cannot be written ({error.strerror}); name a file with -o", USAGE, debug=debug)
    except NewsfactsError as error:
        _end(str(error), USAGE, debug=debug)
    except Exception as error:
        _end(describe_bug(error), BUG, debug=debug)


def say(message: str) -> None:
    """Write one line to standard error, whatever is in the message."""
    line = visible(f"newsfacts: {message}") + "\n"
    sys.stderr.write(
        line.encode(sys.stderr.encoding or "utf-8", "backslashreplace").decode(sys.stderr.encoding or "utf-8")
    )


def describe_bug(error: Exception) -> str:
    """The one line for an error that nobody planned for."""
    return f"{type(error).__name__}: {error}; {BUG_ADVICE}"


def _terminate(*_: object) -> NoReturn:
    raise Terminated


def _end(message: str, code: int, *, debug: bool) -> NoReturn:
    say(message)
    if debug:
        traceback.print_exc()
    sys.exit(code)


def _drop_output() -> None:
    """Point standard output nowhere, so that what it still holds does not fail again at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
