"""The table of every kind of envelope that may cross between sites. A kind without a door cannot cross.

A door names the sender, the receiver and the payload (post/payloads.py) of a kind; both ends check it.
"""

import dataclasses
import datetime as dt
import types
import typing
from enum import StrEnum
from typing import Any, ClassVar

from desist.post import disclosures, payloads
from desist.post.door import Door
from desist.post.doors_commission import OF_EXTRACTS, OF_RETURNS
from desist.post.payload import came_later, plain
from desist.post.payloads import Payload
from desist.sites import Zone

MAXIMUM_TEXT = 20_000


class Refusal(Exception):
    """The envelope may not cross; the sentence gives the reason."""


#: what the two sides say about cases
OF_CASES: tuple[Door, ...] = (
    Door(payloads.Referral, Zone.PARTNERSHIP, Zone.PROGRAMME, "The police refer a person to the programme."),
    Door(payloads.ReferralAttachment, Zone.PARTNERSHIP, Zone.PROGRAMME, "A file follows its referral."),
    Door(
        payloads.AttachmentRecall,
        Zone.PARTNERSHIP,
        Zone.PROGRAMME,
        "The police recall a file: it can no longer be opened.",
    ),
    Door(
        payloads.AttachmentRecalled,
        Zone.PROGRAMME,
        Zone.PARTNERSHIP,
        "A recalled file can no longer be opened, and how often it was opened before.",
    ),
    Door(payloads.ReferralAmended, Zone.PARTNERSHIP, Zone.PROGRAMME, "The police amend a referral."),
    Door(
        payloads.JudgementRequest,
        Zone.PROGRAMME,
        Zone.PARTNERSHIP,
        "The programme asks the police to judge the risk of a person whom another organisation referred.",
    ),
    Door(
        payloads.PoliceJudgement,
        Zone.PARTNERSHIP,
        Zone.PROGRAMME,
        "The police add their judgement of risk, or say that they hold none.",
    ),
    Door(payloads.ReferralWithdrawn, Zone.PARTNERSHIP, Zone.PROGRAMME, "The police withdraw a referral."),
    Door(payloads.ReferralDecision, Zone.PROGRAMME, Zone.PARTNERSHIP, "The programme answers a referral."),
    Door(payloads.ProgressNotice, Zone.PROGRAMME, Zone.PARTNERSHIP, "The referrer sees the progress."),
    Door(payloads.RiskJudged, Zone.PROGRAMME, Zone.PARTNERSHIP, "The referrer hears of a judgement."),
    Door(payloads.Alert, Zone.PROGRAMME, Zone.PARTNERSHIP, "A practitioner is concerned: contact us now."),
    Door(payloads.AlertAcknowledged, Zone.PARTNERSHIP, Zone.PROGRAMME, "Someone has acknowledged the alert."),
    Door(
        payloads.OrderNotice,
        Zone.PARTNERSHIP,
        Zone.PROGRAMME,
        "The programme hears of a person’s Stalking Protection Order: dates, requirements to attend, exclusions in words.",
    ),
    Door(
        payloads.AttendanceCertificate,
        Zone.PROGRAMME,
        Zone.PARTNERSHIP,
        "The programme certifies against an order’s requirement on which days the person attended.",
    ),
    Door(
        payloads.ExitReport,
        Zone.PROGRAMME,
        Zone.PARTNERSHIP,
        "The referrer receives the finished exit report, signed by two people of the programme.",
    ),
    Door(
        payloads.OrderUpdate,
        Zone.PARTNERSHIP,
        Zone.ADVOCACY,
        "An advocacy service hears of an order, a breach and what became of it, as far as the court: kind and day alone.",
    ),
    Door(
        payloads.OrderForClient,
        Zone.PARTNERSHIP,
        Zone.ADVOCACY,
        "An advocate reads the conditions that protect their client, in words that a second person of the police released.",
    ),
    Door(
        payloads.ClearanceRequest,
        Zone.PARTNERSHIP,
        Zone.ADVOCACY,
        "An advocate is asked whether these very words may be served on the person: they may lead to their client.",
    ),
    Door(
        payloads.ClearanceAnswer,
        Zone.ADVOCACY,
        Zone.PARTNERSHIP,
        "Words of an order are cleared or refused, without a reason.",
    ),
    Door(payloads.Alert, Zone.PARTNERSHIP, Zone.ADVOCACY, "An advocate is asked to ring the police now."),
    Door(
        payloads.AlertAcknowledged, Zone.ADVOCACY, Zone.PARTNERSHIP, "An advocate has acknowledged the alert."
    ),
    Door(payloads.Alert, Zone.ADVOCACY, Zone.PARTNERSHIP, "An advocate asks the police to ring now."),
    Door(
        payloads.AlertAcknowledged,
        Zone.PARTNERSHIP,
        Zone.ADVOCACY,
        "The police have acknowledged an advocate’s alert.",
    ),
    Door(payloads.Alert, Zone.PARTNERSHIP, Zone.PROGRAMME, "The police ask a practitioner to ring now."),
    Door(
        payloads.AlertAcknowledged,
        Zone.PROGRAMME,
        Zone.PARTNERSHIP,
        "A practitioner has acknowledged the alert.",
    ),
    Door(
        payloads.PlaceEnding,
        Zone.PROGRAMME,
        Zone.PARTNERSHIP,
        "The programme decided to end someone’s place: the victim’s side knows before the person does.",
    ),
    Door(
        payloads.ProgrammeUpdate,
        Zone.PARTNERSHIP,
        Zone.ADVOCACY,
        "An advocacy service hears that a programme started, ends or ended: kind and day alone.",
    ),
    Door(
        payloads.PairRequest,
        Zone.ADVOCACY,
        Zone.PARTNERSHIP,
        "A client chose to hear of a crime’s orders and programme, or no longer.",
    ),
    Door(payloads.PairAnswer, Zone.PARTNERSHIP, Zone.ADVOCACY, "The police answer a pair request."),
    Door(
        payloads.BreachReport,
        Zone.ADVOCACY,
        Zone.PARTNERSHIP,
        "What a client chose to tell the police of an incident. Not a crime report.",
    ),
    Door(
        payloads.BreachReference,
        Zone.PARTNERSHIP,
        Zone.ADVOCACY,
        "The crime reference under which the police recorded it.",
    ),
    Door(
        payloads.EvidenceExhibit,
        Zone.ADVOCACY,
        Zone.PARTNERSHIP,
        "An exhibit follows a report, as the client chose. It never goes on from there.",
    ),
    Door(
        payloads.ExhibitPiece,
        Zone.ADVOCACY,
        Zone.PARTNERSHIP,
        "A piece of an exhibit that the police asked for.",
    ),
    Door(
        payloads.ExhibitReceipt,
        Zone.PARTNERSHIP,
        Zone.ADVOCACY,
        "The police ask for pieces of an exhibit, or say in one coded word what arrived.",
    ),
    Door(
        payloads.ExhibitRecall,
        Zone.ADVOCACY,
        Zone.PARTNERSHIP,
        "An exhibit must not be used any more: it is deleted.",
    ),
    Door(
        payloads.ExhibitRecalled,
        Zone.PARTNERSHIP,
        Zone.ADVOCACY,
        "A recalled exhibit was deleted, and how many copies of it were saved before.",
    ),
    Door(
        payloads.OrderHandover,
        Zone.PARTNERSHIP,
        Zone.PARTNERSHIP,
        "A Stalking Protection Order is offered to the force of the area where the person now lives.",
    ),
    Door(
        payloads.OrderHandoverAnswer,
        Zone.PARTNERSHIP,
        Zone.PARTNERSHIP,
        "The other force takes the offered order over, or refuses it with words.",
    ),
    Door(
        payloads.OrderHandoverWithdrawn,
        Zone.PARTNERSHIP,
        Zone.PARTNERSHIP,
        "The offer of an order is withdrawn before it was answered.",
    ),
    *(
        Door(payload, zone, zone, purpose)
        for zone, whom in ((Zone.PROGRAMME, "person"), (Zone.ADVOCACY, "client"))
        for payload, purpose in (
            (
                payloads.CaseOffer,
                f"A {whom} is offered to another service, with the record that it needs to go on.",
            ),
            (
                payloads.CaseOfferAnswer,
                f"The other service takes the offered {whom} over, or refuses with words.",
            ),
            (payloads.CaseOfferWithdrawn, f"The offer of a {whom} is withdrawn before it was answered."),
        )
    ),
    Door(
        payloads.VictimReferral,
        Zone.PARTNERSHIP,
        Zone.ADVOCACY,
        "The police refer a victim who agreed, with what they agreed to share.",
    ),
    *(
        Door(payload, *((service, Zone.PARTNERSHIP) if asks else (Zone.PARTNERSHIP, service)), purpose)
        for service in (Zone.PROGRAMME, Zone.ADVOCACY)
        for payload, asks, purpose in (
            (payloads.AgencyListing, False, "An entry of the area’s directory of agencies."),
            (payloads.SupportRequest, True, "A referral to an agency: its own people alone read it."),
            (payloads.SupportReply, True, "The answer to an agency’s question."),
            (payloads.SupportWithdrawn, True, "A withdrawn referral: what the agency was told is deleted."),
            (payloads.SupportAnswer, False, "What an agency says of a referral."),
        )
    ),
    Door(
        disclosures.DisclosureRequest,
        Zone.PROGRAMME,
        Zone.PARTNERSHIP,
        "The programme asks for information about a person it works with.",
    ),
    Door(
        disclosures.Disclosure,
        Zone.PARTNERSHIP,
        Zone.PROGRAMME,
        "The exact copy of what two people decided to disclose.",
        approvals=2,
    ),
    Door(
        disclosures.DisclosureOffer,
        Zone.ADVOCACY,
        Zone.PARTNERSHIP,
        "An advocacy service tells the police what a client chose to have told.",
        approvals=2,
    ),
    Door(
        disclosures.DisclosureRefused,
        Zone.PARTNERSHIP,
        Zone.PROGRAMME,
        "Nothing is disclosed on a request, and in one coded word why.",
    ),
    Door(
        disclosures.DisclosureRefused,
        Zone.PARTNERSHIP,
        Zone.ADVOCACY,
        "What was offered is not passed on, and in one coded word why.",
    ),
    Door(
        disclosures.DisclosureReceipt,
        Zone.PROGRAMME,
        Zone.PARTNERSHIP,
        "Exactly this copy arrived, or is no longer used.",
    ),
    Door(
        disclosures.DisclosureReceipt,
        Zone.PARTNERSHIP,
        Zone.ADVOCACY,
        "Exactly this copy arrived, was passed on, or is no longer used.",
    ),
    Door(
        disclosures.DisclosureRecall,
        Zone.PARTNERSHIP,
        Zone.PROGRAMME,
        "A disclosure must not be used any more.",
    ),
    Door(
        disclosures.DisclosureRecall,
        Zone.ADVOCACY,
        Zone.PARTNERSHIP,
        "A disclosure must not be used any more.",
    ),
)

