"""The places in the programme zone."""

from django.http import HttpRequest

from desist.accounts import navigation as common
from desist.desk import places as desk
from desist.merges import queries as merges
from desist.post import places as post
from desist.programme.concerns import queries as concerns
from desist.programme.outside import queries as outside
from desist.programme.triage import queries as triage
from desist.ui.context import Navigation
from desist.wall.places import Menu, Place

MENU: Menu = (
    (
        Place("To do", "home:home", asks="home:waiting"),
        Place("Calendar", "week:week", "Weeks of practitioners, of the team and of the rooms"),
        Place("Triage", "triage:inbox", waits=triage.WAITING),
        Place("People", "episodes:episodes"),
        Place("Concerns", "concerns:concerns", waits=concerns.OPEN),
        Place("The service today", "service:service", "Overdue work, places and people by stage"),
    ),
    (
        (
            "Work",
            (
                desk.ALERTS,
                post.BY_HAND,
                Place("Referrals", "referrals:referrals", "Every referral, also those declined or withdrawn"),
                Place(
                    "Referrals being entered",
                    "intake:drafts",
                    "Referrals on paper or by e-mail, typed in here",
                ),
                Place(
                    "Referrals from outside",
                    "outside:inbox",
                    "Forms from referrers without an account, and self-referrals",
                    waits=outside.WAITING,
                ),
                Place(
                    "Staff safety and children",
                    "circumstances:reviews",
                    "Risks to staff, needs and self-harm to review, and the children of people here",
                ),
                Place(
                    "One person, two records",
                    "merges:merges",
                    "Compare records of one person, merge them and split them again",
                    merges.WAITING,
                ),
                Place("Letters", "letters:register", "What was written, to whom, and how it went out"),
                Place("Risk reviews", "risk:reviews", "Judgements of risk that must be looked at again"),
            ),
        ),
        (
            "Team",
            (
                Place("Team", "team:team", "Practitioners, their people and who has room for more"),
                Place("Leave and cover", "absences:leave", "Who is away, whom to ring and who covers"),
                Place(
                    "Supervision",
                    "supervision:board",
                    "Supervisions planned and held, and debriefs asked for",
                ),
                Place(
                    "Training",
                    "training:team",
                    "Courses and refreshers, induction and competence of practitioners",
                ),
                Place(
                    "Reflections",
                    "reflections:log",
                    "A practitioner’s own log, and what was shared with a supervisor",
                ),
                Place("Quality", "quality:board", "Samples of sessions and their ratings"),
                Place("Outcomes", "outcomes:outcomes", "A year of the service, from referral to end"),
                Place("Returns", "returns:returns", "Counts of a quarter for those who pay for the service"),
                desk.DUTY,
            ),
        ),
        ("This site", common.SITE),
        (
            "How the service is set up",
            (
                Place("Curriculum", "curriculum:curriculum", "What the twelve sessions are about"),
                Place(
                    "Skills", "skills:skills", "What participants learn to do, in the words of the service"
                ),
                Place("Premises", "premises:premises", "Where sessions take place, and their rooms"),
                Place(
                    "Partner agencies",
                    "support:directory",
                    "Who helps with housing, alcohol, work and health",
                ),
                Place("Settings", "settings:settings", "Names, times and rules of this service"),
                Place("Move a caseload in", "moving_in:all", "People with their sessions, from tables"),
            ),
        ),
    ),
)
#: the pages of the signed-in account, beside its own account page
OWN: tuple[Place, ...] = (
    Place("Your interests", "declarations:declarations"),
    Place("Your calendar", "feeds:calendar"),
    Place("People you know", "team:links"),
    Place("Your training", "training:mine"),
)


def navigation(request: HttpRequest) -> Navigation:
    """Return the header of a page."""
    return common.navigation(request, MENU, own=OWN, search=common.SEARCH)
