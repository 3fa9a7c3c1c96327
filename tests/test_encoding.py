"""Bytes become text in the encodings that news comes in, and others are refused with a reason."""

import pytest

from digest.encoding import UndecodableError, decode

TEXT = "“Café,” said Zoë – naïve"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_is_understood_in(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_page_says_its_encoding() -> None:
    page = '<meta charset="iso-8859-2"><p>Łódź</p>'
    assert decode(page.encode("iso-8859-2"), html=True) == page


def test_page_that_says_latin_1_means_windows_1252() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">“Café”'
    assert decode(page.encode("cp1252"), html=True) == page


@pytest.mark.parametrize("name", ["hex", "rot13", "undefined", "unicode_escape", "idna"])
def test_what_python_calls_an_encoding_may_be_none(name: str) -> None:
    page = f'<meta charset="{name}"><p>a long café</p>'
    assert decode(page.encode("cp1252"), html=True) == page


def test_page_with_an_unknown_encoding_is_tried_as_windows_1252() -> None:
    assert decode(b'<meta charset="no-such"><p>a long caf\xe9</p>', html=True).endswith("café</p>")


def test_line_ends_are_newlines() -> None:
    assert decode(b"a\r\nb\rc\n") == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04...", "a ZIP or Office file"),
        (b"\x1f\x8b...", "a gzip file"),
        (b"a\x00b", "NUL bytes"),
        ("日本語の文章".encode("shift_jis"), "in no encoding that is understood"),
        ("Москва слезам не верит".encode("koi8-r"), "in no encoding that is understood"),
        (b"\xff\xfea", "not UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UndecodableError, match=reason):
        decode(data)
