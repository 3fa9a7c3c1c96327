"""Asks robots.txt what a host lets programs read (RFC 9309)."""

import threading
from urllib.parse import urlsplit

from protego import Protego

from digest.errors import WebError
from digest.web.client import Client

NAME = "verbatim-digest"
"""The product token by which a robots.txt can address this program."""

SIZE = 512_000  # bytes: section 2.5 asks for at least 500 KiB
EVERYTHING, NOTHING = "", "User-agent: *\nDisallow: /\n"
LONGEST_DELAY = 60.0  # seconds: a host that wants more distance gets fewer pages a run, not none


class Robots:
    """What hosts allow, asked once each; safe to use from several threads."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._lock = threading.Lock()
        self._hosts: dict[str, Protego] = {}

    def allow(self, url: str) -> bool:
        """Return whether the page may be read; the distance that its host wishes is kept from now.

        Raises `Stopped` when the program ends.
        """
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            rules = self._hosts.get(root)
        if rules is None:
            rules = Protego.parse(self._ask(root))
            delay = rules.crawl_delay(NAME)
            if delay:
                self._client.pace.keep_distance(url, min(float(delay), LONGEST_DELAY))
            with self._lock:
                self._hosts[root] = rules
        return bool(rules.can_fetch(url, NAME))

    def _ask(self, root: str) -> str:
        """Return the rules: none where there is no file, "nothing" where the server is down.

        That is section 2.3.1 of the RFC.
        """
        try:
            answer = self._client.get(f"{root}/robots.txt", size=SIZE)
        except WebError:
            return NOTHING
        if answer.status >= 500:
            return NOTHING
        return answer.body.decode("utf-8", "replace") if answer.status == 200 else EVERYTHING
