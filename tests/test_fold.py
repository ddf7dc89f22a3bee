"""The shadow keeps the length of its text and is the same for every script and width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfacts.document.fold import fold
from newsfacts.document.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "shadow"),
    [
        ("餘額約３．５億圓，較前週減少兩成", "余额约3.5亿圆，较前周减少两成"),
        ("低於１，２３４．５％", "低于1,234.5%"),
        ("至1，234户", "至1，234户"),
        ("（每股－０．３元）：￥５～￥８", "(每股-0.3元):¥5~¥8"),
        ("三十隻羊與后里的乾隆瓷", "三十只羊与后里的乾隆瓷"),
        ("显著增长，著作权", "显著增长，著作权"),
        ("二〇二三年", "二零二三年"),
        ("二○二三年", "二零二三年"),
        ("○ 新店3家", "○ 新店3家"),
        ("⾦额三⼗亿", "金额三十亿"),
        ("a\u00a0b\u3000c\u200bd", "a b c d"),
        ("一行\r\n二行\u2028三行", "一行\n\n二行\n三行"),
        ("“涨”「跌」《报》、；！？。", "“涨”「跌」《报》、；！？。"),
        ("①ⅢⅢ二\ud800", "①ⅢⅢ二\ufffd"),
    ],
)
def test_fold(text: str, shadow: str) -> None:
    assert fold(text) == shadow


@given(st.text(alphabet=st.characters(codec=None)))
def test_length_is_kept(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def sentences_of(shadow: str) -> list[str]:
    return [("*" if s.opens else "") + shadow[s.start : s.end] for s in split_sentences(shadow)]


@pytest.mark.parametrize(
    ("shadow", "sentences"),
    [
        ("", []),
        ("\n \n", []),
        ("产量3吨；销量2吨。出口1吨", ["*产量3吨；销量2吨。", "出口1吨"]),
        ("他问：“涨了3%？！”没人答。", ["*他问：“涨了3%？！”", "没人答。"]),
        ("(降3%。)  后来\n  又涨  \n。", ["*(降3%。)", "后来", "*又涨"]),
        ("标题\n正文", ["*标题", "*正文"]),
        ("日均3.5万人", ["*日均3.5万人"]),
    ],
)
def test_split_sentences(shadow: str, sentences: list[str]) -> None:
    assert sentences_of(shadow) == sentences


@given(st.text(alphabet="3亿元。！？”）\n ，"))
def test_sentences_lose_nothing_but_space_and_stray_marks(shadow: str) -> None:
    inside = "".join(shadow[s.start : s.end] for s in split_sentences(shadow))
    for character in "3亿元，":
        assert inside.count(character) == shadow.count(character)
