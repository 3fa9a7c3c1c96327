"""Serves a preview of the digest that follows changes, on this machine only.

browser ─ connection ─ messages      one client: requests in, responses out
              │
           answers ─ files, page     address → file of the site, page → page with our script
              │
           preview ─ watch, builder  what changed is built again, in a process of its own

Everything but the looks at files and the builds happens in one thread: nothing is locked.
"""

from digest.serve.preview import serve

__all__ = ["serve"]
