"""Forms for the person who asks for a release of words, and for the second person who decides."""

from desist.partnership.releases.states import Reason
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience

SENTENCE = "At least one sentence, without a place, a number or a name."
RELEASE, BACK = "release", "send_back"


class Ask(Form):
    """The reason for a release."""

    reason = fields.Choice(label="Why can these words be used?", choices=Reason.choices)
    words = fields.LongText(
        label="Say why in a sentence", hint=SENTENCE, max_length=1000, rows=3, audience=Audience.STAYS
    )


class Decide(Form):
    """The second person's decision."""

    decision = fields.Choice(
        label="What do you decide?",
        choices=[(RELEASE, "Release exactly these words"), (BACK, "Send them back to be rewritten")],
    )
    words = fields.LongText(
        label="Say why in a sentence", hint=SENTENCE, max_length=1000, rows=3, audience=Audience.STAYS
    )


class GoOn(Form):
    """Why the release goes on without an answer."""

    words = fields.LongText(
        label="Why does it go on without the advocacy service’s answer?",
        hint=f"Say whom you rang and when. {SENTENCE}",
        max_length=1000,
        rows=3,
        audience=Audience.STAYS,
    )
