"""What practitioners who meet a person must know of them, in short, each with the page where it stands."""

from dataclasses import dataclass
from datetime import date

from desist.codes import RiskTool
from desist.programme.circumstances import known as circumstances
from desist.programme.circumstances.known import Held
from desist.programme.episodes.models import Episode
from desist.programme.orders import queries as orders
from desist.programme.orders.key_dates import queries as ahead
from desist.programme.orders.key_dates.queries import Coming
from desist.programme.referrals.models import Referral
from desist.programme.risk.states import Factor
from desist.programme.sessions import queries
from desist.referral import answers as asked
from desist.referral.lists import ContactBy, OrderKind

#: what a referral says where there is nothing to say
NOTHING = {str(OrderKind.NONE.label)}


@dataclass(frozen=True)
class Judgement:
    """What holds of a risk tool."""

    tool: str
    result: str
    rated_on: date
    overdue: bool


@dataclass(frozen=True)
class Contact:
    """How a person wants to be reached, and how they can be: each as it was given, "" where it was not."""

    wish: str
    phone: str
    email: str
    address: str


@dataclass(frozen=True)
class SelfHarm:
    """Whom to ring in a crisis, as written last, and by when that is reviewed."""

    ring: str
    review_on: date
    overdue: bool


@dataclass(frozen=True)
class Person:
    """Risks to staff and needs come first. `bound_by`: orders as the referral says; `orders`: those told since; `untold`: those not told."""

    contact: Contact
    risks: tuple[str, ...]
    needs: tuple[str, ...]
    noted: tuple[Held, ...]  # what the service noted of both
    self_harm: SelfHarm | None
    bound_by: tuple[str, ...]
    untold: tuple[orders.Untold, ...]
    orders: tuple[orders.Banner, ...]
    judgements: tuple[Judgement, ...]
    acute: tuple[tuple[str, date], ...]  # acute factors now, and until when each counts
    goals: tuple[tuple[str, str], ...]  # its words, how it serves the survivor's safety
    ahead: tuple[Coming, ...]


def person(*, episode: Episode, today: date) -> Person:
    """The person of an episode, on a day."""
    referral = episode.referral
    bound = orders.of(referral=referral.pk, today=today)
    untold = orders.untold(referral=referral, today=today)
    known = queries.known(episode=episode.pk, today=today)
    noted = tuple(
        Held(kind, words, what == "ended")
        for what in ("noted", "ended")
        for kind, words, *_ in known.get(what, ())
    )
    harm = next(iter(known.get("harm", ())), None)
    return Person(
        contact=contact(referral),
        risks=circumstances.risks_of(episode, noted).lines,
        needs=circumstances.needs_of(episode, noted).lines,
        noted=noted,
        self_harm=SelfHarm(harm[1], harm[3], harm[3] <= today) if harm else None,
        bound_by=_said(referral, "orders"),
        untold=untold,
        orders=bound,
        judgements=tuple(
            Judgement(str(RiskTool(tool).label), result, rated_on, review_on <= today)
            for tool, result, rated_on, review_on in known.get("rated", ())
        ),
        acute=tuple((str(Factor(kind).label), until) for kind, _, _, until in known.get("acute", ())),
        goals=tuple((words, serves) for serves, words, *_ in known.get("goal", ())),
        ahead=ahead.coming(episode=episode, bound_by=bound, untold=untold, today=today),
    )


def contact(referral: Referral) -> Contact:
    """How the person of a referral is reached, as the service knows it now."""
    address = (referral.known("own_address"), referral.known("own_postcode"))
    return Contact(
        wish=str(ContactBy(referral.known("contact_by")).label),
        phone=referral.known("own_phone"),
        email=referral.known("own_email"),
        address=", ".join(line for text in address for line in text.splitlines() if line.strip()),
    )


def _said(referral: Referral, *names: str) -> tuple[str, ...]:
    """The answers to some questions of a referral, one a line, without those that say that there is none."""
    lines = (line for name in names for line in asked.words(name, getattr(referral, name)).splitlines())
    return tuple(line for line in lines if line.strip() and line not in NOTHING)
