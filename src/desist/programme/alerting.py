"""What a form says beside its question for a number to ring, where no alert will carry it."""

from desist.ui.forms import Form

#: what the question for a telephone number says where nobody stands behind the referral
NO_ALERT = "No partner organisation is linked to this referral, so no alert is sent: telephone the police yourself. The number is not passed on."


def promise_nothing(form: Form, *names: str) -> None:
    """Say beside these questions for a number that no alert will carry it."""
    for name in names:
        form.fields[name].help_text = NO_ALERT
