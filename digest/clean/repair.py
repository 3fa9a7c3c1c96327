"""Repairs characters that were damaged on the way here; wording and marks stay as printed."""

import re
import unicodedata

SPACES = (
    "\u00a0\u2007\u202f\u000b\u000c\u2028\u2029"  # no-break spaces, and breaks that are no line
)
INVISIBLE = (
    "\u00ad\u200b\u2060\ufeff"  # soft hyphen, zero-width space, word joiner, byte order mark
)
BIDI_CONTROLS = (
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # they reorder what is read
)
CONTROLS = [chr(code) for code in [*range(0x20), 0x7F] if chr(code) not in "\t\n"]

# How the bytes 80 to 9F read in Windows-1252; the five that it leaves open stand for nothing.
WINDOWS_1252 = {
    chr(byte): bytes([byte]).decode("cp1252", errors="ignore") for byte in range(0x80, 0xA0)
}
BYTES = {ord(char): ord(byte) for byte, char in WINDOWS_1252.items() if char}

REPLACEMENTS = {
    **dict.fromkeys(CONTROLS, ""),
    **dict.fromkeys(INVISIBLE + BIDI_CONTROLS, ""),
    **dict.fromkeys(SPACES, " "),
    **WINDOWS_1252,
}
DAMAGED = re.compile(f"[{re.escape(''.join(REPLACEMENTS))}]")

# UTF-8 that was read as Windows-1252: "â€™" for "’", "Ã©" for "é". Only lead bytes that no word
# puts before such characters, so that "CAFÉ»" stays: Latin letters, punctuation, emoji.
_TRAIL = "\x80-\xbf" + re.escape("".join(WINDOWS_1252.values()))
MOJIBAKE = re.compile(f"[ÂÃÄÅ][{_TRAIL}]|â[€‚„†ˆ\x80-\x9f][{_TRAIL}]|ð[Ÿ\x9f][{_TRAIL}]{{2}}")

LEADS = "ÂÃÄÅâð"  # one of them starts each


def repair_text(text: str) -> str:
    """Return the text in Unicode NFC, without mojibake, control and invisible characters.

    Lines stay lines, each ended by a newline; runs of blanks become one.
    """
    text = repair_mojibake(text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", DAMAGED.sub(lambda m: REPLACEMENTS[m[0]], text))
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def repair_mojibake(text: str) -> str:
    """Return the text with UTF-8 that was once or twice read as Windows-1252 read rightly."""
    for _ in range(2):
        if any(map(text.__contains__, LEADS)):
            text = MOJIBAKE.sub(_read_again, text)
    return text


def _read_again(match: re.Match[str]) -> str:
    data = bytes(BYTES.get(ord(char), ord(char)) for char in match[0])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
