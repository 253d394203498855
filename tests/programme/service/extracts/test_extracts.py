"""An extract is counted under an agreement, signed, sent by a second person, and names nobody."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import CharField, TextField
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text
from tests.programme.service.extracts.conftest import JANUARY, TODAY, agreed
from tests.programme.service.quarterly.conftest import COMMISSION, at

from desist.extracts.dictionary import EPISODES, EVENTS, GAPS
from desist.keys import sitekeys
from desist.merges.models import Merge
from desist.post import doors, own, payloads, seal
from desist.post.models import Agreement, ByHandTask, Outbox, Partner
from desist.post.transports import Transport
from desist.programme.episodes.models import Episode
from desist.programme.referrals.models import Referral
from desist.programme.service.extracts.models import OutcomeExtract
from desist.wall.actors import Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.django_db
Make = Callable[..., Episode]


@pytest.fixture
def agreement(commissioner: Partner) -> Agreement:
    return agreed()


def count(manager: Client, agreement: Agreement, submission: str = "once") -> OutcomeExtract:
    manager.post("/extracts/count/", {"agreement": agreement.ref, "form_submission": submission})
    return OutcomeExtract.objects.latest("number")


def sent(manager: Client, executive: Client, row: OutcomeExtract) -> OutcomeExtract:
    manager.post(f"/extracts/{row.ref}/sign/")
    row.refresh_from_db()
    executive.post(f"/extracts/{row.ref}/send/", {"partner": COMMISSION, "form_version": str(row.version)})
    row.refresh_from_db()
    return row


def opened(keys: sitekeys.SiteKeys) -> payloads.Payload:
    """What the newest envelope says, as the commissioner's site alone can read it."""
    envelope = Outbox.objects.latest("id")
    body = seal.unseal(
        header=seal.Header(envelope.ref, own.site().name, COMMISSION),
        sealed=bytes(envelope.sealed),
        keys=[keys.current.seal],
        by=[own.keys().public.current.sign],
    )
    return doors.from_json(body.kind, body.version, body.values)


def table(lines: str, header: tuple[str, ...]) -> list[dict[str, str]]:
    return [dict(zip(header, line.split(","), strict=True)) for line in lines.split("\n") if line]


def test_an_extract_is_counted_signed_and_sent_by_a_second_person(
    manager: Client,
    executive: Client,
    agreement: Agreement,
    people: list[Episode],
    commission_keys: sitekeys.SiteKeys,
) -> None:
    row = count(manager, agreement)

    page = text(manager.get(f"/extracts/{row.ref}/"))
    assert "Evaluation of the Northmere service" in page
    assert "People 6" in page
    assert "Smallest group 6 people" in page
    sent(manager, executive, row)
    told = opened(commission_keys)
    assert isinstance(told, payloads.OutcomeExtract)
    assert (told.agreement, told.evaluator) == (
        "Evaluation of the Northmere service",
        "University of Northmere",
    )
    assert told.until == date(2026, 12, 31)
    assert len(told.episodes) == 6
    assert "Sent to Northmere Commissioner" in text(manager.get(f"/extracts/{row.ref}/"))


def test_whoever_signed_does_not_send(manager: Client, agreement: Agreement, people: list[Episode]) -> None:
    row = count(manager, agreement)
    manager.post(f"/extracts/{row.ref}/sign/")
    row.refresh_from_db()

    answer = manager.post(
        f"/extracts/{row.ref}/send/", {"partner": COMMISSION, "form_version": str(row.version)}
    )

    assert answer.status_code == 422
    assert "a second person sends an extract" in text(answer)
    assert not Outbox.objects.exists()


