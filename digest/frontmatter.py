"""Parts a Markdown file into its front matter and its body."""

import re

from digest.errors import DigestError

# A line of three hyphens; editors leave blanks behind it, and no newline at the end of a file.
FENCE = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE)


def split_front_matter(
    text: str, *, place: str, error: type[DigestError]
) -> tuple[str, str] | None:
    """Return the lines between the fences, and the body; `None` where no front matter begins.

    Raises `error` where it does not end.
    """
    first = FENCE.match(text)
    if not first:
        return None
    last = FENCE.search(text, first.end())
    if not last:
        raise error(f"{place}:1", "the front matter has no end", "end it with a line ---")
    return text[first.end() : last.start()], text[last.end() :]
