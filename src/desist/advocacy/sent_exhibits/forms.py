"""Forms about an exhibit that is sent to the police."""

from desist.advocacy.sent_exhibits.commands import Agreed
from desist.advocacy.victims.states import How
from desist.disclosure.forms import Recall
from desist.ui import fields, moments
from desist.ui.forms import Read
from desist.ui.words import Audience

__all__ = ["Recall", "Send"]


class Send(Read):
    """The report with which an exhibit goes, and the client's choice about it."""

    report = fields.Choice(label="With which report?", choices=[])
    agreed_on = moments.Day(label="When did your client choose to have it sent?")
    agreed_how = fields.Choice(
        label="How did they say so?", choices=[one for one in How.choices if one[0] != How.POLICE]
    )
    words = fields.LongText(
        label="In their own words, with any conditions",
        hint="It stays here, and is not sent.",
        max_length=2000,
        rows=3,
        audience=Audience.STAYS,
    )
    sure = fields.Tick(
        label="Your client has seen what is on the exhibit, or had it read to them, and wants it sent",
        missing="Go through the exhibit with your client first. Nothing is sent without them",
    )

    def agreed(self) -> Agreed:
        """The client's choice, once the form is valid."""
        cleaned = self.cleaned_data
        return Agreed(cleaned["agreed_on"], How(cleaned["agreed_how"]), cleaned["words"])