def test_nothing_that_leads_to_a_person_crosses(
    manager: Client,
    executive: Client,
    agreement: Agreement,
    people: list[Episode],
    commission_keys: sitekeys.SiteKeys,
) -> None:
    planted = []
    for number, row in enumerate(Referral.objects.order_by("pk")):
        for field in Referral._meta.fields:
            is_text = isinstance(field, CharField | TextField) and not field.choices
            if is_text and field.name not in {"ref", "area", "state", "thread", "partner"}:
                value = f"{field.name[:6]}X{number}"[: field.max_length or 20]
                setattr(row, field.name, value)
                planted.append(value)
        row.aliases, row.born = [f"Alias{number}"], date(1991, 3, 2 + number)
        row.save()
        planted += [row.ref, row.thread, row.partner, f"Alias{number}", row.born.isoformat()]
        episode = Episode.objects.get(referral=row)
        factories.diary_day(episode=episode, day=date(2026, 3, 2), act="contact", note=f"Note{number}")
        planted += [f"Note{number}", episode.ref, episode.opened_at.date().isoformat()]
    sent(manager, executive, count(manager, agreement))

    crossing = json.dumps(doors.to_json(opened(commission_keys)))

    assert len(planted) > 100
    assert [value for value in planted if value and value in crossing] == []
    assert "stalking,self" in crossing


def test_an_extract_to_sign_and_one_to_recall_are_tasks_of_who_may(
    manager: Client, executive: Client, agreement: Agreement, people: list[Episode], signed_in: Any
) -> None:
    colleague = signed_in(role=Role.MANAGER, account=factories.account(name="Robin Ashdown"))
    row = count(manager, agreement)

    assert "Sign extract 1" in text(manager.get("/"))
    assert "extract 1" not in text(signed_in(role=Role.PRACTITIONER).get("/"))

    manager.post(f"/extracts/{row.ref}/sign/")
    assert "extract 1" not in text(manager.get("/"))
    assert "Send extract 1" in text(colleague.get("/"))

    row.refresh_from_db()
    executive.post(f"/extracts/{row.ref}/send/", {"partner": COMMISSION, "form_version": str(row.version)})
    assert "extract 1" not in text(colleague.get("/"))

    Agreement.objects.update(ended_on=TODAY, ended_by="carol")
    assert "Recall extract 1: its agreement is over" in text(manager.get("/"))


def test_pseudonyms_of_two_extracts_cannot_be_joined(
    manager: Client, executive: Client, agreement: Agreement, people: list[Episode]
) -> None:
    first = sent(manager, executive, count(manager, agreement))
    second = count(manager, agreement, "again")

    assert second.number == 2
    assert not _people(first) & _people(second)


def test_an_agreement_may_let_extracts_be_joined(
    manager: Client, executive: Client, people: list[Episode], commissioner: Partner
) -> None:
    joining = agreed(joins=True)
    first = sent(manager, executive, count(manager, joining))

    assert _people(first) == _people(count(manager, joining, "again"))
    assert first.key not in json.dumps([first.episode_lines, first.event_lines])


def _people(row: OutcomeExtract) -> set[str]:
    return {one["person"] for one in table(row.episode_lines, EPISODES.header)}


def test_a_person_referred_twice_is_counted_once(
    manager: Client, agreement: Agreement, people: list[Episode], person: Make
) -> None:
    again = person(JANUARY + timedelta(days=80)).referral
    again.given_names = people[0].referral.given_names
    again.save()

    row = count(manager, agreement)

    assert (row.people, json.loads(row.left_out)) == (6, {"again": 1})


def test_two_records_of_one_person_are_counted_once(
    manager: Client, agreement: Agreement, people: list[Episode], person: Make
) -> None:
    first, second = people[0].referral, person(JANUARY - timedelta(days=5)).referral
    Merge.objects.create(
        area=first.area,
        table="programme_referral",
        first=first.ref,
        second=second.ref,
        state="stands",
        asked_by="carol",
        asked_at=factories.NOW,
        answered_by="dora",
        answered_at=factories.NOW,
    )

    row = count(manager, agreement)

    assert (row.people, json.loads(row.left_out)) == (6, {"again": 1})


def test_a_restricted_case_is_not_in_it(
    manager: Client, agreement: Agreement, people: list[Episode], person: Make
) -> None:
    hidden = person(JANUARY)
    Restriction.objects.create(case=hidden.referral.ref, **_why())

    assert count(manager, agreement).people == 6


