"""The pages of the phone's own lock: in by it, and how this phone opens."""

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from desist.participant import calls, forms, passkeys
from desist.participant.drawing import entrance, page, signed_in
from desist.participant.entrance import WRONG
from desist.participant.here import PhoneRequest, carrying

NOT_MADE = "This phone’s lock was not added. Type your six digits, and try again"


@require_POST
def opened(request: PhoneRequest) -> HttpResponse:
    """Open a sign-in by the phone's lock. Every failure is answered with the words of a wrong code."""
    sitting = secrets.token_urlsafe(32)
    if passkeys.use(request, _answer(request), sitting=sitting):
        return carrying(redirect("mine:today"), sitting=sitting)
    return entrance(request, sentence=WRONG, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def lock(request: PhoneRequest) -> HttpResponse:
    """Add the phone's lock as a way in, with the six digits; or remove it."""
    sentence = ""
    if request.method == "POST":
        form = forms.Code(request.POST)
        if "remove" in request.POST:
            calls.drop_passkey(request.sitting, at=request.at)
            return redirect(f"{request.path}?saved=1")
        digits = form.digits if form.is_valid() else ""
        if digits and passkeys.keep(request, _answer(request), pin=digits):
            return redirect(f"{request.path}?saved=1")
        # The fifth wrong code ended this phone.
        if not calls.stays(request.sitting, at=request.at):
            return entrance(request, sentence=WRONG, status=422)
        sentence = NOT_MADE
    return page(
        request,
        "lock",
        sentence=sentence,
        status=422 if sentence else 200,
        question=passkeys.to_make(request),
        has=passkeys.known_here(request) is not None,
    )


def _answer(request: PhoneRequest) -> str:
    return str(request.POST.get("credential", ""))
