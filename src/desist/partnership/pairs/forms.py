"""Forms about pairs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desist.partnership.pairs.commands import TypedIn
from desist.partnership.pairs.states import Consent, Said
from desist.post.forms import HeardFrom
from desist.ui import fields, moments
from desist.ui.forms import Form

#: the choices besides a referral
NOTHING = ("", "Choose one")
ALONE = ("alone", "No referral: only the orders of this crime")


class Join(Form):
    """The referral behind which a side stands."""

    referral = fields.Pick(
        label="Referral of the person who stalks them",
        hint="Those that name the crime stand first: compare the crime reference in your crime system. The advocate hears "
        "only the kind of event and the day.",
        choices=[],
    )

    def chosen(self) -> str:
        """The referral's reference, or empty, once the form is valid."""
        referral: str = self.cleaned_data["referral"]
        return "" if referral == ALONE[0] else referral


class Merge(Form):
    """The referral that is about the same person."""

    other = fields.Pick(
        label="Which referral is about the same person?",
        hint="Any case linked to one will be linked to both from then on.",
        choices=[],
    )


class TypeIn(HeardFrom):
    """The request that a service without software made by telephone or on paper."""

    service = fields.Pick(label="Which advocacy service is asking?", choices=[])
    crime_reference = fields.CrimeReference(
        label="Crime reference",
        hint="Never the client’s name. Use this reference when you speak about the case.",
    )
    consent = fields.Choice(label="How did their client consent?", choices=Consent.choices)
    consented_on = moments.Day(label="When did the client consent?", earliest=None)
    another = fields.Tick(
        label="It is one more client of theirs, under the same crime reference", required=False
    )
    field_order = ("service", "crime_reference", "another", "heard_from", "heard_on", "heard_time")

    def __init__(self, data: Mapping[str, Any] | None = None, *, at: datetime) -> None:
        """`at` is the request's moment."""
        super().__init__(data, at=at)
        self.limit("consented_on", latest=at)

    def typed(self) -> TypedIn:
        """The argument for the command, once the form is valid."""
        cleaned = self.cleaned_data
        said = Said(cleaned["heard_from"], self.heard_at(), cleaned["consent"], cleaned["consented_on"])
        return TypedIn(cleaned["service"], cleaned["crime_reference"], said, another=cleaned["another"])


class End(HeardFrom):
    """The record that a client of a service without software wants to hear no more."""

    def said(self) -> Said:
        """The argument for the command, once the form is valid."""
        return Said(self.cleaned_data["heard_from"], self.heard_at())
