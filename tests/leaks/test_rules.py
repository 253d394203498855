"""Who may see which secret where is one table: each sentence of the wall stands in it."""

import pytest
from tests.synthetic.conftest import NOW

from desist.sites import Zone
from desist.wall.actors import Role
from tools.leaks.planted import Secret, typed_in
from tools.leaks.rules import MAY, Medium, allowed
from tools.synthetic import cases
from tools.synthetic.staff import STAFF, Person

LOCATORS = [f"victim_{kind}" for kind in ("phone", "email", "address", "postcode", "workplace")]
SAID = [f"victim_{kind}" for kind in ("name", "report", "code_word", "plan", "note")]


def somebody(role: Role, area: str = "North") -> Person:
    return next(one for one in STAFF if one.role is role and one.area == area)


def readers(secret: Secret, medium: Medium) -> set[Role]:
    """The roles that may read it, wherever they work."""
    return {
        person.role for person in STAFF if allowed(secret, zone=person.zone, medium=medium, person=person)
    }


@pytest.mark.parametrize("kind", LOCATORS)
def test_a_way_to_a_victim_is_read_by_the_advocates_alone_and_only_after_a_reveal(kind: str) -> None:
    secret = Secret("x", kind, "North")

    assert readers(secret, Medium.PAGE) == set()
    assert readers(secret, Medium.REVEALED) == {Role.ADVOCATE, Role.ADVOCACY_MANAGER}


@pytest.mark.parametrize("kind", [*LOCATORS, *(kind for kind in SAID if kind != "victim_report")])
def test_nothing_of_a_victim_lies_plain_anywhere(kind: str) -> None:
    secret = Secret("x", kind, "North")
    still = (Medium.DATABASE, Medium.LOG, Medium.MAIL, Medium.FILE, Medium.BACKUP, Medium.DISK)

    assert not any(allowed(secret, zone=zone, medium=medium) for zone in (None, *Zone) for medium in still)


@pytest.mark.parametrize("kind", [kind for kind in SAID if kind != "victim_report"])
def test_what_a_victim_says_is_read_by_the_advocates_alone(kind: str) -> None:
    assert readers(Secret("x", kind, "North"), Medium.PAGE) == {Role.ADVOCATE, Role.ADVOCACY_MANAGER}


def test_what_a_victim_reported_is_read_by_the_police_and_never_in_the_programme() -> None:
    secret = Secret("x", "victim_report", "North")

    police = {Role.OFFICER, Role.ORDER_COORDINATOR, Role.FORCE_LEAD}
    assert readers(secret, Medium.PAGE) == police | {Role.ADVOCATE, Role.ADVOCACY_MANAGER}
    assert not allowed(secret, zone=Zone.PROGRAMME, medium=Medium.DATABASE)
    assert not allowed(secret, zone=Zone.ADVOCACY, medium=Medium.DATABASE)


def test_what_was_said_in_a_session_is_read_in_the_programme_alone_and_by_whom_it_is_the_work() -> None:
    ashby = next(one for one in STAFF if one.name == "Ashby Quillon")
    tamsin = next(one for one in STAFF if one.name == "Tamsin Orlebury")
    secret = Secret("x", "session_note", "North", ashby.ref)

    assert readers(secret, Medium.PAGE) == {Role.PRACTITIONER, Role.MANAGER, Role.SUPERVISOR}
    assert allowed(secret, zone=Zone.PROGRAMME, medium=Medium.PAGE, person=ashby)
    assert not allowed(secret, zone=Zone.PROGRAMME, medium=Medium.PAGE, person=tamsin)


def test_an_observer_reads_a_session_on_the_page_that_rates_it_and_nowhere_else() -> None:
    secret, observer = Secret("x", "session_note", "North"), somebody(Role.OBSERVER)

    def read(where: str) -> bool:
        return allowed(secret, zone=Zone.PROGRAMME, medium=Medium.PAGE, person=observer, where=where)

    assert read("quality:rate /quality/k7f2m9/rate/")
    assert not read("sessions:session /sessions/k7f2m9/")


@pytest.mark.parametrize(
    ("asked_in", "read_in", "roles", "page", "table"),
    [
        (
            Zone.COMMISSION,
            Zone.PROGRAMME,
            {Role.MANAGER, Role.EXECUTIVE},
            "quarterly:answer /quarterly/question/k7f2m9/",
            "programme_returnquestionevent",
        ),
        (
            Zone.COMMISSION,
            Zone.PARTNERSHIP,
            {Role.FORCE_LEAD, Role.ORDER_COORDINATOR},
            "quarterly:answer /quarterly/question/k7f2m9/",
            "partnership_returnquestionevent",
        ),
        (
            Zone.COMMISSION,
            Zone.ADVOCACY,
            {Role.ADVOCACY_MANAGER, Role.ADVOCATE},
            "quarterly:answer /quarterly/question/k7f2m9/",
            "advocacy_returnquestionevent",
        ),
        (
            Zone.ADVOCACY,
            Zone.COMMISSION,
            {Role.COMMISSIONER, Role.EVALUATOR},
            "returns:return /returns/k7f2m9/",
            "commission_questionevent",
        ),
        (
            Zone.PROGRAMME,
            Zone.COMMISSION,
            {Role.COMMISSIONER, Role.EVALUATOR},
            "returns:return /returns/k7f2m9/",
            "commission_questionevent",
        ),
        (
            Zone.PARTNERSHIP,
            Zone.COMMISSION,
            {Role.COMMISSIONER, Role.EVALUATOR},
            "returns:return /returns/k7f2m9/",
            "commission_questionevent",
        ),
    ],
)
def test_a_question_about_a_return_and_its_answer_cross_and_are_read_nowhere_else(
    asked_in: Zone, read_in: Zone, roles: set[Role], page: str, table: str
) -> None:
    secret = Secret("x", typed_in(asked_in))

    def readers_there(where: str) -> set[Role]:
        return {
            one.role
            for one in STAFF
            if one.zone is read_in
            and allowed(secret, zone=read_in, medium=Medium.PAGE, person=one, where=where)
        }

    assert readers_there(page) == roles
    assert readers_there("home:home /") == set()
    assert allowed(secret, zone=read_in, medium=Medium.DATABASE, where=table)
    assert not allowed(secret, zone=read_in, medium=Medium.DATABASE, where="accounts_account")


def test_nobody_reads_what_belongs_to_another_area() -> None:
    secret = Secret("x", "victim_name", "South")

    assert allowed(
        secret, zone=Zone.ADVOCACY, medium=Medium.PAGE, person=somebody(Role.ADVOCACY_MANAGER, "South")
    )
    assert not allowed(secret, zone=Zone.ADVOCACY, medium=Medium.PAGE, person=somebody(Role.ADVOCACY_MANAGER))


@pytest.mark.parametrize("kind", MAY)
def test_no_log_and_no_message_may_hold_anything(kind: str) -> None:
    secret = Secret("x", kind)

    assert not any(
        allowed(secret, zone=zone, medium=medium) for zone in Zone for medium in (Medium.LOG, Medium.MAIL)
    )


def test_every_planted_kind_has_its_row() -> None:
    planted = {fact.kind for case in cases.demo(at=NOW).cases for fact in case.facts}

    assert planted <= set(MAY)
