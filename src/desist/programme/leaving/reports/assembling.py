"""The first words of an exit report, from the record, for the practitioner to shorten and correct. Never final."""

from desist.codes import RiskTool
from desist.programme.clocks import LONDON
from desist.programme.episodes.models import Episode
from desist.programme.leaving.reports.records import LONGEST, Words
from desist.programme.sessions.states import title
from desist.ui import dates


def words(episode: Episode) -> Words:
    """Return what the practitioner's own records offer: the work by session, and the judgements of risk that hold."""
    return Words(themes=_themes(episode)[:LONGEST], risks=_risks(episode)[:LONGEST])


def _themes(episode: Episode) -> str:
    attended = episode.sessions.filter(state="attended").exclude(work_done="").order_by("period")
    return "\n".join(
        f"{title(one.kind, one.number)}, {dates.on(one.period.lower.astimezone(LONDON).date())}: {one.work_done}"
        for one in attended
    )


def _risks(episode: Episode) -> str:
    newest = {one.tool: one for one in episode.risk_ratings.filter(struck_at=None).order_by("rated_on", "pk")}
    lines = [
        f"{RiskTool(one.tool).label}: {one.result} ({one.rater}, {dates.on(one.rated_on)}, to be reviewed by "
        f"{dates.on(one.review_on)})"
        for one in newest.values()
    ]
    concerns = episode.referral.concerns.count()
    if concerns:
        lines.append(f"Concerns raised and told to a person at the time: {concerns}")
    return "\n".join(lines)
