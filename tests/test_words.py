"""The segmenters: private, lazy, silent, the same words by either, and a user's dictionary honoured."""

import subprocess
import sys
from pathlib import Path

import pytest

from newsfacts.document.words import SEGMENTERS, load_segmenter, read_userdict, tag
from newsfacts.errors import LexiconError

TEXT = "嘉禾银行上半年净利润23亿元，同比增长1.4%；(远山集团)GDP 3成。\x01"


def run_python(code: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *options, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", SEGMENTERS)
def test_words_join_to_the_text(name: str) -> None:
    assert "".join(word for word, _ in tag(TEXT, name)) == TEXT


@pytest.mark.parametrize("name", SEGMENTERS)
def test_a_mask_is_a_word_of_its_own(name: str) -> None:
    words = [word for word, _ in tag("营收达\x01\x01，同比\x01元", name)]
    assert words.count("\x01") == 3


@pytest.mark.parametrize("name", SEGMENTERS)
def test_knows_the_words_of_the_dictionary(name: str) -> None:
    knows = load_segmenter(name).knows
    assert knows("净利润")
    assert not knows("客单价")


@pytest.mark.parametrize("name", SEGMENTERS)
def test_added_words_stay_whole_and_private(name: str) -> None:
    plain, own = load_segmenter(name), load_segmenter(name, words=(("客单价", "n"),))
    assert ("客单价", "n") in own.tag("门店的客单价上升")
    assert ("客单价", "n") not in plain.tag("门店的客单价上升")


@pytest.mark.parametrize("name", SEGMENTERS)
def test_adds_only_words_that_the_dictionary_lacks(name: str) -> None:
    assert load_segmenter(name, words=(("吞吐量", "v"),)).tag("吞吐量") == [("吞吐量", "n")]


@pytest.mark.parametrize("name", SEGMENTERS)
def test_the_users_dictionary_wins(name: str, tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("\ufeff星河储能 300 nt\n\n客单价\n盒马鲜生 nz\n", encoding="utf-8")
    segmenter = load_segmenter(name, path, (("客单价", "v"),))
    assert segmenter.tag("星河储能的客单价") == [("星河储能", "nt"), ("的", "uj"), ("客单价", "n")]
    assert ("盒马鲜生", "nz") in segmenter.tag("盒马鲜生的门店")


def test_reads_a_row_with_and_without_frequency_and_tag(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("甲 5 v\n乙 7\n丙 nt\n丁\n", encoding="utf-8")
    assert read_userdict(path) == [("甲", 5, "v"), ("乙", 7, "n"), ("丙", None, "nt"), ("丁", None, "n")]


@pytest.mark.parametrize("content", [b"\xff\xfe\xfa\xfb", "星河 储能 300 nt".encode()])
def test_a_bad_dictionary_says_where(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(content)
    with pytest.raises(LexiconError, match=r"words\.txt"):
        load_segmenter("rjieba", path)


def test_a_missing_dictionary_says_so(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="give a UTF-8 file"):
        load_segmenter("rjieba", tmp_path / "none.txt")


def test_an_unknown_segmenter_names_the_known() -> None:
    with pytest.raises(ValueError, match="rjieba, jieba"):
        load_segmenter("thulac")


def test_loads_nothing_before_the_first_use() -> None:
    code = "import sys, newsfacts.extractors.links; print({'rjieba', 'rjieba.rjieba', 'jieba'} & set(sys.modules))"
    assert run_python(code).stdout.strip() == "set()"


@pytest.mark.parametrize("name", SEGMENTERS)
def test_loads_without_a_word(name: str) -> None:
    done = run_python(f"from newsfacts.document.words import tag; print(tag('营收', {name!r}))", "-W", "always")
    assert (done.returncode, done.stderr) == (0, "")


def test_shares_nothing_with_other_users_of_the_library() -> None:
    code = (
        "from newsfacts.document.words import load_segmenter as load\n"
        "load(words=(('客单价', 'n'),)).tag('客单价')\n"
        "import rjieba\n"
        "print(rjieba.tag('客单价'))"
    )
    assert run_python(code).stdout.strip() == "[('客', 'n'), ('单价', 'n')]"


def test_a_folder_that_cannot_be_made_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(file))
    assert load_segmenter("jieba", words=(("客单价", "n"),)).tag("客单价") == [("客单价", "n")]
