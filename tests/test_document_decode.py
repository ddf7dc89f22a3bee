"""Bytes become the characters that were written, whatever the file says or does not say of its encoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsfacts.document.decode import commonness, declared_label, decode, encoding_of_label
from newsfacts.errors import ReadError

SIMPLIFIED = "海湾港上半年完成货物吞吐量３．２亿吨，同比增长百分之七点五，创下历史同期新高。"
TRADITIONAL = "海灣港上半年貨物吞吐量達三億二千萬噸，較去年同期成長百分之七點五，創下歷史同期新高。"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "gb2312", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("length", [12, 30, None])
def test_simplified_without_a_label(encoding: str, length: int | None) -> None:
    text = SIMPLIFIED[:length]
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "big5hkscs", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("length", [12, 30, None])
def test_traditional_without_a_label(encoding: str, length: int | None) -> None:
    text = TRADITIONAL[:length]
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark(encoding: str) -> None:
    decoded = decode(SIMPLIFIED.encode(encoding))
    assert (decoded.text, decoded.reason) == (SIMPLIFIED, "byte order mark")


@pytest.mark.parametrize("label", ["gb2312", "GBK", "gb18030", "x-gbk"])
def test_label_of_the_gb_family_means_gb18030(label: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={label}"><p>董事长喆琨称增长8%</p>'
    decoded = decode(page.encode("gb18030"))
    assert (decoded.text, decoded.encoding) == (page, "gb18030")


def test_xml_declaration() -> None:
    feed = f'<?xml version="1.0" encoding="big5"?><rss>{TRADITIONAL}</rss>'
    assert decode(feed.encode("big5")).encoding == "big5hkscs"


@pytest.mark.parametrize(("label", "encoding"), [("gb2312", "utf-8"), ("utf-8", "gb18030"), ("big5", "gb18030")])
def test_wrong_label_is_noticed(label: str, encoding: str) -> None:
    page = f'<meta charset="{label}"><p>{SIMPLIFIED}</p>'
    decoded = decode(page.encode(encoding))
    assert (decoded.text, decoded.encoding) == (page, encoding)
    assert decoded.reason.endswith(f"declared as {label}") or encoding == "utf-8"


def test_unknown_label_is_no_label() -> None:
    page = f'<meta charset="x-none"><p>{SIMPLIFIED}</p>'
    assert decode(page.encode("gbk")).text == page
    assert encoding_of_label("x-none") is None
    assert declared_label(b"charset=gbk without a tag") is None


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_last_character_cut_off(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)[:-1]).text == TRADITIONAL[:-1]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_broken_byte_does_not_spoil_the_rest(encoding: str) -> None:
    decoded = decode((SIMPLIFIED * 3).encode(encoding) + b"\xff" + "产值5亿元。".encode(encoding))
    assert decoded.text == SIMPLIFIED * 3 + "\ufffd产值5亿元。"


def test_padding_with_nuls_is_not_binary() -> None:
    data = SIMPLIFIED.encode() + b"\0" * 40
    assert decode(data).text.startswith(SIMPLIFIED)


def test_encoding_as_told_wins() -> None:
    page = f'<meta charset="utf-8"><p>{SIMPLIFIED}</p>'.encode("gbk")
    assert SIMPLIFIED in decode(page, "gbk").text
    assert decode(TRADITIONAL.encode("utf-16"), "utf-16").text == TRADITIONAL


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"x", "nonsense", "unknown encoding 'nonsense'"),
        (b"x", "hex", "unknown encoding 'hex'"),
        (SIMPLIFIED.encode("gbk"), "utf-8", "its bytes are not utf-8"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, None, "is a PNG image, not text"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 8, None, "is a PDF, not text"),
        (bytes(1000), None, "is binary data, not text"),
        ("Выручка выросла. ".encode("koi8-r") * 20, None, "--encoding"),
    ],
)
def test_what_cannot_be_decoded(data: bytes, encoding: str | None, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        decode(data, encoding)


def test_chinese_is_more_common_than_noise() -> None:
    assert commonness(TRADITIONAL) > -6.5
    assert commonness(SIMPLIFIED.encode("gbk").decode("big5", "replace")) < -8.5


@given(st.binary())
def test_any_bytes_give_text_or_a_read_error(data: bytes) -> None:
    try:
        decode(data)
    except ReadError as error:
        assert str(error)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    ("told", "codec"),
    [
        ("utf-16", "utf-16-le"),
        ("UTF16", "utf-16-le"),
        ("utf_16_be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("utf-32-be", "utf-32-be"),
    ],
)
def test_wide_encodings_as_told(told: str, codec: str, mark: str) -> None:
    assert decode((mark + SIMPLIFIED).encode(codec), told).text == SIMPLIFIED
