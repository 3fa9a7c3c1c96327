"""Writes other people's words as Markdown that stays words."""

import re
from urllib.parse import quote

# Where CommonMark 0.31 acts inside a line (section 6). An underscore within a word and a star
# between blanks do nothing, so they stay as they are and the file stays readable.
ACTIVE = re.compile(
    r"""
    [\\`]                                # escapes and code
    | (?<!\s)\* | \*(?!\s)               # emphasis
    | (?<![^\W_])_ | _(?![^\W_])
    | <(?=[A-Za-z/!?])                   # tags and autolinks
    | &(?=\#?\w{1,40};)                  # entities
    """,
    re.VERBOSE,
)
# A bracket acts only in front of an address, a label or a definition.
LINK = re.compile(r"\][(\[:]")
BRACKET = re.compile(r"[\[\]]")

# Where CommonMark acts at the start of a line (sections 4 and 5).
BLOCK = re.compile(r"^(?=#{1,6}(?:\s|$)|[>~=]|[-+*_](?:\s|$)|[-_]{2})")
NUMBERED = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))")


def escape_markdown(text: str) -> str:
    """Return one line of Markdown that reads as exactly these words, without any markup."""
    text = ACTIVE.sub(r"\\\g<0>", " ".join(text.split()))
    if LINK.search(text):
        text = BRACKET.sub(r"\\\g<0>", text)
    return BLOCK.sub(r"\\", NUMBERED.sub(r"\1\\", text))


def format_link(text: str, url: str | None) -> str:
    """Return a Markdown link; only the words where there is no web address."""
    words = escape_markdown(text)
    if not url or not re.match(r"https?://", url, re.I):
        return words
    if not LINK.search(text):
        words = BRACKET.sub(r"\\\g<0>", words)
    return f"[{words}](<{quote(url, safe=SAFE_IN_URL)}>)"


SAFE_IN_URL = "!#$%&'()*+,/:;=?@[]~"