#: what every pair of sites with a door between them says about keys
OF_KEYS: tuple[Door, ...] = tuple(
    Door(payload, sender, receiver, purpose)
    for sender, receiver in sorted(
        {(door.sender, door.receiver) for door in OF_CASES + OF_RETURNS + OF_EXTRACTS}
    )
    for payload, purpose in (
        (payloads.KeysAnnounced, "A site has new keys, vouched for by those of before."),
        (payloads.KeysWithdrawn, "A site’s keys of before may be known to others: trust none of them."),
        (payloads.KeysKnown, "The other site’s new keys are known here."),
    )
)
DOORS: tuple[Door, ...] = OF_CASES + OF_RETURNS + OF_EXTRACTS + OF_KEYS


def are_between(sender: Zone, receiver: Zone) -> bool:
    """Whether anything may cross from one kind of site to another."""
    return any((door.sender, door.receiver) == (sender, receiver) for door in DOORS)


def check(payload: Payload, sender: Zone, receiver: Zone) -> Door:
    """Return the door for this payload; raises Refusal without one, or where a field holds another type."""
    found = [d for d in DOORS if (d.payload, d.sender, d.receiver) == (type(payload), sender, receiver)]
    if not found:
        raise Refusal(f"No door lets {payload.KIND!r} through from {sender} to {receiver}.")
    for field, kind in typing.get_type_hints(type(payload)).items():
        if typing.get_origin(kind) is not ClassVar:
            _check_field(field, getattr(payload, field), kind)
    return found[0]


