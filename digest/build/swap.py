"""Publishes a build: the tree that was brought up to date takes the place of the site at once."""

import os
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from digest.build.basis import Basis
from digest.manifest import SPARE, Manifest
from digest.parallel import Map
from digest.search import INDEX, index_site
from digest.strangers import Strangers, find_folders
from digest.trees import Trees, clear_tree, drop_files, exchange, level_folder, link_file
from digest.unchanged import SiteLook

THEIRS = "theirs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The site as it was found, and what does not belong to it."""

    trees: Trees
    strangers: Strangers
    theirs: tuple[str, ...]
    """Hidden files and folders of whoever publishes the site."""
    gone: tuple[str, ...]
    """Files that are there and belong no more."""
    lost: tuple[str, ...]
    """Files that belong no more and that others have removed: the spare tree still holds them."""
    searchable: bool


def find_scene(basis: Basis, site: SiteLook, *, wanted: Collection[str]) -> Scene:
    """Return what lies in a site besides the `wanted` files."""
    trees, strangers = site.trees, site.strangers
    noted = {*(basis.manifest.note(THEIRS) or ()), *strangers.theirs}
    known = {path for path in basis.outputs if path not in wanted}
    old = {path for path in known if os.path.lexists(_in(trees, path))}
    others = [path for path in strangers.others if path not in wanted]
    return Scene(
        trees=trees,
        strangers=strangers,
        theirs=tuple(sorted(path for path in noted if os.path.lexists(_in(trees, path)))),
        gone=tuple(sorted({*old, *others})),
        lost=tuple(sorted(known - old)),
        searchable=basis.searchable,
    )


def open_next(scene: Scene, manifest: Manifest, whole: Iterable[str], map_: Map) -> None:
    """Make the next tree ready: it holds all files of the site that are `whole`.

    From here on, until `publish` is done, the spare tree is not to be trusted.
    """
    trees = scene.trees
    trusted = bool(manifest.note(SPARE)) and os.path.isdir(trees.next)
    manifest.put_notes({SPARE: False})
    manifest.save()
    if trees.direct:
        return
    if not trusted:
        clear_tree(trees.next)
        os.makedirs(trees.next)
        list(map_(partial(link_file, trees=trees), sorted(whole)))
    drop_files((*scene.gone, *scene.lost), trees.next)


def publish(
    scene: Scene, manifest: Manifest, *, placed: Collection[str], changed: bool, map_: Map
) -> None:
    """Exchange the trees if anything changed, and note the state of the published one.

    `placed` are the files that were put into the next tree.
    """
    trees, index = scene.trees, Path(scene.trees.live) / INDEX
    swapped = changed or scene.searchable != index.is_dir()
    if swapped:
        if scene.searchable:
            index_site(Path(trees.next))
        exchange(trees, theirs=scene.theirs)
    drop_files(scene.gone, trees.next)
    if swapped and not trees.direct:
        clear_tree(f"{trees.next}/{INDEX}")
        list(map_(partial(link_file, trees=trees), sorted(placed)))
    for folder in reversed(scene.strangers.empty):
        with suppress(OSError):
            os.rmdir(_in(trees, folder))
    touched = {"", *find_folders(placed), *find_folders(scene.gone), *scene.strangers.folders}
    touched |= find_folders(scene.theirs)
    manifest.put("folder", map_(partial(level_folder, trees=trees), sorted(touched)))
    manifest.put_notes({SPARE: True, THEIRS: scene.theirs})


def _in(trees: Trees, path: str) -> str:
    return f"{trees.live}/{path}"
