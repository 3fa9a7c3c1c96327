"""Files that hold many articles: JSON Lines and WARC, one article a record, read as streams.

    index.py    which records a file holds, and where     lines.py   JSON Lines
    records.py  what a record is                          warc.py    web archives

An article of such a file has the path `FILE#KEY`. The key is a hash of its address or id, so it
stays where it is when records are added or reordered. Of records with one key the last counts.
"""

from digest.bulk.index import index_records, read_records
from digest.bulk.records import Batch, Entry, Index, is_bulk, make_batches, split_path

__all__ = [
    "Batch",
    "Entry",
    "Index",
    "index_records",
    "is_bulk",
    "make_batches",
    "read_records",
    "split_path",
]
