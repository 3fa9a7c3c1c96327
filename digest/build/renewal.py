"""Renews the site where something differs from the last build, and only there."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from digest.build.basis import Basis
from digest.build.noting import note_build
from digest.build.plan import plan_site
from digest.build.printing import print_site
from digest.build.shares import Work
from digest.build.sweep import MOST_FILES, sweep_pieces
from digest.build.taking import Taken, take_stories
from digest.config import Config
from digest.lock import WORKSHOP
from digest.manifest import Manifest, forget, open_manifest
from digest.output import MARK
from digest.parallel import Map
from digest.search import can_search, say_search
from digest.spool import BrokenSpoolError, close_spools
from digest.templates import read_static
from digest.unchanged import (
    SiteLook,
    SiteReport,
    StoriesLook,
    look_at_site,
    look_at_stories,
)

PIECES = "pieces"
PASSING = "passing-"


def renew_site(
    stories: StoriesLook, site: SiteLook, root: Path, config: Config, map_: Map
) -> SiteReport:
    """Turn story files into the site, from what was found; raise what `build_site` raises."""
    (root / WORKSHOP / PIECES).mkdir(parents=True, exist_ok=True)
    try:
        return _renew(stories, site, root, config, map_)
    except BrokenSpoolError:
        forget(root / WORKSHOP)
        return _renew(look_at_stories(root, config), look_at_site(root, config), root, config, map_)
    finally:
        close_spools()


def _renew(
    stories: StoriesLook, site: SiteLook, root: Path, config: Config, map_: Map
) -> SiteReport:
    workshop = root / WORKSHOP
    for left in workshop.glob(f"{PASSING}*"):  # by a build that was killed
        shutil.rmtree(left, ignore_errors=True)
    with (
        open_manifest(workshop) as manifest,
        TemporaryDirectory(dir=workshop, prefix=PASSING, ignore_cleanup_errors=True) as passing,
    ):
        work = Work(
            root=root,
            config=config,
            common=stories.common,
            searchable=can_search(config.pages),
            trees=site.trees,
            pieces=workshop / PIECES,
            passing=Path(passing),
        )
        if stories.anew:
            manifest.clear()
        taken = take_stories(stories, manifest, work, map_)
        basis = _find_basis(taken, site, manifest, work, anew=stories.anew)
        plan = plan_site(basis)
        changed = print_site(plan, basis, site, taken.kept, work=work, map_=map_)
        report = note_build(taken, stories.stories, plan, basis)
        if stories.anew or len(list(work.pieces.iterdir())) > MOST_FILES:
            sweep_pieces(manifest, work.pieces, turn=work.passing.name)
    return SiteReport(**report, changed=changed, notes=say_search(config.pages))


def _find_basis(
    taken: Taken, site: SiteLook, manifest: Manifest, work: Work, *, anew: bool
) -> Basis:
    outputs = manifest.outputs()
    return Basis(
        change=taken.change,
        hashes={_slug_of(path): row.hash for path, row in taken.rows.items()},
        manifest=manifest,
        outputs=outputs,
        torn=frozenset(outputs[path].owner for path in site.torn),
        anew=anew,
        config=work.config,
        common=work.common,
        searchable=work.searchable,
        static=[*read_static(work.root), MARK],
    )


def _slug_of(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")
