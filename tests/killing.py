"""Kills `newsfacts` at random instants, run after run, until one run is left to end by itself.

    python -m tests.killing KILLS SECONDS SEED ARGUMENT...

Runs `newsfacts ARGUMENT...` KILLS times and ends it by SIGKILL within SECONDS. Newsfacts is loaded once and each run is
a fork, so that a kill falls into the work, not into loading. The last run's exit code is this one's.
"""

import os
import random
import signal
import sys
import time

from newsfacts.cli.app import main
from newsfacts.engines.work import Work, warm_up


def start() -> int:
    """Run newsfacts in a fork, whose process id is returned."""
    process = os.fork()
    if process == 0:
        main()
    return process


def run(kills: int, seconds: float, seed: int) -> int:
    """The exit code of the run that was not killed."""
    rng = random.Random(seed)
    warm_up(Work())
    for _ in range(kills):
        process = start()
        time.sleep(rng.uniform(0.01, seconds))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    _, status = os.waitpid(start(), 0)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    _, kills, seconds, seed, *sys.argv[1:] = sys.argv
    sys.exit(run(int(kills), float(seconds), int(seed)))
