"""In and out: the invitation, the six digits, and the answers that need no sign-in.

It is never said why a sign-in did not work: a code that is wrong, used or too old, a phone that was ended and a person who left
are answered alike.
"""

import secrets

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.participant import calls, forms
from desist.participant.drawing import entrance, errors, page
from desist.participant.drawing import typed as typed_words
from desist.participant.here import NAME, PhoneRequest, carrying, wiped
from desist.references import typed

WRONG = "That did not work. Try again, or ask your practitioner for a new invitation"
FAULT = "Something went wrong. Nothing was saved by your last step. Wait a minute, and try again"
NOTHING = "There is nothing at this address"
STALE = "This page was open for too long. Nothing was saved by your last step"


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: PhoneRequest, code: str = "") -> HttpResponse:
    """Use an invitation in the room. Opening its link looks nothing up."""
    if request.method != "POST":
        return page(request, "begin", code=code[:40])
    form = forms.Begin(request.POST)
    code = typed(str(request.POST.get("invitation", "")))[:40]
    if not form.is_valid() or form.complaint:
        return page(request, "begin", code=code, sentence=errors(form) or form.complaint, status=422)
    device, sitting = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    if not calls.begin(invitation=code, device=device, pin=form.digits, sitting=sitting, at=request.at):
        return page(request, "begin", code="", sentence=WRONG, status=422)
    # What another person left in this browser goes first.
    return carrying(wiped(redirect("mine:today"), device=False), sitting=sitting, device=device)


@require_POST
def sign_in(request: PhoneRequest) -> HttpResponse:
    """Open a sign-in by the six digits."""
    form = forms.Code(request.POST)
    sitting = secrets.token_urlsafe(32)
    if form.is_valid() and calls.sign_in(
        device=request.device, pin=form.digits, sitting=sitting, at=request.at
    ):
        return carrying(redirect("mine:today"), sitting=sitting)
    return entrance(request, sentence=WRONG, status=422)


@require_POST
def sign_out(request: PhoneRequest) -> HttpResponse:
    """Close the sign-in, and make the browser forget every page."""
    if request.sitting:
        calls.sign_out(request.sitting, at=request.at)
    return wiped(HttpResponseRedirect("/"), device=False)


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put these pages on its first screen: a name and a picture that tell nothing."""
    del request
    icon = {"src": static("ui/plain.svg"), "sizes": "any", "type": "image/svg+xml"}
    shown = {"name": NAME, "short_name": NAME, "start_url": "/", "display": "standalone", "icons": [icon]}
    return JsonResponse(shown, content_type="application/manifest+json")


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose security token is gone; what was typed comes back to be copied."""
    del reason
    return page(request, "fault", sentence=STALE, typed=typed_words(request), status=403)


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read."""
    del exception
    return page(request, "fault", sentence=FAULT, status=400)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that is none, signed in or not, with the same bytes."""
    del exception
    return page(request, "fault", sentence=NOTHING, status=404)


def handler500(request: HttpRequest) -> HttpResponse:
    """Answer a fault, the database's too, and give back what was typed."""
    return page(request, "fault", sentence=FAULT, typed=typed_words(request), status=503)
