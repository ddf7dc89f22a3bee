"""The floors hold, and nobody can lower them by pinning anew."""

import pytest

from tests import gate
from tests.corpus_cases import CORPUS, load_folder

FLOORS = {"corpus/all": 0.98, "gold/figure F1": 0.97}


def test_floors_hold() -> None:
    assert not gate.sunk(gate.load_floors(), gate.measure())


def test_every_corpus_file_has_a_floor() -> None:
    named = {f"corpus/{name}" for name in load_folder(CORPUS)}
    assert not named - gate.load_floors().keys()


def test_pinning_raises_a_floor() -> None:
    higher = gate.raised(FLOORS, {"corpus/all": 0.99, "gold/figure F1": 0.97, "corpus/rank": 1.0})
    assert higher == {"corpus/all": 0.99, "corpus/rank": 1.0, "gold/figure F1": 0.97}


@pytest.mark.parametrize(
    "scores",
    [
        {"corpus/all": 0.97, "gold/figure F1": 0.98},
        {"corpus/all": 0.99, "gold/figure F1": 0.96},
        {"gold/figure F1": 0.98},
    ],
    ids=["corpus lower", "gold lower", "floor dropped"],
)
def test_pinning_refuses_to_lower_a_floor(scores: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="would lower"):
        gate.raised(FLOORS, scores)


def test_gold_floors_rest_without_the_gold_set() -> None:
    assert gate.raised(FLOORS, {"corpus/all": 0.99}) == {"corpus/all": 0.99, "gold/figure F1": 0.97}
