"""Turns the bytes of a file into text, in the encodings that news comes in."""

import codecs
import re

UNDERSTOOD = "UTF-8, UTF-16 and UTF-32 with a byte order mark, Windows-1252"

# Longest first: the mark of UTF-32 starts with that of UTF-16.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# WHATWG HTML, section 13.2.3.2: browsers look for a declaration in the first 1024 bytes.
DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w:.-]{1,40})""", re.I
)
DECLARED_WITHIN = 1024

# The labels of the WHATWG Encoding standard (section 4.2) that news is written in, and Python's
# names of these encodings. Python knows more, some of which are no encodings of text.
LABELS = tuple(
    (re.compile(labels), name)
    for labels, name in {
        r"(iso-?8859-?1|latin-?1|us-ascii|ascii|windows-1252|cp1252|l1)": "cp1252",
        r"(iso-?8859-?2|latin-?2|l2)": "iso8859-2",
        r"(iso-?8859-?5|cyrillic)": "iso8859-5",
        r"(iso-?8859-?7|greek)": "iso8859-7",
        r"(iso-?8859-?9|latin-?5|windows-1254)": "cp1254",
        r"(iso-?8859-?15|latin-?9)": "iso8859-15",
        r"windows-1250": "cp1250",
        r"windows-1251": "cp1251",
        r"windows-1253": "cp1253",
        r"windows-1255": "cp1255",
        r"windows-1256": "cp1256",
        r"windows-1257": "cp1257",
        r"windows-1258": "cp1258",
        r"koi8-?r": "koi8-r",
        r"koi8-?u": "koi8-u",
        r"(gb2312|gbk|gb18030)": "gb18030",
        r"big5": "big5",
        r"euc-?jp": "euc-jp",
        r"(shift[-_]jis|sjis|windows-31j)": "cp932",
        r"(euc-?kr|ks_c_5601-1987|windows-949)": "cp949",
    }.items()
)

# Formats that people save under the name of a text, by their first bytes.
NOT_TEXT = {b"%PDF": "a PDF", b"PK\x03\x04": "a ZIP or Office file", b"\x1f\x8b": "a gzip file"}

# Of the letters of a Western European text one in ten has an accent at most (French: 4 %);
# other alphabets read as Windows-1252 are accents nearly throughout. So anything between does.
ACCENTS = 0.3


class UndecodableError(ValueError):
    """The bytes are not text in an encoding that is understood; the message says why."""


def decode(data: bytes, *, html: bool = False, label: str = "") -> str:
    """Return the text of a file, its line ends as newlines.

    A byte order mark decides, then UTF-8, then the `label` that a server gave it, then what a
    page declares about itself (WHATWG Encoding: Latin-1 means Windows-1252), then Windows-1252.
    Raises `UndecodableError`.
    """
    for start, kind in NOT_TEXT.items():
        if data.startswith(start):
            raise UndecodableError(f"this is {kind}, not text")
    text = _decode(data, html=html, label=label)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes, *, html: bool, label: str) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _try(data, encoding)
    if b"\x00" in data:
        raise UndecodableError("this is a binary file: it holds NUL bytes")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        declared = _name_of(label) or (_declared(data) if html else None)
        return _try(data, declared) if declared else _windows_1252(data, error)


def _try(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableError(f"byte {error.start} is not {encoding.upper()}") from error


def _declared(data: bytes) -> str | None:
    found = DECLARED.search(data, 0, DECLARED_WITHIN)
    return _name_of(found[1].decode("ascii", "replace")) if found else None


def _name_of(label: str) -> str | None:
    """Return Python's name of an encoding that news is written in."""
    return next((name for labels, name in LABELS if labels.fullmatch(label.lower())), None)


def _windows_1252(data: bytes, error: UnicodeDecodeError) -> str:
    text = data.decode("cp1252", errors="replace")
    letters = [character for character in text if character.isalpha()]
    accents = sum(letter > "\x7f" for letter in letters)
    if "�" in text or accents > ACCENTS * len(letters):
        raise UndecodableError(
            f"byte {error.start} is in no encoding that is understood"
        ) from error
    return text
