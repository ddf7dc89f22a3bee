"""Standard streams that the caller closed."""

import os
import sys


def replace_closed_streams() -> None:
    """Let a closed standard stream behave like an empty one; Python itself leaves None in its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
