"""The places in the commission zone."""

from django.http import HttpRequest

from desist.accounts import navigation as common
from desist.post import places as post
from desist.ui.context import Navigation
from desist.wall.places import Menu, Place

MENU: Menu = (
    (
        Place("Returns", "home:home"),
        Place(
            "Need in each police area",
            "needs:needs",
            "From an estimate of people stalked to completed programmes",
        ),
        Place("Extracts", "extracts:all", "People under pseudonyms, for the evaluator of an agreement"),
        Place("Grants", "grants:grants", "Who gave how much to which service, for which days"),
    ),
    (
        (
            "Work",
            (
                Place(
                    "Published tables",
                    "force_tables:tables",
                    "Newer figures for the need sheets, each with its source",
                ),
                post.BY_HAND,
            ),
        ),
        ("This site", common.SITE),
    ),
)


def navigation(request: HttpRequest) -> Navigation:
    """The header of a page."""
    return common.navigation(request, MENU)
