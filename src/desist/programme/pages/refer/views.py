"""The pages for referrers without an account. They ask nothing of the browser, and set nothing in it: no cookie, no script.

A forged request gains nothing that its sender could not send themselves, so no token guards the forms. The page after
a form does not depend on the person who is named in it (docs/adr/referrers-without-an-account.md).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from desist.accounts.callers import caller
from desist.programme.outside import commands, queries
from desist.programme.pages.refer import forms
from desist.references import spoken
from desist.ui import errors
from desist.ui.asking import ask
from desist.ui.dates import day_of
from desist.wall.requests import StaffRequest

TOO_MANY = "Nothing was sent: too many forms came from your connection within an hour. Try again later, or ring the service"


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Show the services that take forms."""
    return render(request, "programme/refer/services.html", {"doors": queries.doors()})


@csrf_exempt
@require_http_methods(["GET", "POST"])
def person(request: StaffRequest, door: str) -> HttpResponse:
    """Refer a person."""
    return _asked(request, door, "programme/refer/person.html", forms.Professional)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def myself(request: StaffRequest, door: str) -> HttpResponse:
    """Refer oneself."""
    return _asked(request, door, "programme/refer/myself.html", forms.Myself)


def _asked(
    request: StaffRequest, ref: str, template: str, kind: type[forms.Professional] | type[forms.Myself]
) -> HttpResponse:
    """Draw a form or keep it: counted before anything in it is read."""
    door, sent = queries.door(ref=ref), request.method == "POST"
    if door is None:
        return _stopped(request, commands.CLOSED, 404)
    if sent and not commands.allowed(address=caller(request).address, at=request.at):
        return _stopped(request, TOO_MANY, 429)
    form = kind(request.POST if sent else None, request.FILES, today=day_of(request.at))
    return ask(
        request,
        template,
        form,
        do=lambda: commands.send(
            door=ref,
            sent=form.sent(),
            files=form.enclosed(),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda made: render(
            request, "programme/refer/sent.html", {"door": door, "receipt": spoken(made)}
        ),
        page={"door": door},
    )


def _stopped(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """Say why nothing was sent, and give the typed words back."""
    typed = [text for name, text in errors.sent(request) if name not in errors.UNTYPED and text.strip()]
    page = {"sentence": sentence, "typed": typed, "doors": queries.doors()}
    return render(request, "programme/refer/services.html", page, status=status)
