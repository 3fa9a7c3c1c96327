"""Only whole addresses of the web are linked to."""

import pytest

from digest.addresses import is_web_address


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/",
        "http://user@example.org:8080/a%20b?q=1&r=[2]#top",
        "https://münchen.example/straße",
        "https://[::1]/",
    ],
)
def test_address_of_the_web(address: str) -> None:
    assert is_web_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "//example.org/",
        "https://",
        "https:///path",
        "ftp://example.org/",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "https://ex ample.org/",
        'https://example.org/"><script>',
        "https://example.org:99999/",
        "https://example.org:port/",
        "https://[::1/",
        "https://example.org/\x00",
    ],
)
def test_anything_else(address: str) -> None:
    assert not is_web_address(address)
