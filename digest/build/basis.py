"""What a build starts from: the stories that changed, and what is known of the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.briefs import Brief
from digest.config import Config
from digest.manifest import Manifest, OutputRow
from digest.models import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The stories that differ from the last build, by slug: what was held of them, and what is."""

    old: Mapping[str, Brief]
    new: Mapping[str, Brief]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a plan is made from."""

    change: Change
    hashes: Mapping[str, bytes]
    """Of all story files, by slug."""
    manifest: Manifest
    """As the last build left it."""
    outputs: Mapping[str, OutputRow]
    """The files of the last site."""
    torn: frozenset[str]
    """The owners of those that are not as they were written."""
    anew: bool
    """Whether nothing of the last build counts: the program, a template or an option changed."""
    config: Config
    common: bytes
    """The hash of all that every page depends on."""
    searchable: bool
    static: Sequence[File]
    """Files that are ready."""

    @property
    def all_site_wide(self) -> bool:
        """Whether pages of the whole site are to be planned that depend on no story."""
        return self.anew or "" in self.torn
