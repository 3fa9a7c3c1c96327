"""Tells addresses of the web from everything else that strangers write where one belongs."""

import re
from urllib.parse import urlsplit

# RFC 3986, section 2: what may stand in an address. Others belong percent-encoded, though
# browsers and people let letters of all alphabets pass.
ALLOWED = re.compile(r"[\w\-.~:/?#\[\]@!$&'()*+,;=%]+")
HOST = re.compile(r"[\w.-]+|\[[0-9a-fA-F:.]+\]")
# A short way for most of them: no user, no port, no brackets, no letters of other alphabets.
PLAIN = re.compile(r"https?://[a-z0-9.-]+(?:[/?#][a-zA-Z0-9\-._~:/?#@!$&'()*+,;=%]*)?")


def is_web_address(text: str) -> bool:
    """Return whether this is a whole address with http or https that is safe to link to."""
    if PLAIN.fullmatch(text):
        return True
    try:
        parts = urlsplit(text)
        host, port = parts.netloc.rpartition("@")[2].removesuffix(f":{parts.port}"), parts.port
    except ValueError:
        return False
    known = parts.scheme in ("http", "https") and port != 0
    return known and bool(HOST.fullmatch(host)) and bool(ALLOWED.fullmatch(text))
