"""The demo programme's rows of triage, agreement, assessment, measures, goals, risk and support."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from desist import codes, notices
from desist.instruments import library, scoring
from desist.instruments.model import Instrument
from desist.programme.agreement.models import Agreement, FollowUpTask, NoticeGiven, NoticeWords
from desist.programme.agreement.states import FOLLOWS
from desist.programme.episodes.models import Episode
from desist.programme.measures.models import Measure
from desist.programme.plans.models import Goal, GoalRating, Readiness
from desist.programme.plans.support.models import Agency
from desist.programme.referrals.models import Referral
from desist.programme.risk.models import AcuteFactor, RiskRating, Typology
from desist.programme.triage import findings
from desist.programme.triage.models import Advice, Criteria, Decision, Delay
from desist.sites import Zone
from desist.ui.dates import LONDON
from tools.synthetic import agencies, appointment_rows, names, support_rows
from tools.synthetic.area import TITLES
from tools.synthetic.cases import Case
from tools.synthetic.staff import AREAS
from tools.synthetic.stories import MANAGER

STARTED = ("allocated", "in_sessions", "completed", "left")
#: acute factors of everybody in sessions: kind, days after the allocation, days that it counts
ACUTE = (("rejection", 0, 21), ("court", 28, 30), ("drink", 49, 14))
#: relationship -> the type that is recorded in the demo
MOTIVES = {
    "ex_partner": "rejected",
    "family": "rejected",
    "acquaintance": "resentful",
    "stranger": "predatory",
    "public_figure": "intimacy",
    "not_known": "unclear",
}
#: what is said of the agreement of a person drawn by lot
DRAWN = {"withdrawal_reason": "not_helping"}
UNDERSTOOD = "That the police hear how often he came, and at once if someone is in danger."
REQUIREMENT = "Stalking Protection Order, condition 4 (invented)"

#: how ready and motivated a person is at first, and a day later
READINESS = (
    ("not_yet", "outside", "Says that he has done nothing wrong"),
    ("unsure", "outside", "Asks what would be different afterwards"),
)


def write(cases: Sequence[Case]) -> None:
    """Write it for every case that was sent; criteria, agencies and notices are written with the first cases."""
    if not Criteria.objects.exists():
        _settings(agencies.checked_on(cases))
    criteria = {row.area: row for row in Criteria.objects.all()}
    listed = {area: list(Agency.objects.filter(area=area).order_by("pk")) for area in AREAS}
    referrals = {row.ref: row for row in Referral.objects.all()}
    episodes = {row.ref: row for row in Episode.objects.select_related("referral")}
    for case in cases:
        referral = referrals.get(case.programme_ref)
        if referral is None:
            continue
        _triage(case, referral, criteria[case.story.area])
        if case.episode_ref in episodes:
            _person(case, episodes[case.episode_ref], listed[case.story.area])


def _settings(checked_on: date) -> None:
    for area in AREAS:
        _criteria(area)
        _agencies(area, checked_on)
        _notice(area)


def _criteria(area: str) -> None:
    Criteria.objects.create(
        area=area,
        proceedings=sorted(codes.Proceedings.values),
        youngest=18,
        other_areas=[],
        reason="As agreed with the commissioner when the service began",
        made_by=MANAGER[area],
        made_at="2025-09-01T09:00:00+01:00",
    )


def _notice(area: str) -> NoticeWords:
    return NoticeWords.objects.create(
        area=area,
        controller=f"{area} Behaviour Change Service (invented)",
        telephone="01632 960 140",
        email="hello@behaviour-change.example",
        complaints="Write to the manager of the service, or ring 01632 960 141 on any weekday.",
        data_protection="Our data protection officer: dpo@behaviour-change.example, 01632 960 142.",
        lawful_basis="We use it because the law gives us the task of preventing crime (invented for the demonstration).",
        retention="We keep records for six years after your time here ends, then delete them (invented for the demonstration).",
        reason="When the service began",
        made_by=MANAGER[area],
        made_at="2025-09-01T09:00:00+01:00",
    )


def _agencies(area: str, checked_on: date) -> list[Agency]:
    return [
        Agency.objects.create(
            area=area,
            name=name,
            needs=needs,
            phone=agencies.phone(number),
            hours=agencies.HOURS,
            helps=agencies.HELPS,
            how=agencies.HOW,
            capacity=agencies.capacity(number),
            answers=agencies.answers(number),
            checked_on=agencies.checked(number, checked_on),
            partner=TITLES[Zone.PARTNERSHIP][0],
            listing=agencies.listing(area, number),
            listed_at="2025-09-01T09:00:00+01:00",
            added_by="post",
            added_at="2025-09-01T09:00:00+01:00",
        )
        for number, (name, needs) in enumerate(names.AGENCIES)
    ]


def _triage(case: Case, referral: Referral, criteria: Criteria) -> None:
    """Write the signed decision, the advice, and the reason why a person waits longer than 14 days."""
    if case.decided:
        settings = findings.Settings(
            criteria.area,
            frozenset(criteria.proceedings),
            criteria.youngest,
            frozenset(),
        )
        facts = findings.Facts(
            referral.proceedings,
            referral.born,
            referral.area,
            free=12,
            places="24 places: 12 taken, 12 free.",
        )
        day = case.decided_at.astimezone(LONDON).date()
        found = findings.findings(settings=settings, facts=facts, today=day)
        Decision.objects.create(
            referral=referral,
            outcome=case.decided,
            decline_reason=referral.decline_reason if case.decided == "declined" else "",
            criteria=criteria,
            findings=[[one.criterion, one.met, one.words] for one in found],
            all_met=findings.all_met(found),
            override="" if findings.all_met(found) else "other",
            signed_by=MANAGER[case.story.area],
            signed_at=case.decided_at,
        )
    if case.story.state == "consultation" and case.story.days > 30:
        _advice(case, referral)
    if case.story.stage == "waiting" and case.story.days > 14:
        Delay.objects.create(
            referral=referral,
            reason="no_capacity",
            note="A practitioner finishes two people next week.",
            submission=f"delay-{referral.ref}",
            recorded_by=MANAGER[case.story.area],
            recorded_at=case.sent_at + timedelta(days=15),
        )


def _advice(case: Case, referral: Referral) -> None:
    Advice.objects.create(
        referral=referral,
        given_to=referral.referrer_name,
        how="telephone",
        given_on=case.decided_at.date(),
        words=names.ADVICE,
        submission=f"advice-{referral.ref}",
        given_by=MANAGER[case.story.area],
        recorded_at=case.decided_at,
    )


def _person(case: Case, episode: Episode, listed: list[Agency]) -> None:
    """Write all findings about a person, up to the stage that they have reached."""
    rng = Random(f"assessment {episode.ref}")  # noqa: S311 -- invented
    by = case.story.practitioner or MANAGER[case.story.area]
    day = case.allocated_at.astimezone(LONDON).date()
    if case.story.stage == "waiting" and case.story.days < 12:
        return
    _agreement(case, episode, by, day)
    if case.story.stage not in STARTED:
        return
    appointment_rows.write(case, episode, by)
    _measures(case, episode, by, rng)
    if case.story.stage != "allocated":
        _plan(case, episode, by, rng)
        _risk(case, episode, by, day)
        support_rows.write(case, episode, listed, by)


def _agreement(case: Case, episode: Episode, by: str, day: date) -> None:
    said = case.told.agreement if case.told else DRAWN
    given = NoticeGiven.objects.create(
        episode=episode,
        notice=notices.newest().version,
        words=NoticeWords.objects.filter(area=episode.area).first(),
        how="interpreted" if case.answers.language else "read_out",
        given_on=day,
        understood=said.get("understood", UNDERSTOOD),
        submission=f"notice-{episode.ref}",
        given_by=by,
        recorded_at=case.allocated_at,
    )
    required = bool(said.get("requirement")) or (
        case.told is None and episode.referral.route == codes.Route.ORDER_REQUIREMENT
    )
    agreement = Agreement(
        episode=episode,
        state="required" if required else "agreed",
        notice=given,
        given="order" if required else "signed",
        requirement=said.get("requirement", REQUIREMENT) if required else "",
        answered_on=day,
        answered_by=by,
    )
    why = said.get("withdrawal_reason", "")
    if case.story.stage == "left" and case.course.ended_at and why:
        agreement.state, agreement.withdrawal_reason = "withdrawn", why
        agreement.withdrawn_by, agreement.withdrawn_at, agreement.version = by, case.course.ended_at, 2
    agreement.save()
    if agreement.withdrawn_at:
        FollowUpTask.objects.bulk_create(_follow_ups(episode, agreement, by))


def _follow_ups(episode: Episode, agreement: Agreement, by: str) -> Iterator[FollowUpTask]:
    for place, one in enumerate(FOLLOWS):
        at = agreement.withdrawn_at
        if at and (agreement.requirement or not one.required_only):
            done = {"done_by": by, "done_at": at + timedelta(hours=2), "note": "Done by telephone."}
            yield FollowUpTask(
                episode=episode,
                kind=one.kind,
                due_on=at.date() + timedelta(days=one.days),
                made_at=at,
                **(done if place < 3 else {}),
            )


def _measures(case: Case, episode: Episode, by: str, rng: Random) -> None:
    """Write baseline, mid and closing, each a little lower or not; a person who just began has an open safety check."""
    held = [meeting for meeting in case.course.meetings if meeting.state == "attended"]
    moments = {"baseline": case.allocated_at + timedelta(days=2)}
    if len(held) >= 6:
        moments["mid"] = held[5].start
    if case.story.stage == "completed":
        moments["closing"] = held[-1].start
    for place, (occasion, at) in enumerate(moments.items()):
        for name in ("phq-9", "gad-7", "core-10"):
            known = library.instrument(name=name)
            flagged = case.story.weeks == 0 and case.story.stage == "in_sessions" and name == "phq-9"
            if case.told:
                answers = _adding_up(known, case.told.measures[name][place], flagged=flagged)
            else:
                answers = [max(0, rng.randint(1, max(known.figures)) - place) for _ in known.items]
                for item in scoring.safety_items(known):
                    answers[item.number - 1] = 0
                if flagged:
                    answers[8] = 1
            Measure.objects.create(
                episode=episode,
                instrument=name,
                instrument_version=known.version,
                occasion=occasion,
                taken_on=at.astimezone(LONDON).date(),
                source="paper",
                answers=answers,
                total=scoring.of_answers(instrument=known, answers=answers).total,
                flagged=flagged,
                submission=f"{name}-{occasion}-{episode.ref}",
                recorded_by=by,
                recorded_at=at,
            )


def _adding_up(known: Instrument, total: int, *, flagged: bool) -> list[int]:
    """Return answers that add up to a total; an item that asks for a safety check is 0, or 1 where it was `flagged`."""
    safety = {item.number for item in scoring.safety_items(known)}
    answers = [int(flagged and item.number in safety) for item in known.items]
    places = [item.number - 1 for item in known.items if item.number not in safety]
    for step in range(total - sum(answers)):
        answers[places[step % len(places)]] += 1
    return answers


def _goals(case: Case, rng: Random) -> Iterator[tuple[str, str, list[tuple[date, int]]]]:
    """Return the words of each goal, how it serves the victim, and its ratings; the last one was made at the last session."""
    day = case.allocated_at.astimezone(LONDON).date()
    if case.told is None:
        for words, serves in names.GOALS:
            scores = (rng.randint(0, 3), rng.randint(2, 6))
            yield (
                words,
                serves,
                [(day + timedelta(weeks=2 * week), score) for week, score in enumerate(scores)],
            )
        return
    held = [one.start.astimezone(LONDON).date() for one in case.course.meetings if one.state == "attended"]
    span = (held[-1] - day).days if held else 0
    for goal in case.told.goals:
        steps = max(1, len(goal.ratings) - 1)
        rated = [(day + timedelta(days=span * n // steps), score) for n, score in enumerate(goal.ratings)]
        yield goal.words, goal.serves, rated


def _plan(case: Case, episode: Episode, by: str, rng: Random) -> None:
    for number, (words, serves, rated) in enumerate(_goals(case, rng)):
        goal = Goal.objects.create(
            episode=episode,
            words=words,
            serves=serves,
            submission=f"goal-{number}-{episode.ref}",
            made_by=by,
            made_at=episode.opened_at,
        )
        for place, (rated_on, score) in enumerate(rated):
            GoalRating.objects.create(
                goal=goal,
                score=score,
                rated_on=rated_on,
                submission=f"rating-{number}-{place}-{episode.ref}",
                recorded_by=by,
                recorded_at=episode.opened_at,
            )

    day = episode.opened_at.astimezone(LONDON).date()
    for place, (ready, motivation, words) in enumerate(READINESS):
        Readiness.objects.create(
            episode=episode,
            ready=ready,
            motivation=motivation,
            words=words,
            rated_on=day + timedelta(days=place),
            submission=f"readiness-{place}-{episode.ref}",
            recorded_by=by,
            recorded_at=episode.opened_at + timedelta(days=place),
        )


def _risk(case: Case, episode: Episode, by: str, day: date) -> None:
    said = case.told.risk if case.told else {}
    RiskRating.objects.create(
        episode=episode,
        tool="sam",
        tool_version="2008",
        result=said.get("result", "Moderate: case priority"),
        rationale=said.get("rationale", "Contact after the order was served; no threat; new job."),
        sources="Referral, assessment",
        rater="Corin Halloway-Mist",
        rater_trained=True,
        rated_on=day,
        # the review of a person who has been here for weeks is overdue
        review_on=day + timedelta(days=42 if case.story.weeks > 6 else 90),
        submission=f"risk-{episode.ref}",
        recorded_by=by,
        recorded_at=case.allocated_at,
        compared="first",
    )
    Typology.objects.create(
        episode=episode,
        motive=MOTIVES[episode.referral.relationship],
        rationale="By how they knew each other and by what is asked for; to be looked at again at the review.",
        rater="Corin Halloway-Mist",
        rated_on=day,
        submission=f"type-{episode.ref}",
        recorded_by=by,
        recorded_at=case.allocated_at,
    )
    for kind, since, days in (one for one in ACUTE if one[1] <= case.story.weeks * 7):
        noticed_on = day + timedelta(days=since)
        AcuteFactor.objects.create(
            episode=episode,
            kind=kind,
            noticed_on=noticed_on,
            until=noticed_on + timedelta(days=days),
            submission=f"acute-{kind}-{episode.ref}",
            noted_by=by,
            noted_at=case.allocated_at + timedelta(days=since),
        )
