"""The form for one condition of an order."""

from collections.abc import Sequence

from desist.partnership.conditions.commands import Words
from desist.partnership.orders import codes
from desist.ui import fields, moments
from desist.ui.forms import Form
from desist.ui.words import Audience


class Condition(Form):
    """A prohibition or requirement, as the police ask for it or as the court made it."""

    kind = fields.Choice(label="Prohibition or requirement?", choices=codes.ConditionKind.choices)
    text = fields.LongText(
        label="The words of the condition",
        hint="The person reads these words once they are served. Do not name a place or number that the person does not already know.",
        max_length=2000,
        rows=4,
        audience=Audience.SHOWN,
    )
    channel = fields.Choice(
        label="What is it about?",
        choices=codes.Channel.choices,
        reveals={codes.Channel.AREA.value: ["area_kinds", "area_words"]},
    )
    area_kinds = fields.Choices(
        label="What kind of area is it?",
        hint="The programme is told the kind alone, unless a second person releases the words below.",
        choices=codes.AreaKind.choices,
    )
    area_words = fields.Text(
        label="The area in words",
        hint="Only what the kind does not say: for example “the area on the court’s map A”. A second person releases these "
        "words. After that the person reads them, and the programme is told.",
        required=False,
        audience=Audience.SHOWN,
    )
    protects = fields.Choices(
        label="Whom does it protect?",
        hint="Of the advocates, only those of the people you choose are told of this condition.",
        choices=[],
    )
    begins_on = moments.Day(
        label="Begins on", required=False, hint="Leave empty if it begins with the order."
    )
    ends_on = moments.Day(
        label="Last day", required=False, hint="Leave empty if it lasts as long as the order."
    )
    necessity = fields.LongText(
        label="Why is it necessary?",
        hint="The person may see this in the papers for the court. The condition must protect another person from a risk "
        "associated with stalking (section 2(2)).",
        max_length=2000,
        rows=3,
        audience=Audience.SHOWN,
    )
    checked = fields.Choices(
        label="What did you check?",
        hint="As far as practicable, a condition must avoid these (section 2(3)).",
        choices=codes.Checked.choices,
        required=False,
    )

    def about(self, protected: Sequence[str]) -> None:
        """Ask which people the condition protects, if the order protects more than one."""
        if len(protected) > 1:
            self.offer("protects", [(one, one) for one in protected])
        else:
            self.fields.pop("protects")

    def settle(self) -> None:
        """Ask only which people it protects and what kind of area it is about: the court's words are settled."""
        area = self.initial.get("channel") == codes.Channel.AREA
        for name in set(self.fields) - {"protects", *(["area_kinds"] if area else [])}:
            self.fields.pop(name)

    def texts(self) -> dict[str, str]:
        """Ask nothing about the words here: a second person releases these exact words before they leave (releases)."""
        return {}

    def words(self) -> Words:
        """The argument for the command, once the form is valid."""
        cleaned = {**self.initial, **self.cleaned_data}
        area = "channel" not in self.fields or cleaned["channel"] == codes.Channel.AREA
        lists = {name: tuple(cleaned.get(name) or ()) for name in ("checked", "area_kinds", "protects")}
        return Words(
            **cleaned
            | lists
            | {
                "area_kinds": lists["area_kinds"] if area else (),
                "area_words": cleaned["area_words"] or "" if area else "",
            }
        )
