"""Makes links that open an article at the very words: text fragments.

https://wicg.github.io/scroll-to-text-fragment/, section 3.3 (the fragment directive).
"""

from urllib.parse import quote, urldefrag

DIRECTIVE = ":~:text="

# A long passage is named by its first and last words: the address stays short, and a page that
# shows a link or a footnote in between is still found.
LONG = 12  # words
ENDS = 5  # words on each side

# Percent-encoded besides what URLs need anyway: the directive's own marks (section 3.3.1).
KEPT = "!$'()*/:;=?@_~."

# Most words are plain: a table takes a tenth of the time of `quote`.
ENCODED = {n: quote(chr(n), safe=KEPT).replace("-", "%2D") for n in range(128)}


def link_passage(url: str, words: str) -> str:
    """Return the address of a page with a directive to scroll to these words and mark them.

    Only whole words are named, as browsers find no others. Without words, the address alone.
    """
    parts = words.split()
    if not parts:
        return url
    if len(parts) > LONG:
        directive = f"{_encode(parts[:ENDS])},{_encode(parts[-ENDS:])}"
    else:
        directive = _encode(parts)
    page, fragment = urldefrag(url)
    return f"{page}#{fragment}{DIRECTIVE}{directive}"


def _encode(words: list[str]) -> str:
    text = " ".join(words)
    if text.isascii():
        return text.translate(ENCODED)
    return quote(text, safe=KEPT).replace("-", "%2D")
