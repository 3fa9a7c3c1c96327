"""Parts a Markdown file into its front matter and its body."""

import re

# A line of three hyphens; editors leave blanks behind it, and no newline at the end of a file.
FENCE = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)


class NoEndError(ValueError):
    """The front matter begins and does not end."""


def split_front_matter(text: str) -> tuple[str, str] | None:
    """Return the lines between the fences, and the body; `None` where no front matter begins.

    Raises `NoEndError` where it does not end.
    """
    first = FENCE.match(text)
    if not first:
        return None
    last = FENCE.search(text, first.end())
    if not last:
        raise NoEndError
    return text[first.end() : last.start()], text[last.end() :]
