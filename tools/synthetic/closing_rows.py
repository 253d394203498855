"""What the demo's programme holds of the end and after: exit reports in writing and waiting, and follow-ups."""

from collections.abc import Sequence
from datetime import timedelta

from desist.programme.episodes.models import Episode
from desist.programme.leaving.followups import terms
from desist.programme.leaving.reports import assembling, facts
from desist.programme.leaving.reports.models import Report
from tools.synthetic import names
from tools.synthetic.cases import Case

#: people drawn by lot who ended longer ago than this have follow-ups alone
RECENT = timedelta(weeks=20)


def write(cases: Sequence[Case]) -> None:
    """Write them for every person of the demo whose programme ended."""
    ended = Episode.objects.filter(ended_at__isnull=False).select_related("referral")
    episodes = {row.ref: row for row in ended}
    for case in cases:
        episode = episodes.get(case.episode_ref)
        if episode is None or episode.ended_at is None:
            continue
        terms.plan(episode, at=episode.ended_at)
        if case.told or timedelta(weeks=case.story.weeks) < RECENT:
            _report(case, episode)


def _report(case: Case, episode: Episode) -> None:
    """Write a report: of a person who completed it waits for a second reader, of one who left early it is a draft."""
    at = case.course.ended_at or case.decided_at  # each case here has ended
    words = assembling.words(episode)
    ending = case.told.ending if case.told else {}
    row = Report(
        episode=episode,
        number=1,
        themes=words.themes,
        skills=ending.get("learned", names.LEARNED),
        risks=words.risks,
        started_by=case.story.practitioner,
        started_at=at,
        saved_by=case.story.practitioner,
        saved_at=at,
        version=2,
    )
    if case.story.stage == "completed":
        row.recommendations = ending.get("recommended", names.RECOMMENDED)
        row.state, row.facts = "offered", facts.gather(episode).to_json()
        row.offered_by, row.offered_at, row.version = case.story.practitioner, at, 3
    row.save()
