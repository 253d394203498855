"""The form that reads an agency's file in."""

from django import forms as django_forms
from django.core.files.uploadedfile import UploadedFile

from desist.answering.forms import Answer
from desist.referral import files
from desist.referral.files import Media
from desist.refusals import Refused
from desist.ui import fields
from desist.ui.fields import missing_sentence
from desist.ui.forms import Form
from desist.ui.words import Audience

MOST_BYTES = 64 * 1024
NO_FILE = "Choose the file that the agency gave back. If you did, it was cut off on the way"
TOO_LARGE = "The file is too large for an answer form. Choose the plain text that the agency gave back"
NOT_PLAIN = "The form is a plain text. If the agency sent another kind of file, record what it says by hand"


class Check(Answer):
    """What a form says, for the colleague who looks at it before it is kept."""

    said = fields.Choice(label="What did the agency say?", choices=[])
    words = fields.LongText(
        label="The agency’s words", required=False, max_length=1000, rows=4, audience=Audience.CROSSES
    )


class Back(Form):
    """The file that an agency gave back."""

    file = django_forms.FileField(
        label="The form that the agency gave back",
        help_text="A plain text (.txt). It is read here, and the file itself is not kept.",
        error_messages={**missing_sentence("File", NO_FILE), "empty": "The file is empty"},
    )

    def clean_file(self) -> str:
        """Return the text of the file."""
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        content: bytes = sent.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise django_forms.ValidationError(TOO_LARGE)
        try:
            file = files.inspect(name="form.txt", content=content)
        except Refused:
            raise django_forms.ValidationError(NOT_PLAIN) from None
        if file.media is not Media.TEXT:
            raise django_forms.ValidationError(NOT_PLAIN)
        return file.content.decode()
