"""The pipeline: which step follows which.

    content/articles/* ─ load ─ cluster ─ tell ─ content/stories/*.md ─ pages, feeds ─ site/
                      per article  all  per story          the hinge

Rules live in the steps; here are only their order, and what a build has to say. Each half is
loaded by itself: one change of a story is on the site sooner than trafilatura is loaded.
"""
