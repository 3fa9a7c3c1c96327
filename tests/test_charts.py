"""Pictures show what they should, and hold nothing but shapes."""

from datetime import date

from lxml import etree

from digest.charts import draw_bars, draw_timeline


def test_highest_bar_fills_the_height() -> None:
    bars = etree.fromstring(draw_bars([1, 4, 2])).findall("rect")
    assert [bar.get("height") for bar in bars] == ["15", "60", "30"]


def test_no_stories_draw_no_bars() -> None:
    assert len(etree.fromstring(draw_bars([]))) == 0


def test_days_stand_where_they_are_in_time() -> None:
    days = [date(2025, 1, 11), date(2025, 1, 1), date(2025, 1, 6)]
    dots = etree.fromstring(draw_timeline(days)).findall("circle")
    assert [dot.get("cx") for dot in dots] == ["5", "300", "595"]


def test_one_day_is_a_dot() -> None:
    assert len(etree.fromstring(draw_timeline([date(2025, 1, 1)])).findall("circle")) == 1
