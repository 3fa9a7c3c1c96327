"""Renders the site's pages: story files and templates become HTML."""

from digest.pages.machine import write_robots, write_sitemap
from digest.pages.press import Pieces, Press, print_page, print_story, set_up_press
from digest.pages.site import (
    Page,
    list_sections,
    plan_corrections,
    plan_feed_list,
    plan_front,
    plan_indexes,
    plan_shelf,
    plan_single_pages,
)
from digest.pages.views import Place, Telling, tell_story, tell_teaser

__all__ = [
    "Page",
    "Pieces",
    "Place",
    "Press",
    "Telling",
    "list_sections",
    "plan_corrections",
    "plan_feed_list",
    "plan_front",
    "plan_indexes",
    "plan_shelf",
    "plan_single_pages",
    "print_page",
    "print_story",
    "set_up_press",
    "tell_story",
    "tell_teaser",
    "write_robots",
    "write_sitemap",
]
