"""Forms about a breach. No field asks who the protected person is or where they are."""

from desist.orders.rules import COMMENCED
from desist.partnership.breaches import codes, commands
from desist.partnership.orders import codes as order_codes
from desist.partnership.orders.forms import Dated
from desist.ui import fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience

MAY_SEE = "The person may see this if the breach goes to court."
NO_VICTIM = (
    "Write nothing that could identify or locate the victim: no name, address, workplace or telephone number."
)


class Report(Dated):
    """What was reported."""

    conditions = fields.Choices(label="Which conditions?", choices=[])
    happened_on = moments.Day(label="When did it happen?", earliest=COMMENCED)
    reported_on = moments.Day(label="When was it reported?", earliest=COMMENCED)
    source = fields.Choice(label="How did it come to light?", choices=codes.Source.choices)
    channel = fields.Choice(label="How was it done?", choices=order_codes.Channel.choices)
    victim_contact = fields.YesNo(
        label="Was the victim contacted or approached?",
        hint="Counted separately: a breach with contact is not the same as a missed signing-on.",
    )
    account = fields.LongText(
        label="What happened, in a few sentences",
        hint=f"{MAY_SEE} {NO_VICTIM}",
        required=False,
        max_length=2000,
        audience=Audience.SHOWN,
    )
    excuse = fields.LongText(
        label="What excuse does the person give, if any?",
        hint=MAY_SEE,
        required=False,
        max_length=1000,
        rows=2,
        audience=Audience.SHOWN,
    )
    crime_reference = fields.CrimeReference(
        label="Crime reference of the breach", hint="Leave empty until there is one.", required=False
    )
    also_stalking = fields.YesNo(
        label="Also record as stalking?",
        hint="A breach may be part of a course of conduct. Leave blank if nobody has decided.",
        required=False,
    )


class Follow(Form):
    """The next step of the case."""

    kind = fields.Choice(
        label="What happened?",
        choices=codes.Step.choices,
        reveals={
            codes.Step.BAILED: ["bail_conditions"],
            codes.Step.CHARGED: ["charged"],
            codes.Step.OUTCOME: ["outcome"],
            codes.Step.SENTENCED: ["sentenced"],
        },
    )
    bail_conditions = fields.YesNo(label="Does the bail have conditions?")
    charged = fields.Choice(label="With which offence?", choices=codes.Offence.choices)
    outcome = fields.Choice(label="How was it decided?", choices=codes.Finding.choices)
    sentenced = fields.Choice(label="To what?", choices=codes.Sentence.choices)
    on = moments.Day(label="Which day?", hint="A hearing may lie ahead.", earliest=COMMENCED)
    officer = fields.Pick(
        label="Which officer deals with the case?",
        choices=[],
        hint="A hearing stands in their To do until its outcome is recorded.",
    )
    note = fields.LongText(
        label="Note",
        hint=f"For example the court. {MAY_SEE} {NO_VICTIM}",
        required=False,
        max_length=1000,
        rows=2,
        audience=Audience.SHOWN,
    )

    def followed(self) -> commands.Followed:
        """The argument for the command, once the form is valid."""
        said = self.cleaned_data
        step = codes.Step(said["kind"])
        bail = said["bail_conditions"] if step is codes.Step.BAILED else None
        detail = said[step.value] if step in codes.DETAILS else ""
        return commands.Followed(step, said["on"], bail, detail, said["officer"], said["note"])


class Decision(Dated):
    """What the police decided."""

    decision = fields.Choice(label="What was decided?", choices=codes.Decision.choices)
    also_stalking = fields.YesNo(
        label="Also record as stalking?", hint="Whether it is crimed as stalking as well as the breach."
    )
    crime_reference = fields.CrimeReference(
        label="Crime reference of the breach", hint="Leave empty if there is none.", required=False
    )
    reason = fields.LongText(
        label="Why",
        hint=f"{MAY_SEE} {NO_VICTIM}",
        max_length=2000,
        rows=3,
        audience=Audience.SHOWN,
    )
