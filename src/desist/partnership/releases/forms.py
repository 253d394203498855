"""What is said by those who ask for words to be released, and by those who release them."""

from desist.partnership.releases.states import Reason
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience

SENTENCE = "At least one sentence, without a place, a number or a name."
RELEASE, BACK = "release", "send_back"


class Ask(Form):
    """Why the words may be said."""

    reason = fields.Choice(label="Why can these words be used?", choices=Reason.choices)
    words = fields.LongText(
        label="Say why in a sentence", hint=SENTENCE, max_length=1000, rows=3, audience=Audience.STAYS
    )


class Decide(Form):
    """What the second person decides."""

    decision = fields.Choice(
        label="What do you decide?",
        choices=[(RELEASE, "Release exactly these words"), (BACK, "Send them back to be rewritten")],
    )
    words = fields.LongText(
        label="Say why in a sentence", hint=SENTENCE, max_length=1000, rows=3, audience=Audience.STAYS
    )


class GoOn(Form):
    """Why it goes on without an answer."""

    words = fields.LongText(
        label="Why does it go on without the advocacy service’s answer?",
        hint=f"Say whom you rang and when. {SENTENCE}",
        max_length=1000,
        rows=3,
        audience=Audience.STAYS,
    )
