"""The programme's rows that only written people have: diary, days ahead, circumstances, concern, risk form, how they left."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from desist import working_days
from desist.programme.calendar.busy.models import BusyTime
from desist.programme.circumstances.models import Circumstance, Relative, SelfHarm
from desist.programme.concerns.models import Concern
from desist.programme.episodes.models import Episode
from desist.programme.leaving.models import Leaving
from desist.programme.leaving.states import BY, By, Reason
from desist.programme.orders.key_dates.models import DayAhead
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.plans.coping.models import CopingLine, CopingPlan
from desist.programme.risk.models import RiskRating
from desist.programme.risk.scenarios.models import RiskScenario
from desist.programme.service.reminders.models import Reminder, ReminderChoice
from desist.programme.sessions.contacts.models import Contact
from desist.programme.sessions.diary.models import DiaryDay
from desist.programme.sessions.models import SessionFeedback
from desist.programme.sessions.practice.models import SkillPractice
from desist.tasks.models import Task, TaskStep
from desist.ui.dates import LONDON
from tools.synthetic.cases import Case
from tools.synthetic.stories import MANAGER
from tools.synthetic.written import Written

HOLD = timedelta(hours=20)
METHODS = ("skill", "chain", "thoughts", "feelings")
#: said, understood, pace, clear: 1 to 4
ANSWERED = ((4, 3, 3, 4), (3, 3, 2, 3), (4, 4, 3, 3), (4, 4, 4, 4))
#: part, when, and the words: a coping plan as it was first written down, and what was added half-way
COPING = (
    ("sign", "", "I sleep badly"),
    ("sign", "", "I count the days"),
    ("step", "I want to send a message", "put the phone in the drawer and go for a walk"),
    ("ring", "", "My brother, after six"),
    ("ring", "", "Samaritans, 116\u00a0123"),
    ("help", "", "Cooking"),
)
ADDED = (
    ("step", "I cannot sleep", "get up, make tea and read"),
    ("help", "", "Football on Tuesdays"),
)
#: the numbers of the sessions in which each version is written; skills tried from the session after on, and what came of it
WRITTEN_IN = (3, 8)
TRIED = (("ride", "yes"), ("step-back", "little"), ("rumination", "yes"), ("opposite", "no"))


def write(cases: Sequence[Case], *, at: datetime) -> None:
    """Write them for every written person who has an episode."""
    episodes = {row.ref: row for row in Episode.objects.all()}
    for case in cases:
        episode = episodes.get(case.episode_ref)
        if case.told and episode:
            DiaryDay.objects.bulk_create(_diary(case, case.told, episode))
            _between(case, episode)
            DayAhead.objects.bulk_create(_ahead(case, case.told, episode, at))
            BusyTime.objects.bulk_create(_busy(case, case.told, episode))
            Contact.objects.bulk_create(_contacts(case, case.told, episode, at))
            _around(case, case.told, episode, at)
            if case.told.higher:
                _higher(case, case.told, episode, at)
            _steps(case, case.told, episode, at)
            if case.told.scenarios:
                _risk_form(case, case.told, episode, at)
            if "reason" in case.told.ending:
                _leaving(case, case.told, episode)


def _diary(case: Case, told: Written, episode: Episode) -> Iterator[DiaryDay]:
    """Return the days of the weeks before sessions that were held; the practitioner typed them in the session."""
    held = {one.number: one for one in case.course.meetings if one.state == "attended"}
    for week in told.weeks:
        if week.before in held:
            session = held[week.before].start
            day = session.astimezone(LONDON).date()
            for row in week.days(day):
                yield DiaryDay(
                    episode=episode,
                    entered_on=day,
                    typed_by=case.story.practitioner,
                    typed_at=session + timedelta(minutes=15),
                    **row,
                )


def _between(case: Case, episode: Episode) -> None:
    """Write the coping plan, the practice between later sessions, and the words agreed for the place."""
    held = {one.number: one.start for one in case.course.meetings if one.state == "attended"}
    by = case.story.practitioner
    said: tuple[tuple[str, str, str], ...] = COPING
    for number, session in enumerate(WRITTEN_IN, start=1):
        if session not in held:
            break
        plan = CopingPlan.objects.create(
            episode=episode,
            number=number,
            submission=f"coping-{number}-{episode.ref}",
            written_by=by,
            written_at=held[session] + timedelta(minutes=70),
        )
        CopingLine.objects.bulk_create(
            CopingLine(plan=plan, part=part, position=place, cue=cue, words=words)
            for place, (part, cue, words) in enumerate(said, start=1)
        )
        said += ADDED
    if WRITTEN_IN[0] in held:
        BetweenSessions.objects.create(
            episode=episode, place="the usual room", set_by=by, set_at=held[WRITTEN_IN[0]]
        )
        _reminders(episode, by=by, at=held[WRITTEN_IN[0]])
    _said_of_sessions(episode)
    for number, start in held.items():
        if number > WRITTEN_IN[0]:
            skill, helped = TRIED[number % len(TRIED)]
            SkillPractice.objects.create(
                episode=episode,
                day=start.astimezone(LONDON).date() - timedelta(days=2),
                skill=skill,
                helped=helped,
                submission=f"practice-{number}-{episode.ref}",
                entered_by=by,
                entered_at=start + timedelta(minutes=20),
            )


def _said_of_sessions(episode: Episode) -> None:
    """Give every session that was held its main method and, but for the first, what the person said of it."""
    for row in episode.sessions.filter(state="attended").order_by("period"):
        row.method = METHODS[row.number % len(METHODS)]
        row.save(update_fields=["method"])
        if row.number > 1:
            said, understood, pace, clear = ANSWERED[row.number % len(ANSWERED)]
            answers = {"said": said, "understood": understood, "pace": pace, "clear": clear}
            SessionFeedback.objects.create(
                session=row, given_at=row.period.upper, screen_of=row.practitioner.ref, **answers
            )


def _reminders(episode: Episode, *, by: str, at: datetime) -> None:
    """Choose reminders by e-mail, one of which went out for an earlier session."""
    ReminderChoice.objects.create(
        episode=episode,
        channel="email",
        address="someone@example.org",
        words="calendar",
        alone=True,
        chosen_on=at.astimezone(LONDON).date(),
        noted_by=by,
        noted_at=at,
    )
    earlier = episode.sessions.filter(state="attended", period__startswith__gt=at).order_by("period").first()
    if earlier:
        Reminder.objects.create(
            episode=episode,
            meeting=earlier.ref,
            starts_at=earlier.period.lower,
            channel="email",
            words="calendar",
            state="sent",
            sent_at=earlier.period.lower - timedelta(days=1),
        )


def _ahead(case: Case, told: Written, episode: Episode, at: datetime) -> Iterator[DayAhead]:
    for number, one in enumerate(told.ahead):
        yield DayAhead(
            episode=episode,
            kind=one.kind,
            day=at.astimezone(LONDON).date() + timedelta(days=one.days),
            words=one.words,
            submission=f"ahead-{number}-{episode.ref}",
            noted_by=case.story.practitioner or MANAGER[case.story.area],
            noted_at=max(case.decided_at, at - timedelta(days=8)),
        )


def _busy(case: Case, told: Written, episode: Episode) -> Iterator[BusyTime]:
    for number, one in enumerate(told.busy):
        yield BusyTime(
            episode=episode,
            submission=f"busy-{number}-{episode.ref}",
            noted_by=case.story.practitioner,
            noted_at=case.allocated_at,
            **asdict(one),
        )


def _contacts(case: Case, told: Written, episode: Episode, at: datetime) -> Iterator[Contact]:
    for number, one in enumerate(told.contacts):
        said = asdict(one)
        held_at = at - timedelta(days=said.pop("days"))
        yield Contact(
            referral_id=episode.referral_id,
            held_at=held_at,
            submission=f"contact-{number}-{episode.ref}",
            noted_by=case.story.practitioner or MANAGER[case.story.area],
            noted_at=held_at,
            **said,
        )


def _around(case: Case, told: Written, episode: Episode, at: datetime) -> None:
    """Write risks to staff, needs, self-harm, children and family."""
    by, since = case.story.practitioner or MANAGER[case.story.area], min(case.allocated_at, at)
    today = at.astimezone(LONDON).date()
    noted = {"episode": episode, "noted_by": by, "noted_at": since}
    for number, one in enumerate(told.circumstances):
        said = asdict(one)
        review_on = today + timedelta(days=said.pop("review"))
        Circumstance.objects.create(
            submission=f"circumstance-{number}-{episode.ref}",
            since=since.astimezone(LONDON).date(),
            review_on=review_on,
            **noted,
            **said,
        )
    for number, relative in enumerate(told.relatives):
        said = asdict(relative)
        days = said.pop("order")
        Relative.objects.create(
            submission=f"relative-{number}-{episode.ref}",
            order_on=today + timedelta(days=days) if days else None,
            **noted,
            **said,
        )
    if told.self_harm:
        SelfHarm.objects.create(
            episode=episode,
            number=1,
            review_on=today + timedelta(days=20),
            saved_by=by,
            saved_at=since,
            **told.self_harm,
        )


def _higher(case: Case, told: Written, episode: Episode, at: datetime) -> None:
    """Write a judgement of the day before that is higher than the first; nobody has alerted the referrer yet."""
    recorded_at = at - timedelta(hours=20)
    day = recorded_at.astimezone(LONDON).date()
    RiskRating.objects.create(
        episode=episode,
        tool="sam",
        tool_version="2008",
        sources="Diary, record of the session",
        rater="Corin Halloway-Mist",
        rater_trained=True,
        rated_on=day,
        review_on=day + timedelta(days=28),
        compared="higher",
        alerting=["referrer", "manager", "supervisor"],
        submission=f"higher-{episode.ref}",
        recorded_by=case.story.practitioner,
        recorded_at=recorded_at,
        **told.higher,
    )


def _steps(case: Case, told: Written, episode: Episode, at: datetime) -> None:
    """Write what was done about the person's concern, none of it after the moment of the demo."""
    practitioner, manager = case.story.practitioner, MANAGER[case.story.area]
    for number, one in enumerate(told.taken, 1):
        concern = Concern.objects.get(referral=episode.referral_id)
        taken_at = min(concern.raised_at + timedelta(hours=one.hours), at - timedelta(minutes=90 - number))
        day = taken_at.astimezone(LONDON).date()
        concern.steps_taken.create(
            number=number,
            step=one.step,
            result=one.result,
            words=one.words,
            whom=one.whom,
            council=one.council,
            done_on=day if one.council else None,
            stage=one.stage,
            owner=practitioner if one.stage in {"enquiry", "council"} else manager,
            due_on=working_days.after(day, 1),
            submission=f"step-{number}-{concern.ref}",
            by=practitioner if one.step in {"enquired", "referred"} else manager,
            at=taken_at,
        )


