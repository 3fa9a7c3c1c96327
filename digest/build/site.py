"""The second half of a build: story files become the site, and nothing is printed twice."""

from functools import partial
from pathlib import Path

from digest.aside import start_aside
from digest.config import Config
from digest.lock import WORKSHOP
from digest.manifest import NAME, open_manifest
from digest.output import check_ours
from digest.parallel import Map
from digest.trees import SITE
from digest.unchanged import SiteReport, find_report, look_at_site, look_at_stories

# Bytes of the manifest: of 1,000 stories. Below, a child is not started sooner than all is seen.
WORTH_A_CHILD = 4_000_000


def build_site(root: Path, config: Config, map_: Map = map) -> SiteReport:
    """Turn story files into the site.

    Raises `DigestError`, or an `ExceptionGroup` of them, where a story file or template cannot be
    used or an edited story quotes what its articles do not say; then the site stays as it was.
    """
    check_ours(root / SITE)
    (root / WORKSHOP).mkdir(parents=True, exist_ok=True)
    with open_manifest(root / WORKSHOP):
        pass  # from here on it is whole, however many read it
    worth = (root / WORKSHOP / NAME).stat().st_size > WORTH_A_CHILD
    with start_aside(partial(look_at_site, root, config), worth=worth) as take_site:
        stories = look_at_stories(root, config)
        if stories.changed:
            import digest.build.renewal  # noqa: F401  # which takes as long as the site takes
        site = take_site()
    if report := find_report(root, config, stories, site):
        return report
    # To load what prints pages takes longer than to find out that there is nothing to print.
    from digest.build.renewal import renew_site

    return renew_site(stories, site, root, config, map_)
