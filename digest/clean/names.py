"""Tells names of people and headlines from other words, and takes the names out of a byline."""

import re

# A part of a name: "Jack", "O’Neill", "García-Márquez", "J.", "JD".
_PART = r"[^\W\d_a-zß-öø-ÿ](?:[^\W\d_]|['’-](?=[^\W\d_])|\.)*"
_PARTICLE = r"(?:al|bin|da|de|del|della|den|der|di|do|dos|du|el|la|le|ten|van|von|y)"
NAME = re.compile(rf"{_PART}(?: (?:{_PARTICLE} )*{_PART}){{1,4}}(?![^\W\d_])")
# A label that lost the blank before it: "Ann AshfordTravel"; but "MacDonald" is a name.
GLUED = re.compile(r"(?<=[^\W\d_]{4}[a-zß-öø-ÿ])[A-Z][a-z]{2,}$")
POSSESSIVE = re.compile(r"['’]s\b")  # "Ann's Garden" is no person
ASCII_LETTERS = {code: chr(code).lower() if chr(code).isalnum() else None for code in range(128)}
PRINTED_MARKS = "’‘“”—–…"  # without them, most lines are ASCII
SITE_NAME = 40  # characters that may stand behind a headline
LONGEST = 50  # characters of a full name

SEPARATOR = re.compile(r"(?:[;,|•·/]|\s(?i:and|und|with|&)\s)\s*(?:(?i:and|by)\s)?")


def is_name(text: str) -> bool:
    """Tell whether the text can be the full name of a person and nothing else."""
    return len(text) < LONGEST and NAME.fullmatch(text) is not None


def find_names(
    byline: str, others: frozenset[str] = frozenset(), bodies: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Return the names that a byline lists behind its "By", without jobs and agencies.

    A name ends before one of the `others`, in lower case: "Ann Ash Reuters", "BBC News". What
    holds one of the `bodies` is no person: "Sports Desk", "Ash Institute".
    """
    if " " not in byline:
        return ()
    matches = (NAME.match(part) for part in SEPARATOR.split(byline.strip(" :")))
    people = (match[0].split() for match in matches if match)
    names = (_cut(parts, others) for parts in people if not _holds(parts, bodies))
    full = (n for n in names if " " in n and len(n) < LONGEST and not POSSESSIVE.search(n))
    return tuple(dict.fromkeys(full))


def _holds(parts: list[str], words: frozenset[str]) -> bool:
    return not words.isdisjoint(part.lower().strip(".") for part in parts)


def _cut(parts: list[str], others: frozenset[str]) -> str:
    parts = [GLUED.sub("", part) for part in parts]
    size = next((i for i, part in enumerate(parts) if part.lower().strip(".") in others), None)
    return " ".join(parts[:size])


def letters_of(text: str) -> str:
    """Return the letters and digits of a text in one case: what makes two headlines one."""
    for mark in () if text.isascii() else PRINTED_MARKS:
        text = text.replace(mark, "")
    if text.isascii():
        return text.translate(ASCII_LETTERS)
    return "".join(filter(str.isalnum, text.casefold()))


def says_title(line: str, title: str) -> bool:
    """Tell whether a line says the title, give or take case, punctuation and the site's name."""
    if len(line) > len(title) + SITE_NAME:
        return False
    theirs = letters_of(title)
    return bool(theirs) and letters_of(line).startswith(theirs)
