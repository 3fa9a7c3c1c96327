"""The room of options: what works, and will not do for a digest that others read."""

import ipaddress
from collections.abc import Iterator
from urllib.parse import urlsplit

from digest.check.content import Content
from digest.check.findings import (
    ERROR,
    NOTE,
    WARNING,
    Finding,
    Hit,
    Rule,
    apply,
    hit_by,
    line_of,
)
from digest.config import PATH
from digest.errors import ConfigError
from digest.models import Site

# Names that lead nowhere, for everybody (RFC 2606) or for everybody else (RFC 6761, RFC 6762).
EXAMPLES = ("example", "example.com", "example.net", "example.org", "invalid", "test")
OWN = ("localhost", "local", "localdomain", "internal", "home.arpa")

LOOKALIKES = {f"content/config.{ending}" for ending in ("yml", "json", "toml", "yaml.txt")}


def find_broken(content: Content) -> Iterator[Hit]:
    """Yield what the program itself says of the options."""
    yield from (hit_by(error) for error in content.errors if isinstance(error, ConfigError))


def find_local(content: Content) -> Iterator[Hit]:
    """Yield an address that is this machine's, or one of its network: nobody else gets there."""
    host = _host(content)
    if _is_one_of(host, OWN) or _is_private(host):
        yield _of(content, "base_url", f"{host} is an address of this machine or network only")


def find_example(content: Content) -> Iterator[Hit]:
    """Yield an address that was meant as an example: all links of the feeds lead there."""
    if _is_one_of(_host(content), EXAMPLES):
        yield _of(content, "base_url", f"{_host(content)} is an example of an address")


def find_unencrypted(content: Content) -> Iterator[Hit]:
    """Yield an address that anybody on the way can read and change."""
    host = _host(content)
    if urlsplit(content.config.site.base_url).scheme == "http" and not _is_one_of(host, OWN):
        yield _of(content, "base_url", "the site is read without encryption")


def find_nameless(content: Content) -> Iterator[Hit]:
    """Yield a title that every digest has by default."""
    if content.config.site.title == Site().title:
        yield _of(content, "title", f"the site has no title of its own: {Site().title!r}")


def find_anonymous(content: Content) -> Iterator[Hit]:
    """Yield a digest that does not say who publishes it."""
    if not content.config.site.author:
        yield _of(content, "author", "nobody is said to publish the digest")


def find_unreachable(content: Content) -> Iterator[Hit]:
    """Yield a digest that does not say where to ask for a correction."""
    if not content.config.site.contact:
        yield _of(content, "contact", "readers are not told where to ask for a correction")


def find_unlicensed(content: Content) -> Iterator[Hit]:
    """Yield feeds that do not say what others may do with them."""
    if not content.config.site.license:
        yield _of(content, "license", "site and feeds do not say what others may do with them")


def find_private(content: Content) -> Iterator[Hit]:
    """Yield the permission to ask hosts of one's own network: any feed can then name them."""
    if content.config.fetch.private:
        yield _of(content, "private", "feeds may lead the program into your own network", "fetch")


def find_elsewhere(content: Content) -> Iterator[Hit]:
    """Yield files that look like the options and are not read."""
    for path in content.files:
        if path in LOOKALIKES:
            yield Hit(path, "this file is not read")


BROKEN = Rule("config-broken", ERROR, find_broken)

RULES = (
    Rule("config-elsewhere", WARNING, find_elsewhere, f"call it {PATH}"),
    Rule("base-url-local", WARNING, find_local, "write where the site will be"),
    Rule("base-url-example", WARNING, find_example, "write where the site will be"),
    Rule("base-url-unencrypted", NOTE, find_unencrypted, "use https:// if the host can"),
    Rule("fetch-private", WARNING, find_private, "leave it out, if you read feeds of others"),
    Rule("title-missing", WARNING, find_nameless, "give it one"),
    Rule("author-missing", WARNING, find_anonymous, "name yourself or your organisation"),
    Rule("contact-missing", WARNING, find_unreachable, "write a mail address or that of a page"),
    Rule("license-missing", WARNING, find_unlicensed, "name a licence, such as CC BY 4.0"),
)


def check_config(content: Content) -> list[Finding]:
    """Return what is wrong with the options; where they cannot be read, no more than that."""
    return list(apply([BROKEN], content)) or list(apply(RULES, content))


def _of(content: Content, key: str, problem: str, section: str = "site") -> Hit:
    return Hit(PATH, f"{section}.{key}: {problem}", line_of(content.config_text, f"{key}:"))


def _host(content: Content) -> str:
    return urlsplit(content.config.site.base_url).hostname or ""


def _is_one_of(host: str, names: tuple[str, ...]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in names)


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False
