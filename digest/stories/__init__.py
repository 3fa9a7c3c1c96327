"""Puts articles about the same event together, and finds which stories are related.

Articles are compared by their outlines and words, which are made of each once and kept.

    outline.py   an article without its text     vectors.py     its words, and what they weigh
    pairs.py     which texts are alike           parts.py       the same in parts
    weekdays.py, neighbours.py, crowds.py        what else makes two texts more alike, or less
    linkage.py   groups of what is alike         clusters.py    all of this: articles → groups
    near.py      what a new text may belong to   related.py     stories of the same people
    titles.py    the headline of a story
"""

from digest.stories.clusters import Cluster, cluster_articles
from digest.stories.outline import Outline
from digest.stories.related import relate_stories
from digest.stories.titles import choose_title

__all__ = ["Cluster", "Outline", "choose_title", "cluster_articles", "relate_stories"]
