"""The two steps of a password with an authenticator app, for a new account and an existing one.

Between the steps the session holds the password's hash and the app's secret, encrypted with the site's key.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from desist.accounts import sessions
from desist.accounts.factors import codes, forms
from desist.accounts.factors.commands import hashed
from desist.ui.forms import Form

NAME = "setting-up"


@dataclass(frozen=True)
class Pending:
    """The data between the two steps: a password's hash and an app's secret. `name` is its key in the session."""

    password: str
    secret: bytes
    name: str = NAME


def password_form(request: HttpRequest, *, name: str, email: str) -> forms.NewPassword:
    """The first step's form."""
    return forms.NewPassword(request.POST or None, name=name, email=email)


def set_aside(request: HttpRequest, *, password: str) -> None:
    """Keep the password's hash for the second step, with a new secret."""
    waiting = {"password": hashed(password), "secret": b64encode(codes.new_secret()).decode()}
    sessions.keep(request, name=NAME, text=json.dumps(waiting))


def pending(request: HttpRequest) -> Pending | None:
    """The pending data, if this session took the first step."""
    kept = sessions.kept(request, name=NAME)
    if not kept:
        return None
    waiting = json.loads(kept)
    return Pending(waiting["password"], b64decode(waiting["secret"]))


def code_page(request: HttpRequest, form: Form, waiting: Pending, *, email: str, leave: str) -> HttpResponse:
    """The second step's page: the secret as a picture and in letters, and the field for its first code."""
    issuer = f"Desist {settings.DESIST_SITE_NAME}"
    page = {
        "form": form,
        "leave": leave,
        "letters": codes.spelled(waiting.secret),
        "picture": codes.picture(codes.address(waiting.secret, account=email, issuer=issuer)),
    }
    return render(request, "accounts/factors/code.html", page, status=422 if form.errors else 200)
