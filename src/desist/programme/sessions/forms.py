"""What is written about a session."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from desist.programme.sessions import states
from desist.programme.sessions.commands import Absence
from desist.programme.sessions.records import FIELDS
from desist.programme.sessions.records import Record as Kept
from desist.skills import catalogue
from desist.ui import fields, moments
from desist.ui.forms import Draft, Form
from desist.ui.words import Audience

LONG = 20_000
#: the answer about the contact after a missed session that nobody tried yet
NOT_YET = "not_yet"


class Record(Draft):
    """The whole record. Everything may stay empty while it is being written; finishing asks for what is missing."""

    attendance = fields.Choice(
        label="Did they attend?",
        choices=states.Attendance.choices,
        required=False,
        reveals={
            states.Attendance.ATTENDED: ["minutes_late", "ended", "minutes_held"],
            states.Attendance.MISSED: ["missed_reason"],
        },
    )
    minutes_late = fields.Whole(label="Minutes late", hint="0 if on time", required=False, most=150, width=3)
    ended = fields.Choice(
        label="How did it end?",
        hint="If they came but were not fit to be seen, choose that reason below “No”.",
        choices=states.Ended.choices,
        required=False,
    )
    minutes_held = fields.Whole(
        label="Minutes held, if ended early", required=False, least=1, most=150, width=3
    )
    missed_reason = fields.Choice(
        label="Why they did not attend", choices=states.MissedReason.choices, required=False
    )
    whose_reason = fields.Choice(
        label="Who was responsible for the lateness or absence?",
        choices=states.Whose.choices,
        required=False,
    )
    agenda = fields.LongText(
        label="Agenda",
        hint="The person sees this on the shared screen. No name, no place, nothing that must not be raised.",
        required=False,
        max_length=LONG,
        rows=4,
        audience=Audience.SHOWN,
    )
    diary_review = fields.LongText(
        label="Diary review",
        hint="What the diary shows since the last session. If there is no diary, talk about it; it is not a failure.",
        required=False,
        max_length=LONG,
        rows=3,
        audience=Audience.STAYS,
    )
    risk_check = fields.Choice(
        label="Risk check",
        hint="In every session. Tell someone in person of a concern.",
        choices=states.Risk.choices,
        hints={states.Risk.CONCERN: "Save it, then say who you told, and when."},
        required=False,
    )
    # not revealed by a choice: what is not shown counts as empty, and no word may be lost
    risk_note = fields.LongText(
        label="Notes on the risk check", required=False, max_length=LONG, rows=3, audience=Audience.STAYS
    )
    homework_done = fields.Choice(
        label="Homework set last time", choices=states.Homework.choices, required=False
    )
    homework_review = fields.LongText(
        label="Homework review", required=False, max_length=LONG, rows=3, audience=Audience.STAYS
    )
    work_done = fields.LongText(
        label="Work done in the session", required=False, max_length=LONG, rows=3, audience=Audience.STAYS
    )
    method = fields.Pick(
        label="Main method", choices=[("", "Choose one"), *states.Method.choices], required=False
    )
    skill = fields.Pick(label="Skill worked on", choices=[("", "None"), *catalogue.CHOICES], required=False)
    compliance = fields.Choice(
        label="How they worked",
        hint="Being there is not the same as engaging.",
        choices=states.Compliance.choices,
        required=False,
    )
    homework_set = fields.LongText(
        label="Homework set",
        hint="The person sees this next time. No name, no place. Write it to them: “Each time, get up and say stop.”",
        required=False,
        max_length=LONG,
        rows=3,
        audience=Audience.SHOWN,
    )
    next_steps = fields.LongText(
        label="Next steps", required=False, max_length=LONG, rows=3, audience=Audience.STAYS
    )
    debrief_wanted = fields.Tick(
        label="I would like a debrief", hint="Your supervisor will see this request.", required=False
    )

    def record(self) -> Kept:
        """What the command takes; of a field that cannot be kept as it was typed it says nothing."""
        cleaned: dict[str, Any] = self.cleaned_data
        return Kept(**{name: cleaned[name] for name in FIELDS if name in cleaned})


class Missed(Form):
    """Why a person did not attend, what happened, and the contact since."""

    missed_reason = fields.Choice(
        label="Why did they not attend?",
        choices=states.MissedReason.choices,
        reveals={states.MissedReason.OTHER: ["whose_reason"]},
    )
    whose_reason = fields.Choice(label="Who was responsible?", choices=states.Whose.choices)
    words = fields.LongText(
        label="What happened?",
        hint="Who told you and when, and what was said since.",
        required=False,
        max_length=5_000,
        rows=3,
        audience=Audience.STAYS,
    )
    contact = fields.Choice(
        label="Have you contacted them since?",
        choices=[*states.FollowUp.choices, (NOT_YET, "Not yet")],
        hints={NOT_YET: "The contact stays due within two working days of the session."},
    )

    def clean(self) -> dict[str, Any]:
        """Another reason and a contact are said in words."""
        cleaned = super().clean()
        another = cleaned.get("missed_reason") == states.MissedReason.OTHER
        if not cleaned.get("words", "-") and (another or cleaned.get("contact") not in (None, NOT_YET)):
            self.add_error(
                "words", "Enter the other reason" if another else "Enter what was said or done since"
            )
        return cleaned

    def absence(self) -> Absence:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        reason, contact = states.MissedReason(cleaned["missed_reason"]), cleaned["contact"]
        return Absence(
            reason=reason,
            whose=states.Whose(cleaned["whose_reason"] or states.RESPONSIBLE[reason]),
            words=cleaned["words"],
            contact=None if contact == NOT_YET else states.FollowUp(contact),
        )


class FollowUp(Form):
    """An attempt to reach the person after a missed session."""

    outcome = fields.Choice(
        label="How did it go?",
        hint="The contact stays due until a colleague has spoken to the person, or others have been asked to check on them.",
        choices=states.FollowUp.choices,
    )
    tried_on = moments.Day(label="The day of this attempt")
    note = fields.LongText(
        label="What was said or done",
        hint="Include when the next session is, and what was agreed. Earlier notes are kept here: add to them.",
        max_length=5_000,
        rows=4,
        audience=Audience.STAYS,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        missed_on: date,
        today: date,
        note: str,
        version: int,
    ) -> None:
        """Offer days from the session to now; `note` holds earlier attempts, `version` their number."""
        super().__init__(data, initial={"tried_on": today, "note": note}, version=version)
        self.limit("tried_on", earliest=missed_on, latest=today)


class Feedback(Form):
    """Four questions in our own words, answered by the participant on the shared screen."""

    said, understood, pace, clear = (
        fields.Choice(
            label=sentence, choices=states.Agreement.choices, missing=f"Choose an answer: {sentence}"
        )
        for sentence in states.FEEDBACK.values()
    )

    def answers(self) -> dict[str, int]:
        """What the command takes, once the form is valid: 1 (not at all) to 4 (fully)."""
        return {name: int(self.cleaned_data[name]) for name in self.fields}


class Finish(Form):
    """Nothing to fill in: the record is read once more and closed."""
