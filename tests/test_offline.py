"""Nothing asks for the network: every command runs where there is none, and Python itself tells of no attempt."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent.parent / "samples"
ALONE = ["unshare", "--map-root-user", "--net"]
"""A namespace without network, where the system lets a user make one."""

WATCHED = """
import sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise PermissionError(f"{event} {arguments}")
sys.addaudithook(refuse)
from newsfacts.cli.app import main
main()
"""


def namespace() -> list[str]:
    """The command that takes the network away, if there is one."""
    works = (
        shutil.which("unshare") and subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0
    )
    return ALONE if works else []


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", str(SAMPLES)],
        ["extract", str(SAMPLES / "ferry.html"), "-f", "table", "--segmenter", "jieba"],
        ["extract", str(SAMPLES / "dairy.txt"), "-o", "facts.parquet"],
        ["extract", str(SAMPLES / "dairy.txt"), "-o", "facts.duckdb"],
        ["text", str(SAMPLES / "saved-page.html"), "-f", "json"],
        ["explain", "营收229亿元"],
        ["units", "吨"],
    ],
    ids=lambda arguments: " ".join(Path(argument).name for argument in arguments),
)
def test_no_command_asks_for_the_network(tmp_path: Path, arguments: list[str]) -> None:
    command = [*namespace(), sys.executable, "-c", WATCHED, *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_attempt_would_be_seen(tmp_path: Path) -> None:
    attempt = WATCHED.replace(
        "from newsfacts.cli.app import main\nmain()", "import socket; socket.getaddrinfo('a.example', 80)"
    )
    done = subprocess.run([sys.executable, "-c", attempt], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "PermissionError: socket.getaddrinfo" in done.stderr
