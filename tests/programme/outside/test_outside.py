"""A referrer without an account, from the form to the answer; and people who refer themselves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import OutgoingEmail
from desist.keys import keyfile
from desist.post import own
from desist.programme.agreement.models import NoticeWords
from desist.programme.outside import commands
from desist.programme.outside.commands import Sent
from desist.programme.outside.models import OutsideDoor, OutsideReferral
from desist.programme.outside.states import Answered, Turned, Way
from desist.programme.referrals.intake.models import Draft
from desist.programme.referrals.models import Referral
from desist.refusals import Refused
from desist.sites import data_folder
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

MYSELF = {
    "given_names": "Robin",
    "family_name": "Example",
    "born-day": "28",
    "born-month": "2",
    "born-year": "1990",
    "own_phone": "01632 960333",
    "need_kinds": "none",
    "behaviour_account": "I write every day and want to stop.",
    "reply_by": "phone",
    "form_submission": "myself-1",
}
PERSON = {
    **{name: value for name, value in MYSELF.items() if name != "own_phone"},
    "contact_by": "through_referrer",
    "route": "rehabilitation_activity",
    "legal_basis": "public_task",
    "proceedings": "sentenced",
    "behaviours": "contacting",
    "channels": "email",
    "methods": "none",
    "relationship": "ex_partner",
    "behaviour_account": "Wrote every day after being asked to stop.",
    "offence_kind": "none",
    "orders": ["restraining"],
    "until_restraining-day": "1",
    "until_restraining-month": "3",
    "until_restraining-year": "2030",
    "risk_kinds": "none",
    "risk_tool": "none",
    "risk_to": "victim",
    "referrer_kind": "probation",
    "referrer_name": "Ola Reed",
    "referrer_organisation": "Northmere Probation",
    "referrer_phone": "01632 960222",
    "form_submission": "person-1",
}


@pytest.fixture
def door(own_keys: None) -> OutsideDoor:
    return factories.door()


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER)


@pytest.fixture
def boss(actor: Actor) -> Actor:
    return Actor(who=actor.who, role=Role.MANAGER, area=actor.area, correlation=actor.correlation)


def post(door: OutsideDoor, typed: dict[str, Any], *, page: str = "myself", **more: Any) -> Any:
    return Client().post(reverse(f"refer:{page}", args=[door.ref]), typed, **more)


def test_a_probation_officer_without_an_account_refers_and_nothing_is_typed_twice(
    door: OutsideDoor, manager: Client
) -> None:
    note = SimpleUploadedFile("note.txt", b"Reports to the station on Mondays.")

    sent = post(door, {**PERSON, "first_file": note}, page="person")

    assert "Your form was sent" in text(sent)
    row = OutsideReferral.objects.get()
    assert f"{row.ref[:4]}-{row.ref[4:8]}-{row.ref[8:]}".upper() in text(sent)
    assert "Robin Example" in text(manager.get(reverse("outside:inbox")))
    opened = text(manager.get(reverse("outside:one", args=[row.ref])))
    assert "Wrote every day after being asked to stop." in opened
    assert "Restraining order, until 1 March 2030" in opened or "1 March 2030" in opened
    assert "note.txt" in opened

    drafted = manager.post(reverse("outside:take-in", args=[row.ref]), follow=True)

    draft = Draft.objects.get()
    assert drafted.redirect_chain[-1][0] == reverse("intake:draft", args=[draft.ref])
    checked = manager.get(reverse("intake:check", args=[draft.ref]))
    typed = {f"complete_on-{part}": str(getattr(factories.NOW, part)) for part in ("day", "month", "year")}
    assert "Submit the referral" in text(checked)
    manager.post(reverse("intake:check", args=[draft.ref]), {**typed, "form_version": str(draft.version)})
    referral = Referral.objects.get()
    assert (referral.family_name, referral.referrer_name) == ("Example", "Ola Reed")
    assert referral.attachments.get().name == "note.txt"


def test_people_refer_themselves_in_their_own_words(door: OutsideDoor, boss: Actor) -> None:
    post(door, MYSELF)

    row = OutsideReferral.objects.get()
    sent = commands.opened(row)
    assert (sent.by_oneself, sent.sender, sent.telephone) == (True, "Robin Example", "01632 960333")
    draft = Draft.objects.get(ref=commands.take_in(actor=boss, ref=row.ref, at=staff.NOW))
    assert draft.answers["route"] == "self"
    assert draft.answers["born"] == "1990-02-28"
    assert draft.came_at == row.came_at


def test_the_page_sets_nothing_in_the_browser_and_runs_no_script(door: OutsideDoor) -> None:
    browser = Client(enforce_csrf_checks=True)
    addresses = [
        reverse("refer:services"),
        *(reverse(f"refer:{one}", args=[door.ref]) for one in ("person", "myself")),
    ]

    pages = [browser.get(one) for one in addresses]
    pages.append(browser.post(addresses[2], MYSELF))
    pages.append(browser.post(addresses[1], {}))

    assert [one.status_code for one in pages] == [200, 200, 200, 200, 422]
    assert not browser.cookies
    for one in pages:
        assert "<script" not in one.content.decode()
        assert one["Cache-Control"] == "no-store"


def test_what_was_typed_comes_back_with_what_is_wrong(door: OutsideDoor) -> None:
    page = post(door, {**MYSELF, "reply_by": "email"})

    assert page.status_code == 422
    assert "Enter the e-mail address to which the answer goes" in text(page)
    assert "I write every day and want to stop." in page.content.decode()
    assert not OutsideReferral.objects.exists()


def test_what_need_not_be_answered_is_folded_and_opens_with_what_was_typed(door: OutsideDoor) -> None:
    folded = Client().get(f"/refer/{door.ref}/person/").content.decode()
    typed = {
        **PERSON,
        "given_names": "",
        "aliases": "Rob of the Mill",
        "risk_when": "At 12 Elm Street, NR1 2AB",
    }
    back = post(door, typed, page="person").content.decode()

    assert (folded.count("<details"), folded.count('<details class="govuk-details" open')) == (6, 0)
    assert back.count('<details class="govuk-details" open') == 2
    assert "Rob of the Mill" in back


@pytest.mark.parametrize(
    ("reply_by", "sentence"),
    [
        ("phone", "Enter the telephone number on which to ring you"),
        ("letter", "Enter the address to which the letter goes"),
    ],
)
def test_the_chosen_way_needs_where_it_leads(door: OutsideDoor, reply_by: str, sentence: str) -> None:
    assert sentence in text(post(door, {**MYSELF, "own_phone": "", "reply_by": reply_by}))


def test_a_file_that_may_not_be_attached_is_refused_in_a_sentence(door: OutsideDoor) -> None:
    page = post(door, {**PERSON, "second_file": SimpleUploadedFile("x.txt", b"MZ program")}, page="person")

    assert page.status_code == 422
    assert "This kind of file cannot be attached" in text(page)


def test_the_words_lie_locked_and_the_answer_is_the_same_whoever_is_named(door: OutsideDoor) -> None:
    factories.referral(given_names="Robin", family_name="Example")
    known = text(post(door, MYSELF))
    unknown = text(post(door, {**MYSELF, "given_names": "Nova", "form_submission": "myself-2"}))

    rows = list(OutsideReferral.objects.order_by("pk"))
    assert known.replace(commands_spoken(rows[0]), "") == unknown.replace(commands_spoken(rows[1]), "")
    for row in rows:
        assert b"Example" not in bytes(row.words)
    assert len(bytes(rows[0].words)) == len(bytes(rows[1].words))
    event = AuditEvent.objects.get(action="programme.send_outside_referral", row__contains=rows[0].ref)
    assert (event.who, event.role) == ("outside", "entrance")


def commands_spoken(row: OutsideReferral) -> str:
    return f"{row.ref[:4]}-{row.ref[4:8]}-{row.ref[8:]}".upper()


def test_the_same_form_twice_is_kept_once(door: OutsideDoor) -> None:
    first, second = post(door, MYSELF), post(door, MYSELF)

    assert text(first) == text(second)
    assert OutsideReferral.objects.count() == 1


def test_a_form_sent_a_thousand_times_is_one_plain_sentence(
    door: OutsideDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "OF_AN_ADDRESS", 2)
    pages = [post(door, {**MYSELF, "form_submission": f"s-{one}"}) for one in range(4)]

    assert [one.status_code for one in pages] == [200, 200, 429, 429]
    assert "Nothing was sent: too many forms came from your connection within an hour" in text(pages[3])
    assert "I write every day and want to stop." in text(pages[3])
    assert OutsideReferral.objects.count() == 2
    elsewhere = post(door, {**MYSELF, "form_submission": "s-9"}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 200
    monkeypatch.setattr(commands, "IN_ALL", 2)
    stopped = post(door, {**MYSELF, "form_submission": "s-10"}, REMOTE_ADDR="192.0.2.8")
    assert stopped.status_code == 429


@pytest.mark.slow
def test_one_form_a_thousand_times_is_one_row_and_then_a_sentence(door: OutsideDoor, manager: Client) -> None:
    pages = [post(door, MYSELF) for _ in range(1000)]

    sent, stopped = pages[: commands.OF_AN_ADDRESS], pages[commands.OF_AN_ADDRESS :]
    assert {one.status_code for one in sent} == {200}
    assert len({text(one) for one in sent}) == 1
    assert {one.status_code for one in stopped} == {429}
    assert all("Nothing was sent: too many forms came from your connection" in text(one) for one in stopped)
    row = OutsideReferral.objects.get()
    assert commands.opened(row).answers["family_name"] == "Example"
    assert manager.get(reverse("outside:inbox")).content.decode().count(f"/outside/{row.ref}/") == 1
    assert not any(model._default_manager.exists() for model in (Draft, Referral, OutgoingEmail))


@pytest.mark.slow
def test_forms_from_everywhere_are_taken_so_far_and_none_that_was_taken_is_lost(
    door: OutsideDoor,
) -> None:
    codes: list[int] = []
    for number in range(commands.IN_ALL + 20):
        typed = {**MYSELF, "given_names": f"Robin {number}", "form_submission": f"flood-{number}"}
        codes.append(post(door, typed, REMOTE_ADDR=f"192.0.2.{number // 10}").status_code)

    taken = codes.count(200)
    assert (taken, codes.count(429)) == (commands.IN_ALL, 20)
    rows = OutsideReferral.objects.order_by("pk")
    assert [commands.opened(row).answers["given_names"] for row in rows] == [
        f"Robin {number}" for number in range(taken)
    ]
    assert not any(model._default_manager.exists() for model in (Draft, Referral, OutgoingEmail))


def test_a_full_inbox_and_a_closed_door_take_no_form(
    door: OutsideDoor, boss: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "MOST_WAITING", 0)
    full = post(door, MYSELF)
    assert full.status_code == 422
    assert "too many forms wait to be read" in text(full)

    commands.set_door(actor=boss, is_open=False, at=staff.NOW)
    closed = post(door, MYSELF)

    assert closed.status_code == 404
    assert "this service takes no forms at present" in text(closed)
    assert "I write every day and want to stop." in text(closed)
    assert text(Client().get(reverse("refer:services"))).count("No service takes forms here") == 1
    sent = Sent({"referrer_kind": "self"}, Way.PHONE)
    with pytest.raises(Refused, match="takes no forms"):
        commands.send(door=door.ref, sent=sent, files=(), submission="x", at=staff.NOW)


def test_a_manager_opens_and_closes_the_form(manager: Client) -> None:
    def press(is_open: str) -> str:
        return text(manager.post(reverse("outside:door"), {"open": is_open}, follow=True))

    assert "First say who you are" in press("yes")
    factories.door()
    OutsideDoor.objects.filter(area=staff.AREA).update(open=False)
    assert "The form is open" in press("yes")
    assert "The form is open" in press("yes")
    assert "The form is closed. What came before waits here." in press("no")
    assert OutsideDoor.objects.get(area=staff.AREA).open is False


def test_the_first_press_makes_the_door(manager: Client, door: OutsideDoor) -> None:
    OutsideDoor.objects.filter(pk=door.pk).update(area="Elsewhere")

    manager.post(reverse("outside:door"), {"open": "yes"})

    assert OutsideDoor.objects.get(area=staff.AREA).open


def test_a_form_that_is_not_taken_in_is_answered_and_its_words_go(
    door: OutsideDoor, boss: Actor, manager: Client
) -> None:
    row = factories.outside(way=Way.EMAIL)
    with pytest.raises(Refused, match="No answer is due yet"):
        commands.answer(actor=boss, ref=row.ref, how=Answered.PHONE, at=staff.NOW)
    page = manager.post(reverse("outside:turn-down", args=[row.ref]), {"reason": "not_ours"}, follow=True)
    assert "Now answer the sender" in text(page)
    assert "ola@probation.example" in text(page)
    assert "The service did not take it in as a referral." in text(page)

    manager.post(reverse("outside:answer", args=[row.ref]), {"how": "email"})

    row.refresh_from_db()
    assert (bytes(row.words), bytes(row.files), row.answered) == (b"", b"", "email")
    assert OutgoingEmail.objects.get().kind == "ANSWER"
    commands.answer(actor=boss, ref=row.ref, how=Answered.PHONE, at=staff.NOW)
    commands.turn_down(actor=boss, ref=row.ref, reason=Turned.NOT_MEANT, at=staff.NOW)
    row.refresh_from_db()
    assert (row.answered, row.turned) == ("email", "not_ours")
    assert OutgoingEmail.objects.count() == 1
    with pytest.raises(Refused, match="not taken this form in"):
        commands.take_in(actor=boss, ref=row.ref, at=staff.NOW)
    assert "What the sender wrote was deleted" in text(manager.get(reverse("outside:one", args=[row.ref])))


def test_an_answer_by_telephone_sends_no_email(door: OutsideDoor, boss: Actor) -> None:
    row = factories.outside()
    commands.turn_down(actor=boss, ref=row.ref, reason=Turned.TOO_LITTLE, at=staff.NOW)

    commands.answer(actor=boss, ref=row.ref, how=Answered.PHONE, at=staff.NOW)

    row.refresh_from_db()
    assert (row.answered, row.answered_by) == ("phone", boss.who)
    assert not OutgoingEmail.objects.exists()


def test_a_service_that_no_longer_says_who_it_is_takes_no_form(door: OutsideDoor) -> None:
    NoticeWords.objects.update(ended_at=staff.NOW)

    assert "No service takes forms here" in text(Client().get(reverse("refer:services")))
    assert post(door, MYSELF).status_code == 404


def test_without_an_email_address_the_answer_goes_another_way(door: OutsideDoor, boss: Actor) -> None:
    row = factories.outside(said={"referrer_email": ""})
    commands.turn_down(actor=boss, ref=row.ref, reason=Turned.NOT_OURS, at=staff.NOW)

    with pytest.raises(Refused, match="gave no e-mail address"):
        commands.answer(actor=boss, ref=row.ref, how=Answered.EMAIL, at=staff.NOW)


def test_the_answer_is_due_once_the_referral_is_decided(
    door: OutsideDoor, boss: Actor, manager: Client
) -> None:
    row = factories.outside(way=Way.LETTER)
    commands.take_in(actor=boss, ref=row.ref, at=staff.NOW)
    assert commands.take_in(actor=boss, ref=row.ref, at=staff.NOW) == Draft.objects.get().ref
    with pytest.raises(Refused, match="since taken this form in"):
        commands.turn_down(actor=boss, ref=row.ref, reason=Turned.NOT_OURS, at=staff.NOW)
    assert "Taken in and not decided yet: 1" in text(manager.get(reverse("outside:inbox")))
    referral = factories.referral(partner="")
    Draft.objects.update(referral=referral)
    Referral.objects.filter(pk=referral.pk).update(state="accepted")

    assert "Referrals from outside 1 waiting" in text(manager.get(reverse("accounts:service")))
    page = text(manager.get(reverse("outside:answer", args=[row.ref])))
    assert "1 Office Row" in page
    assert "The service accepted the referral." in page
    assert f"give the number {commands_spoken(row)}" in page


def test_a_draft_that_was_discarded_asks_for_an_answer(
    door: OutsideDoor, boss: Actor, manager: Client
) -> None:
    row = factories.outside()
    draft = commands.take_in(actor=boss, ref=row.ref, at=staff.NOW)
    manager.post(
        reverse("intake:discard", args=[draft]),
        {"reason": "not_a_case", "form_version": str(Draft.objects.get().version)},
    )

    assert commands.is_due(OutsideReferral.objects.get())


def test_the_menu_counts_forms_and_nobody_elsewhere_sees_them(
    door: OutsideDoor, manager: Client, signed_in: Callable[..., Client]
) -> None:
    row = factories.outside()

    assert "Referrals from outside 1 waiting" in text(manager.get(reverse("accounts:service")))
    there = signed_in(area="Elsewhere")
    assert there.get(reverse("outside:one", args=[row.ref])).status_code == 404


def test_a_form_whose_key_is_gone_says_so_and_stays(door: OutsideDoor, manager: Client) -> None:
    row = factories.outside()
    place = keyfile.path(folder=data_folder(), site=own.site().name)
    place.unlink()
    keyfile.create(folder=data_folder(), site=own.site().name, on=(staff.NOW - timedelta(days=1)).date())
    own._read.cache_clear()

    assert "Cannot be opened" in text(manager.get(reverse("outside:inbox")))
    page = text(manager.get(reverse("outside:one", args=[row.ref])))
    assert "locked to a key that this site no longer has" in page
    refused = manager.post(reverse("outside:take-in", args=[row.ref]), follow=True)
    assert "locked to a key" in text(refused)
    assert OutsideReferral.objects.get().settled_at is None
