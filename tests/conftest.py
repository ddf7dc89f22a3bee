"""An article for commands to read, how hard property tests try, and that what tests start can be interrupted.

`make test` takes the same few examples each time, `make fuzz` new ones for minutes.
"""

import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.terminal import SENTENCE

NEVER_MIND = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

settings.register_profile("short", derandomize=True, database=None, deadline=None, suppress_health_check=NEVER_MIND)
settings.register_profile("long", max_examples=20_000, deadline=None, suppress_health_check=NEVER_MIND, print_blob=True)
settings.load_profile("short")


@pytest.fixture(autouse=True, scope="session")
def _interrupts() -> None:
    """A shell starts what runs behind `&` deaf to interrupts, and so is all that it starts itself."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    return path
