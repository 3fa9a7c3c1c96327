"""Where the files of a site lead: to other files of it, or to the world outside."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from digest.check.findings import Finding

INDEX = "index.html"
DIRECTIVE = ":~:"  # what follows is for the browser: words to be found (WICG Text Fragments)


@dataclass(frozen=True, slots=True)
class Link:
    """A way from one file to another, or to another site."""

    target: str
    """Below the site's root (`stories/rain/`), or a whole address."""
    fragment: str = ""
    line: int | None = None
    inside: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen in one file of a site."""

    path: str
    anchors: tuple[str, ...] = ()
    """What fragments can point to."""
    links: tuple[Link, ...] = ()
    """Each target once, at its first line."""
    findings: tuple[Finding, ...] = ()


def read_link(href: str, *, address: str, base_url: str, line: int | None) -> Link | None:
    """Return where a link of the page at `address` leads; `None` for mail and the like.

    Raises `ValueError` where the address is none.
    """
    whole, _, fragment = urljoin(base_url + address, href.strip()).partition("#")
    fragment = unquote(fragment.partition(DIRECTIVE)[0])
    if whole + "/" == base_url:
        return Link("", fragment, line)
    if whole.startswith(base_url):
        return Link(unquote(whole.removeprefix(base_url).partition("?")[0]), fragment, line)
    if urlsplit(whole).scheme not in ("http", "https"):
        return None
    return Link(whole, "", line, inside=False)


def address_of(path: str) -> str:
    """Return the address of a file: that of its folder where it is the folder's page."""
    return path.removesuffix(INDEX) if path == INDEX or path.endswith(f"/{INDEX}") else path


def find_target(target: str, files: Collection[str]) -> str | None:
    """Return the file that an address means, if it is there; hosts add a missing slash."""
    names = [target, f"{target}/{INDEX}"] if target and target[-1] != "/" else [target + INDEX]
    return next((name for name in names if name in files), None)
