"""Renders the site's pages: story files and templates become HTML."""

from digest.pages.machine import write_robots, write_sitemap
from digest.pages.press import Pieces, Press, print_page, print_story, set_up_press
from digest.pages.site import Page, list_addresses, plan_pages
from digest.pages.views import Place, find_places

__all__ = [
    "Page",
    "Pieces",
    "Place",
    "Press",
    "find_places",
    "list_addresses",
    "plan_pages",
    "print_page",
    "print_story",
    "set_up_press",
    "write_robots",
    "write_sitemap",
]
