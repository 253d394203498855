"""The places in the partnership zone."""

from django.http import HttpRequest

from desist.accounts import navigation as common
from desist.desk import places as desk
from desist.merges import queries as merges
from desist.partnership.pairs import queries as pairs
from desist.partnership.reports import queries as reports
from desist.post import places as post
from desist.ui.context import Navigation
from desist.wall.places import Menu, Place

MENU: Menu = (
    (
        Place("To do", "home:home", asks="home:waiting"),
        Place("Referred to us", "support:support", "People whom a service referred to your agency"),
        Place("Our panels", "our_panels:panels", "Meetings, papers and actions of your agency"),
        Place("Referrals", "referrals:referrals", "People referred to a programme"),
        Place("Orders", "orders:orders"),
        desk.ALERTS,
        Place(
            "Reports",
            "reports:reports",
            "What clients of an advocacy service reported to the police",
            reports.WAITING,
        ),
        Place("Victims", "victims:victims", "Victims referred to an advocacy service"),
    ),
    (
        (
            "Work",
            (
                Place(
                    "Disclosures",
                    "disclosures:disclosures",
                    "What the police tell the programme, by two people",
                ),
                Place(
                    "Judgements",
                    "judgements:judgements",
                    "A programme asks for your judgement of a person whom others referred",
                ),
                Place(
                    "Returns",
                    "quarterly:all",
                    "What the force tells the commissioner each quarter, without small numbers",
                ),
                Place(
                    "Extracts",
                    "extracts:all",
                    "What the force recorded of people under pseudonyms, for the evaluator of an agreement",
                ),
                Place("Panels", "panels:panels", "Meetings of several organisations about cases"),
                Place("Agencies", "agencies:agencies", "Who else helps, kept once for the area"),
                Place(
                    "Linked cases",
                    "pairs:pairs",
                    "Victims’ cases that belong to a referral, and requests to link one",
                    pairs.WAITING,
                ),
                post.BY_HAND,
                desk.DUTY,
                Place(
                    "One person, two records",
                    "merges:merges",
                    "Compare records of one person, merge them and split them again",
                    merges.WAITING,
                ),
            ),
        ),
        ("This site", common.SITE),
    ),
)
#: the pages of the signed-in account, beside its own account page
OWN: tuple[Place, ...] = (
    Place("Your calendar", "feeds:calendar"),
    Place("Your interests", "declarations:declarations"),
)


def navigation(request: HttpRequest) -> Navigation:
    """The header of a page."""
    return common.navigation(request, MENU, own=OWN, search=common.SEARCH)