def _risk_form(case: Case, told: Written, episode: Episode, at: datetime) -> None:
    """Write a risk form that the practitioner wrote and a manager signed, and the tasks of its actions."""
    practitioner, day = case.story.practitioner, at.astimezone(LONDON).date()
    form = episode.risk_forms.create(
        number=1,
        state="signed",
        review_on=day + timedelta(days=40),
        begun_by=practitioner,
        begun_at=at - timedelta(days=20),
        submission=f"form-{episode.ref}",
        offered_by=practitioner,
        offered_at=at - timedelta(days=19),
        signed_by=MANAGER[case.story.area],
        signed_at=at - timedelta(days=18),
    )
    for number, one in enumerate(told.scenarios):
        said = asdict(one)
        action, days = said.pop("action"), said.pop("days")
        scenario = form.scenarios.create(
            submission=f"scenario-{number}-{episode.ref}",
            written_by=practitioner,
            written_at=form.begun_at,
            **said,
        )
        RiskScenario.objects.filter(pk=scenario.pk).update(origin=scenario.ref)
        if action:
            due_on = day + timedelta(days=days)
            task = Task(case=scenario.ref, area=episode.area, due_on=due_on, held_by=practitioner)
            task.given_by, task.given_at = practitioner, form.begun_at
            task.words, task.submission = action, f"action-{number}-{episode.ref}"
            task.save()
            TaskStep.objects.create(
                task=task, what="given", by=practitioner, to=practitioner, at=task.given_at
            )


def _leaving(case: Case, told: Written, episode: Episode) -> None:
    """Write the decision; a deselection was held first, and the person heard of it when the hold was over."""
    ended, manager = episode.ended_at, MANAGER[case.story.area]
    if ended is None:
        return
    reason = Reason(told.ending["reason"])
    row = Leaving(
        episode=episode,
        state="ended",
        by=BY[reason],
        reason=reason,
        phase="during",
        note=told.ending["note"],
        submission=f"leaving-{episode.ref}",
        decided_by=manager,
        decided_at=ended,
        ended_at=ended,
    )
    if row.by == By.SERVICE:
        row.decided_at, row.held_until = ended - HOLD - timedelta(hours=2), ended - timedelta(hours=2)
        row.told_how, row.told_at, row.told_by = "through_others", ended, manager
    row.save()
