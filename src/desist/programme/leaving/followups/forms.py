"""The forms of a follow-up."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from desist.desk.duty.forms import ContactNumber
from desist.programme.alerting import promise_nothing
from desist.programme.concerns.raising import Raised
from desist.programme.leaving.followups.commands import Told
from desist.programme.leaving.followups.states import Known, Outcome, Source
from desist.ui import dates, fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

LONG = 10_000


class FollowUp(Form):
    """How a follow-up ended, then what became known and from which source."""

    outcome = fields.Choice(label="How did it end?", choices=[])
    tried_on = moments.Day(label="The day of the last attempt, or of the decision")
    attempts = fields.Whole(
        label="How many attempts were made?",
        hint="0 if none was made because it was not appropriate",
        most=50,
        width=2,
    )
    note = fields.LongText(
        label="What was said or done, or why it is not appropriate",
        hint="This stays in the programme.",
        max_length=LONG,
        rows=3,
        audience=Audience.STAYS,
    )
    known = fields.Choice(
        label="Is any further stalking known?",
        hint="Not reaching a person tells you nothing about it.",
        choices=Known.choices,
        reveals={
            Known.SOMETHING: ["told_by", "learned", "told_whom", "told_on", "told_time", "answer", "contact"],
            Known.NOTHING: ["asked"],
        },
    )
    told_by = fields.Choices(label="Who reported it?", choices=Source.choices)
    learned = fields.LongText(
        label="What is known?",
        hint="This stays in the programme.",
        max_length=LONG,
        rows=3,
        audience=Audience.STAYS,
    )
    told_whom = fields.Text(
        label="Who did you tell?",
        hint="Name and role. In danger call 999 first.",
        max_length=120,
        audience=Audience.STAYS,
    )
    told_on = moments.Day(label="The day you told them")
    told_time = moments.Clock(label="The time you told them")
    answer = fields.LongText(label="What did they answer?", max_length=LONG, rows=3, audience=Audience.STAYS)
    contact = ContactNumber(hint="An alert gives this number, and nothing that you write.")
    asked = fields.Choices(label="Who was asked?", choices=Source.choices)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        outcomes: Sequence[tuple[str, str]],
        contact: str,
        version: int,
        alerts: bool,
        at: datetime,
    ) -> None:
        """Offer `outcomes` that may follow and `contact`, the number to offer first, with days up to `at`.

        `alerts` says whether a partner organisation is linked to the referral.
        """
        local = dates.local(at)
        initial = {
            "tried_on": local.date(),
            "told_on": local.date(),
            "told_time": local.time().replace(second=0, microsecond=0),
            "contact": contact,
        }
        super().__init__(data, initial=initial, version=version)
        self._at = at
        self.offer("outcome", outcomes)
        if not alerts:
            promise_nothing(self, "contact")
        for name in ("tried_on", "told_on"):
            self.limit(name, latest=at)

    def clean(self) -> dict[str, Any]:
        """Refuse words from a person who was not reached, and a telling that lies in the future."""
        cleaned = super().clean()
        silent = cleaned.get("outcome") in {Outcome.NOT_REACHED, Outcome.NOT_APPROPRIATE}
        for name in ("told_by", "asked"):
            if silent and Source.PERSON in (cleaned.get(name) or []):
                self.add_error(name, "The person was not reached, so they cannot be the source")
        if cleaned.get("told_on") and cleaned.get("told_time"):
            told = dates.moment(cleaned["told_on"], cleaned["told_time"])
            if told > self._at:
                self.add_error("told_time", "The time you told them must not be in the future")
        return cleaned

    def told(self) -> Told:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        known = Known(cleaned["known"])
        sources = {Known.SOMETHING: "told_by", Known.NOTHING: "asked"}.get(known)
        return Told(
            outcome=Outcome(cleaned["outcome"]),
            tried_on=cleaned["tried_on"],
            attempts=cleaned["attempts"],
            note=cleaned["note"],
            known=known,
            sources=tuple(Source(one) for one in cleaned[sources]) if sources else (),
            learned=cleaned["learned"],
            raised=self._raised() if known is Known.SOMETHING else None,
        )

    def _raised(self) -> Raised:
        cleaned = self.cleaned_data
        return Raised(
            what=cleaned["learned"],
            told_whom=cleaned["told_whom"],
            told_at=dates.moment(cleaned["told_on"], cleaned["told_time"]),
            answer=cleaned["answer"],
            contact=cleaned["contact"],
        )
