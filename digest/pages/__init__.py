"""Renders the site's pages: story files and templates become HTML."""

from digest.pages.site import render_pages

__all__ = ["render_pages"]
