"""Commands that change a diary."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from desist.programme.episodes.models import Episode
from desist.programme.sessions.diary.models import DiaryDay
from desist.programme.sessions.diary.policy import Action
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class NotedDay:
    """One day as the practitioner types it from paper; None and "" mean not noted."""

    urge: int | None = None
    act: str = ""
    anger: int | None = None
    sadness: int | None = None
    shame: int | None = None
    sleep_hours: int | None = None
    substances: bool | None = None
    skill: str = ""
    note: str = ""


def note(
    *, actor: Actor, episode: str, day: date, noted: NotedDay, version: int | None, at: datetime
) -> None:
    """Record one day. `version` is 0 for a day not typed before; words sent twice are kept once. Raises Changed."""
    with gate.change(actor, Action.TYPE_DIARY, Episode, episode, at=at) as row:
        # The episode is locked, so no colleague types this diary meanwhile.
        known = DiaryDay.objects.filter(episode=row, day=day).first()
        if known and noted_on(known) == noted:
            return
        kept = known or DiaryDay(episode=row, day=day, version=0)
        gate.next_version(kept, version)
        for name, said in asdict(noted).items():
            setattr(kept, name, said)
        kept.typed_by, kept.typed_at = actor.who, at
        kept.save()


def noted_on(row: DiaryDay) -> NotedDay:
    """Return what a row says."""
    return NotedDay(**{name: getattr(row, name) for name in NotedDay.__dataclass_fields__})
