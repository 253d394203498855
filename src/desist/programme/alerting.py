"""The sentence beside a form's question for a telephone number where no alert will carry that number."""

from desist.ui.forms import Form

#: the hint of the question for a telephone number where no partner organisation is linked to the referral
NO_ALERT = "No partner organisation is linked to this referral, so no alert is sent: telephone the police yourself. The number is not passed on."


def promise_nothing(form: Form, *names: str) -> None:
    """Say beside these questions for a number that no alert will carry it."""
    for name in names:
        form.fields[name].help_text = NO_ALERT
