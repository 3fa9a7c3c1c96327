"""Makes addresses of titles and names."""

import re
import unicodedata

SLUG_LENGTH = 60  # an address that a mail program does not break, with room for the folder


def slugify(text: str, *, length: int = SLUG_LENGTH) -> str:
    """Return lower-case ASCII words joined by hyphens, cut at a word; "story" if none are left."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    slug = "-".join(words)
    if len(slug) > length:
        slug = slug[: length + 1].rpartition("-")[0] or slug[:length]
    return slug or "story"
