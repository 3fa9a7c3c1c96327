"""Options come from content/config.yaml; without it, or without a key, there are defaults."""

import pytest

from conftest import Digest
from digest.config import Config, StoriesConfig, load_config
from digest.errors import ConfigError
from digest.stories.clusters import THRESHOLD, WINDOW_DAYS


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


def test_which_articles_are_one_story_can_be_set(digest: Digest) -> None:
    digest.write("content/config.yaml", "stories:\n  threshold: 0.3\n  window_days: 2\n")
    assert load_config(digest.root).stories == StoriesConfig(threshold=0.3, window_days=2)


def test_unset_options_of_stories_are_the_defaults_of_the_step() -> None:
    assert StoriesConfig() == StoriesConfig(threshold=THRESHOLD, window_days=WINDOW_DAYS)


@pytest.mark.parametrize("threshold", ["much", "nan", "0", "-1", ""])
def test_likeness_that_is_no_number_or_none_is_refused(digest: Digest, threshold: str) -> None:
    digest.write("content/config.yaml", f"stories:\n  threshold: {threshold}\n")
    with pytest.raises((ConfigError, ExceptionGroup)):
        load_config(digest.root)
