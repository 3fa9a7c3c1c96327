"""Reads the list of feeds that a reader exports (OPML 2.0, http://opml.org/spec2.opml)."""

from lxml import etree

from digest.addresses import is_web_address


class NoListError(ValueError):
    """The text is no OPML; the message says what is wrong with it."""


def read_opml(data: bytes) -> tuple[str, ...]:
    """Return the addresses of the feeds, each once; raise `NoListError`.

    Entities are not resolved and nothing is loaded: the list may come from anybody.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NoListError(f"it is no XML: {error}") from error
    if tree.tag != "opml":
        raise NoListError(f"it is no list of feeds: it begins with <{tree.tag}>")
    found = (outline.get("xmlUrl", "").strip() for outline in tree.iter("outline"))
    return tuple(dict.fromkeys(url for url in found if is_web_address(url)))
