"""A terminal for tests: what a command writes when a person is looking."""

import os
import pty
import subprocess
import sys

SENTENCE = "2023年，绿洲物流营业收入达229亿元，同比增长12%，员工1800多人。\n"


def run_at_terminal(*arguments: str, **environment: str) -> str:
    """What a terminal of 100 columns gets to see."""
    terminal, inside = pty.openpty()
    base = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLUMNS")}
    with subprocess.Popen(
        [sys.executable, "-m", "newsfacts", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=inside,
        stderr=inside,
        env=base | {"COLUMNS": "100", "TERM": "xterm"} | environment,
    ) as process:
        os.close(inside)
        seen = read_terminal(terminal)
        process.wait()
    return seen


def read_terminal(terminal: int) -> str:
    """What was written to a terminal until its other side was closed."""
    seen = bytearray()
    try:
        while data := os.read(terminal, 4096):
            seen += data
    except OSError:  # how Linux tells that the other side was closed
        pass
    os.close(terminal)
    return seen.decode()
