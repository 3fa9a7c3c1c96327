"""Options come from content/config.yaml; without it, or without a key, there are defaults."""

from conftest import Digest
from digest.config import Config, load_config


def test_no_file_means_defaults(digest: Digest) -> None:
    assert load_config(digest.root) == Config()


def test_empty_file_means_defaults(digest: Digest) -> None:
    digest.write("content/config.yaml", "# nothing yet\n")
    assert load_config(digest.root) == Config()


def test_options_are_read(digest: Digest) -> None:
    digest.write("content/config.yaml", "site: {title: 2026}\nsummary: {words: 50}\nfeeds:\n")
    config = load_config(digest.root)
    assert config.site.title == "2026"
    assert config.summary.words == 50


def test_language_of_norway_is_not_false(digest: Digest) -> None:
    digest.write("content/config.yaml", "site: {language: no}\n")
    assert load_config(digest.root).site.language == "no"


def test_address_ends_in_a_slash(digest: Digest) -> None:
    digest.write("content/config.yaml", "site: {base_url: https://example.org/news}\n")
    assert load_config(digest.root).site.base_url == "https://example.org/news/"
