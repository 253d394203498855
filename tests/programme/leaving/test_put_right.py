"""A leaving is looked at before it is recorded, and put right after: a mistake, someone who comes back, another reason."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.leaving.confirming import confirmed
from tests.programme.leaving.test_leaving import DESELECTED, HOUR, WITHDREW
from tests.programme.reading import text
from tests.programme.returned import answer

from desist.keys import sitekeys
from desist.post import own, seal
from desist.post.models import Outbox, Partner
from desist.programme.episodes.models import Episode
from desist.programme.leaving import commands, hold, known
from desist.programme.leaving.followups import queries as followups
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.leaving.models import Leaving, ReasonChange
from desist.programme.leaving.states import REOPENS, STANDS, TRANSITIONS, Ending, Reason, State
from desist.programme.pages.history import queries as history
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import Happened
from desist.programme.service.returns import queries as returns
from desist.programme.service.returns.facts import Period
from desist.programme.sessions.models import Session
from desist.references import spoken
from desist.refusals import Changed, Refused
from desist.ui import dates
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LATER = NOW + timedelta(weeks=2)
MOVED = {"by": "others", "others_reason": "moved", "form_version": "1", "form_submission": "one-leaving"}
MISTAKE = {"how": "mistake", "reason": "The wrong person's page.", "form_version": "2"}
BACK = {"how": "came_back", "reason": "Rang on Monday.", "form_version": "2"}


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


@pytest.fixture
def boss(actor: Actor) -> Actor:
    """A manager."""
    return Actor(who="ola", role=Role.MANAGER, area=actor.area, correlation=actor.correlation)


@pytest.fixture
def ahead(episode: Episode) -> Session:
    start = NOW + timedelta(days=30)
    return factories.session(episode=episode, number=3, period=TimestamptzRange(start, start + HOUR))


def stages(police_keys: sitekeys.SiteKeys) -> list[str]:
    """What the referrer heard of the stage, in order."""
    found = []
    for one in Outbox.objects.filter(kind="progress-notice").order_by("pk"):
        header = seal.Header(one.ref, own.site().name, factories.POLICE)
        by = [own.keys().public.current.sign]
        body = seal.unseal(header=header, sealed=bytes(one.sealed), keys=[police_keys.current.seal], by=by)
        found.append(body.values["stage"])
    return found


def leave(
    actor: Actor,
    episode: Episode,
    reason: Reason = Reason.MOVED,
    *,
    submission: str = "one-leaving",
    at: datetime = NOW,
) -> Leaving:
    """Someone records that a person left; the leaving."""
    version = Episode.objects.get(pk=episode.pk).version
    ending = Ending(reason, "", "01632 960 009")
    commands.end(
        actor=actor, episode=episode.ref, ending=ending, version=version, submission=submission, at=at
    )
    return Leaving.objects.get(submission=submission)


def reopen(actor: Actor, row: Leaving, how: State = State.MISTAKE, **said: Any) -> None:
    version = Episode.objects.get(pk=row.episode_id).version
    told: dict[str, Any] = {"reason": "The wrong page.", "version": version, "at": LATER} | said
    commands.reopen(actor=actor, ref=row.ref, how=how, **told)


def change(actor: Actor, row: Leaving, reason: Reason, **said: Any) -> None:
    told: dict[str, Any] = {"why": "Misread.", "version": 0, "submission": "one-change", "at": LATER} | said
    commands.change_reason(actor=actor, ref=row.ref, reason=reason, **told)


def test_nothing_is_recorded_before_it_was_shown_who_leaves_and_what_happens(
    kit_browser: Client, episode: Episode, ahead: Session
) -> None:
    factories.assessment(episode=episode, period=TimestamptzRange(LATER, LATER + HOUR))

    answer = kit_browser.post(f"/leaving/{episode.ref}/end/", WITHDREW)

    page = text(answer)
    assert answer.status_code == 200
    assert "nothing is recorded yet" in page
    assert "Robin Example" in page
    assert "By the person: withdrew." in page
    assert "1 session and 1 assessment that are still ahead are cancelled at once" in page
    assert "An alert goes out at once with the number 01632 960 009." in page
    assert "The referrer is told the stage at once, never the reason." in page
    assert "Follow-ups at 6 and 12 months are planned at once." in page
    assert "Said so by text." in page
    assert not Leaving.objects.exists()
    assert not Outbox.objects.exists()


def test_a_deselection_shows_its_hold_and_a_death_no_follow_ups(manager: Client, episode: Episode) -> None:
    until = hold.tellable_from(decided_at=NOW)
    deselected = text(manager.post(f"/leaving/{episode.ref}/end/", DESELECTED))
    died = text(manager.post(f"/leaving/{episode.ref}/end/", {**MOVED, "others_reason": "died"}))

    assert "Nobody else is told before" in deselected
    assert f"{until:%B}" in deselected
    assert "0 sessions and 0 assessments" in deselected
    assert "Follow-ups" in deselected
    assert "No alert goes out." in died
    assert "Follow-ups at 6" not in died


def test_where_nobody_is_told_no_alert_and_no_stage_are_promised(
    kit_browser: Client, episode: Episode
) -> None:
    Referral.objects.update(partner="")

    page = text(kit_browser.post(f"/leaving/{episode.ref}/end/", WITHDREW))

    assert "No alert goes out." in page
    assert "The referrer is told nothing." in page
    assert "Telephone the police yourself." in page


@pytest.mark.parametrize("changed", ["sessions", "reason", "number"])
def test_what_is_not_as_it_was_shown_is_shown_again(
    kit_browser: Client, episode: Episode, ahead: Session, changed: str
) -> None:
    form = {**WITHDREW, "confirm": "withdrew.1.0.01632 960 009"}
    if changed == "sessions":
        Session.objects.update(state="cancelled")
    else:
        form |= {"person_reason": "could_not"} if changed == "reason" else {"contact": "01632 960 010"}

    answer = kit_browser.post(f"/leaving/{episode.ref}/end/", form)

    assert "Something changed since you looked: nothing is recorded yet" in text(answer)
    assert not Leaving.objects.exists()


@pytest.mark.parametrize(("form", "state"), [(MISTAKE, "mistake"), (BACK, "came_back")])
def test_the_same_programme_goes_on_after_a_mistake_or_when_the_person_comes_back(
    manager: Client, ahead: Session, police_keys: sitekeys.SiteKeys, form: dict[str, str], state: str
) -> None:
    episode = ahead.episode
    confirmed(manager, episode.ref, MOVED)
    row = Leaving.objects.get()
    version = Episode.objects.get(pk=episode.pk).version
    link = f"/leaving/{row.ref}/reopen/"
    assert link in manager.get(f"/leaving/{episode.ref}/").content.decode()
    assert "Robin Example goes on with the same programme" in text(manager.get(link))

    page = text(manager.post(link, {**form, "form_version": str(version)}, follow=True))

    episode.refresh_from_db()
    row.refresh_from_db()
    ahead.refresh_from_db()
    assert "Cancelled sessions stay cancelled: plan new dates here." in page
    assert "Plan the twelve sessions" in page
    assert (episode.state, episode.ended_at, row.state) == ("in_sessions", None, state)
    assert (row.taken_back_reason, ahead.state) == (form["reason"], "cancelled")
    assert stages(police_keys) == ["left", "in_sessions"]
    assert "The programme ended" not in text(manager.get(f"/episodes/{episode.ref}/"))
    kept = text(manager.get(f"/leaving/{episode.ref}/"))
    assert form["reason"] in kept
    assert "Moved out of the area" in kept
    assert link not in manager.get(f"/leaving/{episode.ref}/").content.decode()
    assert AuditEvent.objects.filter(action="programme.reopen_episode", allowed=True).exists()


def test_the_person_can_leave_again_and_counts_once(boss: Actor, actor: Actor, episode: Episode) -> None:
    first = leave(actor, episode)
    reopen(boss, first, State.CAME_BACK)

    second = leave(actor, episode, Reason.CUSTODY, submission="another", at=LATER + HOUR)

    assert set(Leaving.objects.values_list("state", flat=True)) == {"came_back", "ended"}
    assert Leaving.objects.get(state__in=STANDS) == second
    told = followups.follow_ups(actor=actor, episode=episode.ref, at=NOW).rows
    assert [(one.months, one.may_record) for one in told] == [(6, False), (12, False), (6, True), (12, True)]
    found = history.history(actor=actor, ref=episode.ref, at=LATER + HOUR).events
    lines = [one.what for one in found]
    assert lines.count("Leaving decided") == 2
    assert "The person came back" in lines
    assert "The programme goes on after its end" in lines


@pytest.mark.parametrize("how", REOPENS)
def test_the_returns_count_one_end_and_it_is_the_last(
    boss: Actor, actor: Actor, episode: Episode, how: State
) -> None:
    def ends() -> list[Any]:
        first = factories.NOW.date() - timedelta(days=30)
        period = Period(first, dates.day_of(NOW) + timedelta(days=400))
        return [one.ended for _, one in returns.people(answer(returns.PEOPLE, period, at=LATER))]

    reopen(boss, leave(actor, episode), how)
    going_on = ends()
    leave(actor, episode, Reason.CUSTODY, submission="another", at=LATER + HOUR)

    assert going_on == [None]
    assert ends() == [dates.day_of(LATER + HOUR)]


def test_what_was_due_after_the_end_is_void(
    boss: Actor, actor: Actor, kit_browser: Client, episode: Episode
) -> None:
    row = leave(actor, episode)
    due = FollowUp.objects.get(months=6)
    reopen(boss, row)

    page = text(kit_browser.get(f"/followups/of/{episode.ref}/"))
    form = {
        "outcome": "not_reached",
        "tried_on-day": "3",
        "tried_on-month": "3",
        "tried_on-year": "2026",
        "attempts": "1",
        "note": "Rang twice.",
        "known": "nobody_asked",
        "form_version": "1",
    }
    refused = kit_browser.post(f"/followups/{due.ref}/record/", form)

    assert "Not due any more" in page
    assert refused.status_code == 422
    assert set(FollowUp.objects.values_list("voided_at", "outcome")) == {(LATER, "")}
    assert not followups.due(
        episodes=list(Episode.objects.values_list("pk", flat=True)), at=LATER + timedelta(days=400)
    )


@pytest.mark.parametrize(
    ("state", "allocated", "met"),
    [("waiting", False, False), ("allocated", True, False), ("in_sessions", True, True)],
)
def test_somebody_goes_on_where_they_had_got_to(
    boss: Actor, practitioner: Practitioner, police: Partner, *, state: str, allocated: bool, met: bool
) -> None:
    whose = practitioner if allocated else None
    episode = factories.episode(referral=factories.referral(), practitioner=whose, state=state)
    if met:
        factories.session(episode=episode)
    row = leave(boss, episode)

    reopen(boss, row)

    assert Episode.objects.get(pk=episode.pk).state == state


def test_a_completed_programme_goes_on_too(boss: Actor, actor: Actor, episode: Episode) -> None:
    factories.attended(episode=episode)
    row = leave(actor, episode, Reason.COMPLETED)

    reopen(boss, row)

    assert Episode.objects.get(pk=episode.pk).state == "in_sessions"


def test_of_two_clicks_the_second_changes_nothing_and_other_words_are_refused(
    boss: Actor, actor: Actor, episode: Episode
) -> None:
    row = leave(actor, episode)
    version = Episode.objects.get(pk=episode.pk).version
    for _ in range(2):
        reopen(boss, row, version=version)
    after = (Leaving.objects.values().get(), Episode.objects.values().get(), Outbox.objects.count())

    with pytest.raises(Changed):
        reopen(boss, row, State.CAME_BACK)

    assert (Leaving.objects.values().get(), Episode.objects.values().get(), Outbox.objects.count()) == after


def test_a_page_that_is_older_than_the_last_change_keeps_what_was_typed(
    manager: Client, actor: Actor, episode: Episode
) -> None:
    row = leave(actor, episode)

    answer = manager.post(f"/leaving/{row.ref}/reopen/", {**MISTAKE, "form_version": "0"})

    assert answer.status_code == 422
    assert MISTAKE["reason"] in answer.content.decode() or "The wrong person" in text(answer)
    assert Episode.objects.get(pk=episode.pk).state == "left"


def test_nobody_who_died_comes_back_but_a_mistake_is_put_right(
    boss: Actor, actor: Actor, manager: Client, episode: Episode
) -> None:
    row = leave(actor, episode, Reason.DIED)
    page = text(manager.get(f"/leaving/{row.ref}/reopen/"))

    with pytest.raises(Changed):
        reopen(boss, row, State.CAME_BACK)
    reopen(boss, row)

    assert "The person came back, so the programme goes on" not in page
    assert Episode.objects.get(pk=episode.pk).ended_at is None


@pytest.mark.parametrize("state", ["held", "taken_back"])
def test_only_an_end_is_put_right(boss: Actor, manager: Client, episode: Episode, state: str) -> None:
    fields: dict[str, Any] = {"held_until": NOW + HOUR}
    if state == "taken_back":
        fields = {
            **fields,
            "state": state,
            "taken_back_by": "ola",
            "taken_back_reason": "New facts.",
            "taken_back_at": NOW,
        }
    row = factories.leaving(episode=episode, **fields)

    for how in REOPENS:
        with pytest.raises(Changed):
            reopen(boss, row, how)
    assert "There is nothing to correct here." in text(manager.get(f"/leaving/{row.ref}/reopen/"))


@pytest.mark.parametrize("page", ["reopen", "reason"])
@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.SUPERVISOR])
def test_managers_alone_put_a_leaving_right(
    signed_in: Callable[..., Client], actor: Actor, episode: Episode, page: str, role: Role
) -> None:
    row = leave(actor, episode)
    browser = signed_in(role=role)

    assert browser.get(f"/leaving/{row.ref}/{page}/").status_code == 403
    assert f"/{page}/" not in browser.get(f"/leaving/{episode.ref}/").content.decode()


def test_the_reason_alone_is_changed_and_the_one_before_stays_readable(
    manager: Client, actor: Actor, episode: Episode
) -> None:
    row = leave(actor, episode)
    link, sent = f"/leaving/{row.ref}/reason/", Outbox.objects.count()
    assert link in manager.get(f"/leaving/{episode.ref}/").content.decode()
    form = {
        "reason": "custody",
        "why": "The custody record came.",
        "form_version": "0",
        "form_submission": "one-change",
    }

    page = text(manager.post(link, form, follow=True))

    row.refresh_from_db()
    assert (row.reason, row.state) == (Reason.CUSTODY, "ended")
    assert "The reason is changed." in page
    assert "Moved out of the area changed by you The custody record came." in page
    assert Outbox.objects.count() == sent  # nobody outside hears of it
    assert ReasonChange.objects.count() == 1
    lines = history.history(actor=actor, ref=episode.ref, at=LATER).events
    assert "In custody, before moved out of the area" in {one.detail for one in lines}


def test_whose_doing_it_was_is_not_changed_nor_twice_from_one_page(
    boss: Actor, actor: Actor, manager: Client, episode: Episode
) -> None:
    row = leave(actor, episode)

    for reason in (Reason.WITHDREW, Reason.MOVED):
        with pytest.raises(Changed):
            change(boss, row, reason)
    change(boss, row, Reason.CUSTODY)
    with pytest.raises(Changed):
        change(boss, row, Reason.ORDER_ENDED, submission="another")
    form = {"reason": "order_ended", "why": "I know better.", "form_version": "0"}
    answer = manager.post(f"/leaving/{row.ref}/reason/", form)

    assert answer.status_code == 422
    assert "Its reason by now: In custody" in text(answer)
    assert "I know better." in text(answer)


def test_a_completed_programme_has_no_other_reason(
    boss: Actor, actor: Actor, manager: Client, episode: Episode
) -> None:
    row = leave(actor, episode, Reason.COMPLETED)

    assert "There is no other reason to choose." in text(manager.get(f"/leaving/{row.ref}/reason/"))
    assert f"/leaving/{row.ref}/reason/" not in manager.get(f"/leaving/{episode.ref}/").content.decode()


def test_a_reason_that_is_sent_twice_is_changed_once(boss: Actor, actor: Actor, episode: Episode) -> None:
    row = leave(actor, episode)

    for _ in range(2):
        change(boss, row, Reason.CUSTODY)

    assert ReasonChange.objects.count() == 1


def test_a_reason_of_a_leaving_that_does_not_count_is_not_changed(
    boss: Actor, actor: Actor, episode: Episode
) -> None:
    row = leave(actor, episode)
    reopen(boss, row)

    with pytest.raises(Changed):
        change(boss, row, Reason.CUSTODY)


def test_somebody_who_did_not_die_is_followed_up_and_somebody_who_did_is_not(
    boss: Actor, actor: Actor, episode: Episode
) -> None:
    row = leave(actor, episode, Reason.DIED)
    assert not FollowUp.objects.exists()

    change(boss, row, Reason.MOVED)
    planned = FollowUp.objects.filter(voided_at=None).count()
    change(boss, row, Reason.DIED, version=1, submission="another")

    assert (planned, FollowUp.objects.filter(voided_at=None).count()) == (2, 0)


def test_only_steps_of_the_table_happen() -> None:
    assert {how for how in REOPENS if how in TRANSITIONS[State.ENDED]} == set(REOPENS)
    assert all(TRANSITIONS[one] == () for one in REOPENS)


def test_the_database_too_wants_to_know_who_put_it_right_and_why(episode: Episode) -> None:
    ended = {"by": "others", "reason": "moved", "held_until": None, "ended_at": NOW, "contact": ""}
    for state in REOPENS:
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.leaving(episode=episode, state=state, **ended)
    row = factories.leaving(episode=episode, state="ended", **ended)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.reason_changes.create(
            before="moved", after="moved", why="x", submission="x", made_by="ola", made_at=NOW
        )
    assert known.other_reasons(row)


@pytest.mark.parametrize("state", ["planned", "cancelled"])
def test_an_entry_that_nobody_recorded_says_nothing_of_how_far_somebody_was(
    boss: Actor, practitioner: Practitioner, police: Partner, state: str
) -> None:
    episode = factories.episode(referral=factories.referral(), practitioner=practitioner, state="allocated")
    factories.entered(session=factories.session(episode=episode, state=state))

    reopen(boss, leave(boss, episode))

    assert Episode.objects.get(pk=episode.pk).state == "allocated"


def test_whoever_was_told_of_a_deselection_is_told_that_the_place_stays(
    boss: Actor, episode: Episode
) -> None:
    row = leave(boss, episode, Reason.CONDUCT)
    commands.release_due(at=LATER)

    reopen(boss, Leaving.objects.get(pk=row.pk), at=LATER)

    assert list(Outbox.objects.filter(kind="place-ending").values_list("kind", flat=True)) == [
        "place-ending",
        "place-ending",
    ]


def test_a_hold_that_another_end_overtook_is_called_off_too(
    boss: Actor, actor: Actor, episode: Episode
) -> None:
    leave(boss, episode, Reason.CONDUCT)
    row = leave(actor, episode, submission="another", at=LATER)

    reopen(boss, row, at=LATER + HOUR)

    assert Outbox.objects.filter(kind="place-ending").count() == 2


@pytest.mark.parametrize(("what", "by"), [("withdrawn", ""), ("attached", ""), ("order_told", "")])
def test_what_came_while_the_programme_had_ended_is_asked_about_once_it_goes_on(
    boss: Actor, kit_browser: Client, episode: Episode, what: str, by: str
) -> None:
    episode.referral.happened(Happened.AMENDED, by="", at=NOW)  # read before
    episode.referral.happened(Happened.READ, by="kit", at=NOW)
    row = leave(boss, episode)
    episode.referral.happened(Happened(what), by=by, at=NOW)

    reopen(boss, row)

    referral = Referral.objects.get(pk=episode.referral_id)
    assert (referral.unread_since, referral.version) == (LATER, episode.referral.version + 1)
    assert spoken(episode.ref) in text(kit_browser.get("/"))


def test_where_nothing_came_meanwhile_nothing_is_asked(boss: Actor, episode: Episode) -> None:
    episode.referral.happened(Happened.AMENDED, by="", at=NOW)
    row = leave(boss, episode)
    episode.referral.happened(Happened.ATTACHED, by="kit", at=NOW)  # by somebody here

    reopen(boss, row)

    assert Referral.objects.get(pk=episode.referral_id).unread_since is None


def test_a_form_that_was_kept_before_the_leaving_was_undone_records_nothing(
    boss: Actor, actor: Actor, episode: Episode
) -> None:
    reopen(boss, leave(actor, episode))

    with pytest.raises(Refused, match="undone since"):
        leave(actor, episode)

    assert Episode.objects.get(pk=episode.pk).ended_at is None


def test_whoever_sends_such_a_form_again_reads_why_nothing_is_recorded(
    boss: Actor, actor: Actor, kit_browser: Client, episode: Episode
) -> None:
    reopen(boss, leave(actor, episode))

    answer = confirmed(kit_browser, episode.ref, MOVED)

    assert answer.status_code == 422
    assert "was recorded before and has been undone since. Open the page again to record another" in text(
        answer
    )


def test_a_death_leaves_a_follow_up_that_was_recorded_and_asks_for_none_again(
    boss: Actor, actor: Actor, manager: Client, episode: Episode
) -> None:
    row = leave(actor, episode)
    done = {"outcome": "reached", "known": "nobody_asked", "recorded_by": "kit", "recorded_at": LATER}
    FollowUp.objects.filter(months=6).update(**done, tried_on=dates.day_of(LATER))

    change(boss, row, Reason.DIED)
    page = text(manager.get(f"/followups/of/{episode.ref}/"))
    change(boss, row, Reason.MOVED, version=1, submission="another")

    assert "the programme goes on" not in page
    assert list(
        FollowUp.objects.filter(voided_at=None).order_by("months").values_list("months", "outcome")
    ) == [
        (6, "reached"),
        (12, ""),
    ]


def test_nobody_who_died_is_tried_again(boss: Actor, actor: Actor, episode: Episode) -> None:
    row = leave(actor, episode)
    tried = {"outcome": "not_reached", "known": "nobody_asked", "recorded_by": "kit", "recorded_at": LATER}
    FollowUp.objects.filter(months=6).update(**tried, tried_on=dates.day_of(LATER))

    change(boss, row, Reason.DIED)

    assert not FollowUp.objects.filter(voided_at=None).exists()
