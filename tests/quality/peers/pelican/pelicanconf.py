"""Lets Pelican render the story files of a digest: story pages, lists of 30, topics, a feed."""

from typing import Any

import markdown
import yaml
from pelican import signals
from pelican.readers import MarkdownReader, Readers
from pelican.utils import SafeDatetime

SITENAME = "News digest"
SITEURL = "http://localhost:8000"
TIMEZONE = "UTC"
PATH = "content"
ARTICLE_PATHS = ["stories"]
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
OUTPUT_PATH = "public"
THEME = "theme"
ARTICLE_URL = "stories/{slug}/"
ARTICLE_SAVE_AS = "stories/{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = AUTHORS_SAVE_AS = CATEGORIES_SAVE_AS = ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "tags", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
PAGINATED_TEMPLATES = {"index": None, "tag": None}
DEFAULT_PAGINATION = 30
FEED_RSS = "feed.xml"
FEED_MAX_ITEMS = 50
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
# What it remembers between builds; without this it is slower.
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CONTENT_CACHING_LAYER = "reader"
CHECK_MODIFIED_METHOD = "mtime"


class StoryReader(MarkdownReader):
    """Reads front matter by libyaml, as its own reader knows no nested lists."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return body and facts of a story file."""
        with open(source_path, encoding="utf-8") as file:  # noqa: PTH123  # it gives text
            _, head, body = file.read().split("---\n", 2)
        raw = yaml.load(head, Loader=yaml.CSafeLoader)
        facts = {
            "title": self.process_metadata("title", raw["title"]),
            "slug": raw["slug"],
            "tags": self.process_metadata("tags", ",".join(raw.get("tags", ()))),
            "date": SafeDatetime.fromisoformat(f"{str(raw['published'])[:10]}T00:00:00+00:00"),
            "lead": raw["summary"][0]["text"] if raw.get("summary") else "",
            "near": raw.get("related", ()),
        }
        return markdown.Markdown(**self.settings["MARKDOWN"]).convert(body), facts


def use_reader(readers: Readers) -> None:
    """Read story files with our reader."""
    readers.reader_classes["md"] = StoryReader


signals.readers_init.connect(use_reader)
