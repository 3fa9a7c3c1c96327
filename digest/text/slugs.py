"""Makes addresses of titles and names."""

import re
import unicodedata

SLUG_LENGTH = 60  # an address that a mail program does not break, with room for the folder

# Windows takes these for devices, whatever stands behind a dot (learn.microsoft.com, "Naming
# Files, Paths, and Namespaces"): a site with such a folder could not be checked out there.
RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")


def slugify(text: str, *, length: int = SLUG_LENGTH) -> str:
    """Return lower-case ASCII words joined by hyphens, cut at a word; "story" if none are left.

    It is a name that every file system takes: the title "Con" becomes `con-1`.
    """
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    slug = "-".join(words)
    if len(slug) > length:
        slug = slug[: length + 1].rpartition("-")[0] or slug[:length]
    if RESERVED.fullmatch(slug):
        return f"{slug}-1"
    return slug or "story"
