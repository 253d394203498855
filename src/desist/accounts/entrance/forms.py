"""The forms of the entrance."""

from django.forms import PasswordInput

from desist.ui import fields
from desist.ui.forms import Form


class Password(Form):
    """E-mail address, password and a code."""

    email = fields.Token(
        label="E-mail address", missing="Enter your e-mail address", max_length=254, autocomplete="username"
    )
    password = fields.Token(
        label="Password",
        missing="Enter your password",
        widget=PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = fields.Token(
        label="Code",
        missing="Enter a code",
        hint="The six digits that your authenticator app shows, or one of your recovery codes",
        width=20,
        autocomplete="one-time-code",
    )


class Recover(Form):
    """E-mail address and a printed code."""

    email = fields.Token(
        label="E-mail address", missing="Enter your e-mail address", max_length=254, autocomplete="username"
    )
    code = fields.Token(
        label="Recovery code", hint="One of the ten you printed, such as k7f2-m9px-4cqd-7wht", width=20
    )
