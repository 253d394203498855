"""Forms about letters."""

from django.forms import CharField, HiddenInput

from desist.letters import HINTS, Variant
from desist.programme.letters.commands import Writing
from desist.programme.letters.states import Kind, State, Way
from desist.programme.letters.templates import Words
from desist.ui import fields, moments
from desist.ui.forms import Form, ListFilter
from desist.ui.words import Audience


class Narrow(ListFilter):
    """The filter of the register."""

    state = fields.Pick(label="State", choices=State.choices, nothing="All")


class Write(Form):
    """Which form, and a paragraph of one's own."""

    variant = fields.Choice(label="Which form?", choices=Variant.choices, hints=HINTS)
    more = fields.LongText(
        label="Add a paragraph of your own",
        hint="The person sees it, or the referrer in a letter to them. Nothing that you know from the police",
        required=False,
        max_length=1000,
        rows=3,
        audience=Audience.SHOWN,
    )

    def writing(self, kind: Kind) -> Writing:
        """What the command takes, once the form is valid."""
        cleaned = self.cleaned_data
        return Writing(kind, Variant(cleaned["variant"]), cleaned["more"], self.override())


class Send(Form):
    """How and when a letter went out."""

    way = fields.Choice(label="How did it go out?", choices=Way.choices)
    on = moments.Day(label="On which day?")


class Template(Form):
    """The words of a letter."""

    title = fields.Text(label="Title", hint="The person sees it", max_length=80, audience=Audience.SHOWN)
    text = fields.LongText(
        label="Words of the letter",
        hint="The person sees them. An empty line begins a new paragraph",
        max_length=4000,
        rows=14,
        audience=Audience.SHOWN,
    )

    replaces = CharField(required=False, max_length=12, widget=HiddenInput)

    def follow(self, replaces: str) -> None:
        """Let the form replace the words in use, once the page has shown them."""
        self.data = {**dict(self.data.items()), "replaces": replaces}

    def words(self) -> Words:
        """What the command takes, once the form is valid."""
        return Words(*(self.cleaned_data[name] for name in ("title", "text", "replaces")))
