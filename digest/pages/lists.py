"""Cuts long lists into pages whose content stays where it is when new stories come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Generic[T]):
    """A page of a list."""

    items: tuple[T, ...]
    address: str
    newer: str | None
    """The address of the page before this one, below the site's root."""
    older: str | None


def split_list(items: Sequence[T], *, address: str, per_page: int) -> list[Part[T]]:
    """Return a list as pages of at most `per_page` items, the newest of them at `address`.

    Older pages are full and numbered from the oldest, so a new story changes the newest page
    and seldom another. The newest page holds what is left, and the last full page with it
    where that is little: so full pages hold two thirds of what is allowed.
    """
    size = max(1, per_page * 2 // 3)
    full, rest = divmod(len(items), size)
    if full and rest <= per_page - size:
        full, rest = full - 1, rest + size
    cuts = [0, *(rest + size * number for number in range(full + 1))]
    addresses = [address, *(f"{address}page/{number}/" for number in range(full, 0, -1))]
    return [
        Part(
            items=tuple(items[cuts[n] : cuts[n + 1]]),
            address=here,
            newer=addresses[n - 1] if n else None,
            older=addresses[n + 1] if n + 1 < len(addresses) else None,
        )
        for n, here in enumerate(addresses)
    ]
