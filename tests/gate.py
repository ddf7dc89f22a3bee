"""The floors under what newsfacts reads right, and the only way to move them: up.

    python -m tests.gate          measure, and compare with the floors
    python -m tests.gate --pin    raise the floors to what is measured; refused when any of them would sink

`tests/gate.json` holds the share of corpus cases whose figures, and the links they state, are all right (by phenomenon
and over all; known failures count as wrong) and, where the gold set lies beside the project, its scores as FACTS.md
section 5 defines them.
"""

import argparse
import importlib.util
import json
import math
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":  # so that `python tests/gate.py` finds the packages as `python -m tests.gate` does
    sys.path.insert(0, str(PROJECT))

import newsfacts  # noqa: E402
from tests.corpus_cases import CORPUS, load_folder, run  # noqa: E402

FLOORS = PROJECT / "tests" / "gate.json"
SHARED = PROJECT.parent / "shared"
GOLD = SHARED / "gold" / "dev.jsonl"
LINK_FIELDS = ("change", "period", "per", "status", "metric", "subject")

Scores = dict[str, float]


def measure_corpus() -> Scores:
    """The share of cases that are right as they stand, for each file and for `all`; known failures do not count."""
    right = {name: [not run(case, "plain") for case in cases] for name, cases in sorted(load_folder(CORPUS).items())}
    everything = [one for cases in right.values() for one in cases]
    return {f"corpus/{name}": _share(cases) for name, cases in {"all": everything, **right}.items()}


def measure_gold() -> Scores:
    """Span precision, figure and bound F1, and the accuracy of each link; empty without the gold set."""
    if not GOLD.exists():
        return {}
    scorer = _scorer()
    scores, _ = scorer.score(list(scorer.read(str(GOLD))), list(_predictions()))
    levels = {"span P": scores["span"]["p"], "figure F1": scores["figure"]["f1"], "bound F1": scores["bound"]["f1"]}
    return {f"gold/{name}": value for name, value in (levels | {name: scores[name] for name in LINK_FIELDS}).items()}


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"{SHARED / 'score.py'}: the gold set needs its scorer beside it")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _predictions() -> Iterator[dict[str, Any]]:
    for path in sorted((GOLD.parent / "docs").iterdir()):
        for fact in newsfacts.extract_document(newsfacts.read(path)):
            yield {"source": path.name, **fact.to_dict()}


def _share(right: list[bool]) -> float:
    """Rounded down, so that a floor never stands above what was measured."""
    return math.floor(sum(right) / len(right) * 10_000) / 10_000


def measure() -> Scores:
    """Everything the gate watches."""
    return measure_corpus() | measure_gold()


def load_floors() -> Scores:
    """The floors as pinned."""
    floors: Scores = json.loads(FLOORS.read_text(encoding="utf-8"))
    return floors


def sunk(floors: Mapping[str, float], scores: Mapping[str, float]) -> list[str]:
    """Every floor that does not hold, a line each. The gold set's floors rest while it is not there."""
    rest = not any(name.startswith("gold/") for name in scores)
    return [
        f"{name}: {scores.get(name, 'not measured')}, floor {floor}"
        for name, floor in floors.items()
        if scores.get(name, 0.0) < floor and not (rest and name.startswith("gold/"))
    ]


def raised(floors: Mapping[str, float], scores: Mapping[str, float]) -> Scores:
    """The floors at the height of the scores. Raises ValueError when that would lower or drop one."""
    if low := sunk(floors, scores):
        raise ValueError("re-pinning would lower\n  " + "\n  ".join(low))
    return dict(sorted({**floors, **scores}.items()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is measured")
    pin = parser.parse_args().pin
    floors, scores = load_floors() if FLOORS.exists() else {}, measure()
    for name, score in scores.items():
        print(f"{score:7.4f}  floor {floors.get(name, 0.0):6.4f}  {name}")
    try:
        higher = raised(floors, scores)
    except ValueError as error:
        print(f"gate: {error}", file=sys.stderr)
        return 1
    if pin:
        FLOORS.write_text(json.dumps(higher, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