def to_json(payload: Payload) -> dict[str, Any]:
    """A payload as plain JSON values."""
    return {field.name: plain(getattr(payload, field.name)) for field in dataclasses.fields(payload)}


def from_json(kind: str, version: int, values: object) -> Payload:
    """The payload of this kind and version; raises Refusal with a plain reason."""
    known = [door.payload for door in DOORS if kind == door.payload.KIND]
    if not known:
        raise Refusal(f"This site does not know envelopes of kind {kind!r}.")
    payload = known[0]
    if version != payload.VERSION and (not payload.BEFORE or version != payload.BEFORE):
        raise Refusal(
            f"This site knows version {payload.VERSION} of {kind!r}, not version {version}. "
            "One of the two sites must be brought up to date; then try the envelope again."
        )
    earlier = version != payload.VERSION
    of_version = [f.name for f in dataclasses.fields(payload) if not (earlier and came_later(f))]
    if not isinstance(values, dict) or set(values) != set(of_version):
        raise Refusal(f"The fields of this {kind!r} are not those of version {version}.")
    hints = typing.get_type_hints(payload)
    return payload(**{name: _typed(name, values[name], hints[name]) for name in of_version})


def _typed(name: str, value: object, hint: object) -> object:
    """Return a JSON value in the field's type: text becomes a day or a moment, a list a tuple."""
    try:
        if hint is dt.datetime:
            value = dt.datetime.fromisoformat(typing.cast("str", value))
        elif hint is dt.date:
            value = dt.date.fromisoformat(typing.cast("str", value))
    except (TypeError, ValueError):
        raise _wrong(name) from None
    if isinstance(value, list):
        value = tuple(value)
    _check_field(name, value, hint)
    return value


def _check_field(name: str, value: object, hint: object) -> None:
    repeated = isinstance(hint, types.GenericAlias)
    if repeated and not isinstance(value, tuple):
        raise _wrong(name)
    for part in value if repeated and isinstance(value, tuple) else (value,):
        _check_part(name, part, str if repeated else hint)


def _check_part(name: str, part: object, expected: object) -> None:
    if type(part) is not expected and not (expected is str and isinstance(part, StrEnum)):
        raise _wrong(name)
    if isinstance(part, str) and len(part) > MAXIMUM_TEXT:
        raise Refusal(f"The field {name!r} is longer than {MAXIMUM_TEXT:,} characters.")
    if isinstance(part, dt.datetime) and part.tzinfo is None:
        raise Refusal(f"The field {name!r} has no time zone.")


def _wrong(name: str) -> Refusal:
    return Refusal(f"The field {name!r} does not hold what it should.")
