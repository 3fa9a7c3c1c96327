"""Draws small pictures as SVG when the site is built: coverage over time, and stories per month.

They carry no colours of their own (the style sheet does), and what they show is told in words
beside them, so they are hidden from those who listen to a page.
"""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

WIDTH, BAR_HEIGHT, LINE_HEIGHT = 600, 60, 24
RADIUS = 5
GAP = 2


def draw_bars(counts: Sequence[int]) -> Markup:
    """Return a bar chart of these counts, from left to right; the highest fills the height."""
    most = max(counts, default=0) or 1
    step = WIDTH / max(1, len(counts))
    bars = (
        Markup('<rect x="{}" y="{}" width="{}" height="{}"/>').format(
            _round(number * step),
            _round(BAR_HEIGHT * (1 - count / most)),
            _round(max(1, step - GAP)),
            _round(BAR_HEIGHT * count / most),
        )
        for number, count in enumerate(counts)
    )
    return _picture(Markup().join(bars), height=BAR_HEIGHT, name="bars")


def draw_timeline(days: Sequence[date]) -> Markup:
    """Return a line with a dot for each day, the first at the left end, the last at the right."""
    first, last = min(days), max(days)
    whole = max(1, (last - first).days)
    dots = (
        Markup('<circle cx="{}" cy="{}" r="{}"/>').format(
            _round(RADIUS + (WIDTH - 2 * RADIUS) * (day - first).days / whole),
            LINE_HEIGHT // 2,
            RADIUS,
        )
        for day in sorted(days)
    )
    line = Markup('<path d="M0 {0}H{1}"/>').format(LINE_HEIGHT // 2, WIDTH)
    return _picture(line + Markup().join(dots), height=LINE_HEIGHT, name="timeline")


def _picture(content: Markup, *, height: int, name: str) -> Markup:
    return Markup('<svg class="{}" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>').format(
        name, WIDTH, height, content
    )


def _round(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")
