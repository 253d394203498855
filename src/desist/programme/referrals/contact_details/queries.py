"""Questions about how a person is reached, each with a frozen answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from desist.programme.referrals.contact_details.commands import NAMES
from desist.programme.referrals.contact_details.policy import Action
from desist.programme.referrals.models import Referral
from desist.references import spoken
from desist.referral import answers as asked
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class ContactDetailsPage:
    """A person's own contact details, to be changed, and where the referrer's differ."""

    ref: str
    episode: str
    spoken: str
    name: str
    version: int
    answers: Mapping[str, Any]
    otherwise: tuple[tuple[str, str], ...]  # field, the referrer's answer in words


def to_change(*, actor: Actor, ref: str, at: datetime) -> ContactDetailsPage:
    """The contact details of the person of a referral."""
    rows = gate.open(actor, Action.CHANGE_CONTACT, Referral, ref, at=at)
    row = rows.select_related("own_contact", "episode").get()
    episode = getattr(row, "episode", None)
    answers = {name: row.known(name) for name in NAMES}
    return ContactDetailsPage(
        ref=row.ref,
        episode=episode.ref if episode else "",
        spoken=spoken(episode.ref if episode else row.ref),
        name=row.name,
        version=row.version,
        answers=MappingProxyType(answers),
        otherwise=tuple(
            (name, asked.words(name, getattr(row, name)))
            for name in NAMES
            if getattr(row, name) != answers[name]
        ),
    )
