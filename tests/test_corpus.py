"""Every case of the corpus, as it stands and in every disguise. A known failure that passes must move to the corpus."""

import pytest

from tests.corpus_cases import CORPUS, KNOWN_FAILURES, VARIANTS, Case, load_folder, run

CASES = load_folder(CORPUS)
KNOWN = [
    pytest.param(
        case,
        variant,
        id=f"{case.file}:{case.line}-{variant}",
        marks=[pytest.mark.xfail(reason=case.reason, strict=True)] if variant in case.fails else [],
    )
    for cases in load_folder(KNOWN_FAILURES).values()
    for case in cases
    for variant in case.variants
]


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("file", CASES)
def test_corpus(file: str, variant: str) -> None:
    cases = [case for case in CASES[file] if variant in case.variants]
    failures = [failure for case in cases if (failure := run(case, variant))]
    report = "\n".join(line for failure in failures for line in failure)
    assert not failures, f"{len(failures)} of {len(cases)} cases\n{report}"


@pytest.mark.parametrize(("case", "variant"), KNOWN)
def test_known_failure(case: Case, variant: str) -> None:
    assert not (failure := run(case, variant)), "\n".join(failure)


def test_corpus_states_each_sentence_once() -> None:
    places: dict[tuple[str | None, str, str], list[str]] = {}
    for cases in (*CASES.values(), *load_folder(KNOWN_FAILURES).values()):
        for case in cases:
            places.setdefault((case.title, case.text, str(case.date)), []).append(f"{case.file}:{case.line}")
    assert not [where for where in places.values() if len(where) > 1]


def test_every_known_failure_gives_its_reason() -> None:
    cases = [case for cases in load_folder(KNOWN_FAILURES).values() for case in cases]
    assert all(case.reason and case.fails for case in cases)
    assert not [case for cases in CASES.values() for case in cases if case.reason]