def _why() -> dict[str, Any]:
    return {"reason": "A colleague is a neighbour", "made_by": "carol", "made_at": factories.NOW}


def test_an_absent_day_stays_empty(manager: Client, agreement: Agreement, person: Make) -> None:
    for number in range(5):
        person(JANUARY + timedelta(days=number))

    row = count(manager, agreement)

    (days,) = {
        (one["start"], one["end"], one["end_reason"]) for one in table(row.episode_lines, EPISODES.header)
    }
    assert days == ("", "", "")


def test_arms_are_what_the_records_hold(manager: Client, agreement: Agreement, person: Make) -> None:
    for number in range(5):
        person(JANUARY + timedelta(days=number))
    for number in range(10):
        day = at(JANUARY + timedelta(days=number))
        named: dict[str, Any] = {
            "given_names": f"Waiting{number}",
            "pnc": "",
            "completed_at": day,
            "received_at": day,
        }
        if number < 5:
            waiting = factories.referral(**named)
            factories.episode(referral=waiting, opened_at=day, state="waiting")
        else:
            _declined(reason="capacity", **named)
    _declined(reason="area", given_names="Elsewhere", pnc="")

    row = count(manager, agreement)

    arms = [one["arm"] for one in table(row.episode_lines, EPISODES.header)]
    assert sorted(set(arms)) == ["not taken on", "programme", "waiting list"]
    assert [arms.count(one) for one in sorted(set(arms))] == [5, 5, 5]
    assert json.loads(row.left_out) == {"not_eligible": 1}


def _declined(*, reason: str, **fields: Any) -> None:
    decided: dict[str, Any] = {"state": "declined", "decided_by": "carol", "decided_at": at(TODAY)}
    factories.referral(decline_reason=reason, **decided, **fields)


def test_events_keep_their_source_and_what_an_agency_told_stays(
    manager: Client, agreement: Agreement, people: list[Episode]
) -> None:
    told = [["police", "court"], ["person"], ["agency"], ["probation"]]
    for episode, sources in zip(people, told, strict=False):
        concern = factories.concern(referral=episode.referral)
        factories.later(
            episode=episode,
            outcome="reached",
            known="something",
            sources=sources,
            tried_on=date(2026, 4, 1),
            concern=concern,
            recorded_by="carol",
            recorded_at=factories.NOW,
        )

    found = table(count(manager, agreement).event_lines, EVENTS.header)

    assert sorted(one["source"] for one in found) == ["court", "police", "self"]
    assert {one["kind"] for one in found} == {"stalking"}


def test_custody_and_a_move_are_gaps_and_a_death_competes(
    manager: Client, agreement: Agreement, people: list[Episode]
) -> None:
    for episode, reason in zip(people, ("custody", "moved", "died"), strict=False):
        ended = at(date(2026, 3, 2))
        factories.leaving(
            episode=episode, by="others", reason=reason, state="ended", held_until=None, ended_at=ended
        )
        episode.state, episode.ended_at = "left", ended
        episode.save()
    for episode in people[3:]:
        episode.state, episode.ended_at = "left", at(date(2026, 3, 3))
        episode.save()

    row = count(manager, agreement)

    gaps = [one["why"] for one in table(row.gap_lines, GAPS.header)]
    assert (gaps.count("custody"), gaps.count("moved"), gaps.count("not followed")) == (1, 1, 0)
    assert [one["kind"] for one in table(row.event_lines, EVENTS.header)] == ["death"]
    assert {one["end_reason"] for one in table(row.episode_lines, EPISODES.header)} == {
        "left for another reason"
    }


