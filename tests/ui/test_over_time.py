"""Bars and dots over time stand where their numbers say."""

from desist.ui import over_time


def test_a_bar_has_a_part_for_each_series_one_on_the_other() -> None:
    plot = over_time.columns(title="Weeks", steps=["a", "b"], series=[("x", [1, 0]), ("y", [1, 0])])

    below, above = plot.boxes
    assert (below.number, above.number) == (1, 2)
    assert below.y + below.height == plot.foot
    assert above.y == below.y - above.height == plot.top
    assert [tick.text for tick in plot.ticks] == ["0", "1", "2"]


def test_marks_and_shades_outside_the_plot_are_not_drawn() -> None:
    plot = over_time.columns(
        title="Weeks",
        steps=["a", "b"],
        series=[("x", [1, 2])],
        shades=[(-1, 1), (1.5, 9), (3, 4), (-3, -2)],
        marks=[-1, 1, 5],
    )

    assert plot.shades == ((10.0, 43.0), (74.5, 21.5))
    assert [(x, number) for x, _, number in plot.marks] == [(53.0, "2")]


def test_a_dot_is_larger_the_more_it_stands_for() -> None:
    plot = over_time.dots(
        title="Occasions", steps=["a"], levels=[("00:00", 1.0)], points=[(0.5, 1.0, 0.0), (0.5, 0.0, 1.0)]
    )

    small, large = plot.boxes
    assert (small.y, large.y) == (plot.top, plot.foot)
    assert small.width < large.width


def test_a_part_and_a_dot_lead_where_their_numbers_do() -> None:
    here, there = ("/a/", "Letters, a: 1"), ("/b/", "Letters, b: 2")
    bars = over_time.columns(title="Weeks", steps=["a", "b"], series=[("x", [1, 2])], links=[[here, there]])
    dots = over_time.dots(
        title="Occasions",
        steps=["a"],
        levels=[],
        points=[(0.5, 1, 0), (0.5, 0, 1)],
        links=[here, over_time.NO_LINK],
    )

    assert [(one.href, one.name) for one in bars.boxes] == [here, there]
    assert [(one.href, one.name) for one in dots.boxes] == [here, ("", "")]


def test_marks_of_one_day_have_one_line_and_a_range_of_numbers() -> None:
    plot = over_time.columns(title="Weeks", steps=["a", "b"], series=[("x", [1, 2])], marks=[0, 1, 1, 1, 2])

    assert [number for _, _, number in plot.marks] == ["1", "2–4", "5"]
