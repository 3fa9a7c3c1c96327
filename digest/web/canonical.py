"""Tells whether two addresses are those of one page."""

from urllib.parse import urldefrag, urlsplit

from courlan import normalize_url

FRONT = ("www.", "m.", "mobile.", "amp.")


def tidy_address(url: str) -> str:
    """Return an address without fragment and without what only counts visitors (utm_…, fbclid)."""
    whole = urldefrag(url).url
    try:
        return str(normalize_url(whole)) or whole
    except ValueError:
        return whole


def address_key(url: str) -> str:
    """Return what is the same for all spellings of a page's address.

    http or https, `www.` or `m.` in front, and a slash at the end make no other page of it.
    """
    parts = urlsplit(tidy_address(url))
    query = f"?{parts.query}" if parts.query else ""
    return f"{_site(url)}{parts.path.rstrip('/')}{query}"


def same_site(one: str, other: str) -> bool:
    """Return whether two addresses belong to one site: a page may speak for no other."""
    return _site(one) == _site(other)


def _site(url: str) -> str:
    host = urlsplit(url).netloc.rpartition("@")[2].lower()
    front = next((f for f in FRONT if host.startswith(f)), "")
    return host.removeprefix(front).removesuffix(":80").removesuffix(":443")