def test_too_few_people_are_refused_with_a_sentence(
    manager: Client, agreement: Agreement, person: Make
) -> None:
    person(JANUARY)

    answer = manager.post("/extracts/count/", {"agreement": agreement.ref, "form_submission": "once"})

    assert answer.status_code == 422
    assert "no 5 people are alike" in text(answer)
    assert not OutcomeExtract.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"ended_on": TODAY, "ended_by": "carol"},
        {"ends_on": date(2026, 3, 1)},
        {"purposes": ["safety"]},
        {"begins_on": date(2026, 8, 1)},
    ],
)
def test_without_an_agreement_in_force_nothing_is_counted(
    manager: Client, people: list[Episode], commissioner: Partner, fields: dict[str, Any]
) -> None:
    row = agreed(**fields)

    assert "No agreement in force is for an evaluation" in text(manager.get("/extracts/count/"))
    answer = manager.post("/extracts/count/", {"agreement": row.ref, "form_submission": "once"})
    assert answer.status_code == 422
    assert not OutcomeExtract.objects.exists()


def test_an_agreement_that_ended_meanwhile_lets_nothing_leave(
    manager: Client, executive: Client, agreement: Agreement, people: list[Episode]
) -> None:
    row = count(manager, agreement)
    manager.post(f"/extracts/{row.ref}/sign/")
    Agreement.objects.update(ended_on=TODAY, ended_by="carol")
    row.refresh_from_db()

    answer = executive.post(
        f"/extracts/{row.ref}/send/", {"partner": COMMISSION, "form_version": str(row.version)}
    )

    assert answer.status_code == 422
    assert "was ended on 14 July 2026" in text(answer)
    assert not Outbox.objects.exists()


def test_an_extract_goes_to_a_party_of_its_agreement_alone(
    manager: Client, executive: Client, people: list[Episode], commissioner: Partner
) -> None:
    row = count(manager, agreed(parties=["other-commission"]))
    manager.post(f"/extracts/{row.ref}/sign/")

    page = executive.get(f"/extracts/{row.ref}/send/")

    assert "No commissioner of the register is a party" in text(page)


def test_a_recalled_extract_keeps_no_row_here_either(
    manager: Client,
    executive: Client,
    agreement: Agreement,
    people: list[Episode],
    commission_keys: sitekeys.SiteKeys,
) -> None:
    row = sent(manager, executive, count(manager, agreement))

    manager.post(f"/extracts/{row.ref}/recall/", {"why": "mistake", "form_version": str(row.version)})

    row.refresh_from_db()
    assert (row.state, row.key, row.episode_lines, row.gap_lines) == ("recalled", "", "", "")
    told = opened(commission_keys)
    assert isinstance(told, payloads.ExtractRecalled)
    assert (told.number, told.why) == (1, "mistake")
    assert manager.get(f"/extracts/{row.ref}/file/episodes/").status_code == 404


def test_an_extract_set_aside_can_be_counted_again(
    manager: Client, agreement: Agreement, people: list[Episode]
) -> None:
    row = count(manager, agreement)
    assert "being prepared already" in text(
        manager.post("/extracts/count/", {"agreement": agreement.ref, "form_submission": "again"})
    )

    manager.post(f"/extracts/{row.ref}/set-aside/")

    row.refresh_from_db()
    assert (row.state, row.episode_lines) == ("set_aside", "")
    assert count(manager, agreement, "more").number == 2


def test_the_same_form_counts_once(manager: Client, agreement: Agreement, people: list[Episode]) -> None:
    count(manager, agreement)
    count(manager, agreement)

    assert OutcomeExtract.objects.count() == 1


def test_by_hand_no_row_is_read_out(
    manager: Client, executive: Client, agreement: Agreement, people: list[Episode]
) -> None:
    Partner.objects.filter(name=COMMISSION).update(transport=Transport.BY_HAND)

    row = sent(manager, executive, count(manager, agreement))

    told = ByHandTask.objects.get().text
    assert "Episodes: handed over separately" in told
    assert row.episode_lines.split(",")[0] not in told
    assert manager.get(f"/extracts/{row.ref}/file/episodes/").content.decode().startswith("person,referral")


def test_a_practitioner_sees_no_extract(signed_in: Callable[..., Client], people: list[Episode]) -> None:
    assert signed_in(role=Role.PRACTITIONER).get("/extracts/").status_code == 403
