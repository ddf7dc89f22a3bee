"""The property tests for minutes: `python -m tests.fuzz SECONDS` (`make fuzz`).

Where atheris is installed each property is fuzzed for so many seconds, guided by the lines of newsfacts that an input
reaches; elsewhere hypothesis makes the inputs alone. What fails is shown as hypothesis shows it, with exit code 1.
"""

import importlib.util
import inspect
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
SEEDS, SEED_BYTES = 20, 2000
"""Hypothesis takes no input that is shorter than what it draws, so libFuzzer begins with some long ones."""


def fuzz_all(seconds: int) -> int:
    """Fuzz every property in a process of its own, since libFuzzer ends the one it runs in."""
    if importlib.util.find_spec("atheris") is None:
        command = [sys.executable, "-m", "pytest", "tests/test_properties.py", "--hypothesis-profile=long"]
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    failed = [name for name in properties() if not _fuzz_apart(name, seconds)]
    print(f"failed: {', '.join(failed) or 'none'}")
    return 1 if failed else 0


def properties() -> dict[str, Callable[..., None]]:
    """The property tests by name."""
    from tests import test_properties

    tests = inspect.getmembers(test_properties, inspect.isfunction)
    return {name: test for name, test in tests if hasattr(test, "hypothesis")}


def _fuzz_apart(name: str, seconds: int) -> bool:
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(SEEDS):
            Path(scratch, str(number)).write_bytes(random.Random(number).randbytes(SEED_BYTES))
        options = [
            "-print_final_stats=1",
            "-len_control=0",
            f"-max_total_time={seconds}",
            f"-artifact_prefix={scratch}/",
        ]
        command = [sys.executable, "-m", "tests.fuzz", name, *options, scratch]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    inputs = next((line.split()[-1] for line in done.stderr.splitlines() if "number_of_executed_units" in line), "?")
    print(f"{name}: {inputs} inputs in {seconds} s, {'held' if done.returncode == 0 else 'FAILED'}", flush=True)
    if done.returncode:
        print(done.stdout, done.stderr)
    return done.returncode == 0


def fuzz_one(name: str, arguments: list[str]) -> None:
    """Fuzz one property in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["newsfacts"], enable_loader_override=False):
        test = properties()[name]
    fuzz_one_input: Callable[[bytes], bytes | None] = test.hypothesis.fuzz_one_input  # type: ignore[attr-defined]
    atheris.Setup([sys.argv[0], *arguments], lambda data: fuzz_one_input(data) and None)
    atheris.Fuzz()


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    if sys.argv[1].isdigit():
        sys.exit(fuzz_all(int(sys.argv[1])))
    fuzz_one(sys.argv[1], sys.argv[2:])
