"""The places in the advocacy zone."""

from django.http import HttpRequest

from desist.accounts import navigation as common
from desist.desk import places as desk
from desist.merges import queries as merges
from desist.post import places as post
from desist.ui.context import Navigation
from desist.wall.places import Menu, Place

MOVING = Place("Move a caseload in", "moving_in:all", "Clients with their incidents and plans, from tables")
SENDING = Place(
    "The page where clients send things",
    "submissions:page",
    "Its name and its neutral address, which say nothing of us",
)
MENU: Menu = (
    (
        Place("Calls to make", "home:home", asks="home:waiting"),
        Place("Clients", "victims:victims"),
        desk.ALERTS,
        Place("Team", "team:team", "Advocates, their clients and who has room for more"),
    ),
    (
        (
            "Work",
            (
                post.BY_HAND,
                desk.DUTY,
                Place(
                    "Returns",
                    "quarterly:all",
                    "What the service tells the commissioner each quarter, without small numbers",
                ),
                Place("Agencies", "support:agencies", "Who else helps, as the police’s directory lists them"),
                Place(
                    "One person, two records",
                    "merges:merges",
                    "Compare records of one person, merge them and split them again",
                    merges.WAITING,
                ),
            ),
        ),
        ("This site", (MOVING, SENDING, *common.SITE)),
    ),
)
#: the pages of the signed-in account, beside its own account page
OWN: tuple[Place, ...] = (
    Place("Emergency access to a case", "restrictions:emergency"),
    Place("Your interests", "declarations:declarations"),
)


def navigation(request: HttpRequest) -> Navigation:
    """The header of a page."""
    return common.navigation(request, MENU, own=OWN, search=common.SEARCH)
