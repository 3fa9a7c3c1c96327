"""The second half of a build: story files become the site, and nothing is printed twice."""

from pathlib import Path

from digest.config import Config
from digest.lock import WORKSHOP
from digest.output import check_ours
from digest.parallel import Map
from digest.trees import SITE
from digest.unchanged import SiteReport, look_at


def build_site(root: Path, config: Config, map_: Map = map) -> SiteReport:
    """Turn story files into the site.

    Raises `DigestError`, or an `ExceptionGroup` of them, where a story file or template cannot be
    used or an edited story quotes what its articles do not say; then the site stays as it was.
    """
    check_ours(root / SITE)
    (root / WORKSHOP).mkdir(parents=True, exist_ok=True)
    look = look_at(root, config)
    if look.report:
        return look.report
    # To load what prints pages takes longer than to find out that there is nothing to print.
    from digest.build.renewal import renew_site

    return renew_site(look, root, config, map_)
