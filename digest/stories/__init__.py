"""Puts articles about the same event together, and finds which stories are related."""

from digest.stories.clusters import cluster_articles
from digest.stories.related import relate_clusters
from digest.stories.titles import choose_title

__all__ = ["choose_title", "cluster_articles", "relate_clusters"]
