"""The person's own pages: today, appointments, homework, rights; and the way in and out. There is nothing else.

No script is needed. A page that cannot be answered says so plainly and gives back what was typed; it never says why a sign-in
did not work: a code that is wrong, used or too old, a phone that was ended and a person who left are answered alike.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.participant import calls, forms
from desist.participant.calls import Day
from desist.participant.here import PhoneRequest, carrying, wiped
from desist.references import typed
from desist.ui import dates
from desist.ui.forms import Form

NAME = "My week"
WRONG = "That did not work. Try again, or ask your practitioner for a new invitation"
OVER = "You were signed out. What you wrote was not saved: copy it before you leave this page"
CHANGED = "This day was changed meanwhile, perhaps by your own first tap. What is saved stands below; what you wrote is kept under it"
FAULT = "Something went wrong. Nothing was saved by your last step. Wait a minute, and try again"
NOTHING = "There is nothing at this address"
STALE = "This page was open for too long. Nothing was saved by your last step"
NOT_TAKEN = "That could not be sent now. Ask your practitioner"
DAYS = 7


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let only an open sign-in through; else ask for it, with what was typed to copy."""

    @wraps(view)
    def answered(request: PhoneRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 -- of the view
        if request.sitting:
            return view(request, *args, **kwargs)
        return _entrance(request, sentence=OVER if _typed(request) else "")

    return answered


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def today(request: PhoneRequest) -> HttpResponse:
    """Note one of the last seven days, today unless the address names another."""
    known = calls.diary(request.sitting, at=request.at)
    last = dates.day_of(request.at)
    span = [last - timedelta(days=back) for back in range(DAYS)]
    day = next((one for one in span if one.isoformat() == request.GET.get("day")), last)
    kept = known.get(day, Day(day))
    form = forms.Today(request.POST or None, initial=_initial(kept), version=kept.version)
    sentence, status = "", 200
    if request.method == "POST":
        said = calls.note(request.sitting, form.day(day), at=request.at) if form.is_valid() else ""
        if said == "saved":
            return redirect(f"{request.path}?day={day.isoformat()}&saved=1")
        sentence, status = (CHANGED if said == "changed" else _errors(form) or NOT_TAKEN), 422
        if said == "changed":
            kept = calls.diary(request.sitting, at=request.at).get(day, Day(day))
            form = forms.Today(None, initial=_initial(kept), version=kept.version)
    return _page(
        request,
        "today",
        sentence=sentence,
        saved="saved" in request.GET,
        typed=_typed(request) if status != 200 else (),
        status=status,
        day=day,
        days=[(one, one in known) for one in span],
        form=form,
        late=day != last,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def appointments(request: PhoneRequest) -> HttpResponse:
    """The sessions ahead; one can be called off, which is a task for the practitioner."""
    if request.method == "POST":
        return _send(request, "cannot_come", "appointments", str(request.POST.get("session", ""))[:12])
    return _appointments(request)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def homework(request: PhoneRequest) -> HttpResponse:
    """What was agreed in the last session: a tick, and a line."""
    if request.method == "POST":
        return _send(request, "homework", "homework", str(request.POST.get("session", ""))[:12])
    return _homework(request)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def rights(request: PhoneRequest) -> HttpResponse:
    """What the person may ask for: each is a task for the service."""
    if request.method == "POST":
        kind = str(request.POST.get("kind", ""))
        return _send(request, kind if kind in forms.RIGHTS else "", "rights", "")
    return _rights(request)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: PhoneRequest, code: str = "") -> HttpResponse:
    """Use an invitation in the room. Opening its link looks nothing up."""
    if request.method != "POST":
        return _page(request, "begin", code=code[:40])
    form = forms.Begin(request.POST)
    code = typed(str(request.POST.get("invitation", "")))[:40]
    if not form.is_valid() or form.complaint:
        return _page(request, "begin", code=code, sentence=_errors(form) or form.complaint, status=422)
    device, sitting = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    if not calls.begin(invitation=code, device=device, pin=form.digits, sitting=sitting, at=request.at):
        return _page(request, "begin", code="", sentence=WRONG, status=422)
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
    return _entrance(request, sentence=WRONG, status=422)


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
    return _page(request, "fault", sentence=STALE, typed=_typed(request), status=403)


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read."""
    del exception
    return _page(request, "fault", sentence=FAULT, status=400)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that is none, signed in or not, with the same bytes."""
    del exception
    return _page(request, "fault", sentence=NOTHING, status=404)


def handler500(request: HttpRequest) -> HttpResponse:
    """Answer a fault, the database's too, and give back what was typed."""
    return _page(request, "fault", sentence=FAULT, typed=_typed(request), status=503)


def _send(request: PhoneRequest, kind: str, place: str, session: str) -> HttpResponse:
    form = forms.Line(request.POST)
    sentence = NOT_TAKEN
    if form.is_valid():
        words, submission = form.cleaned_data["words"], form.submission
        sent = calls.ask(
            request.sitting, kind=kind, session=session, words=words, submission=submission, at=request.at
        )
        if sent:
            return redirect(f"/{place}/?saved=1")
    else:
        sentence = _errors(form)
    draw = {"appointments": _appointments, "homework": _homework, "rights": _rights}[place]
    return draw(request, sentence=sentence, typed=_typed(request), status=422)


def _appointments(request: PhoneRequest, **more: Any) -> HttpResponse:  # noqa: ANN401 -- as _page
    rows = calls.appointments(request.sitting, at=request.at)
    return _page(request, "appointments", rows=rows, form=forms.Line(), saved="saved" in request.GET, **more)


def _homework(request: PhoneRequest, **more: Any) -> HttpResponse:  # noqa: ANN401 -- as _page
    one = calls.homework(request.sitting, at=request.at)
    return _page(request, "homework", one=one, form=forms.Line(), saved="saved" in request.GET, **more)


def _rights(request: PhoneRequest, **more: Any) -> HttpResponse:  # noqa: ANN401 -- as _page
    rows = calls.requests(request.sitting, at=request.at)
    own = [(forms.RIGHTS.get(one.kind, "I cannot come to a session"), one) for one in rows]
    saved = "saved" in request.GET
    return _page(request, "rights", rows=own, kinds=forms.RIGHTS, form=forms.Line(), saved=saved, **more)


def _entrance(request: PhoneRequest, *, sentence: str = "", status: int = 200) -> HttpResponse:
    """Ask for the digits, or for an invitation where this phone is none or is ended: then it is wiped."""
    if request.device and calls.lives(request.device, at=request.at):
        return _page(request, "sign_in", sentence=sentence, typed=_typed(request), status=status)
    answer = _page(request, "begin", code="", sentence=sentence, typed=_typed(request), status=status)
    return wiped(answer, device=True) if request.device else answer


def _typed(request: HttpRequest) -> tuple[str, ...]:
    """The words of a form, to be copied; never a code."""
    return tuple(
        text
        for name in ("note", "words")
        if (text := str(request.POST.get(name, ""))[: forms.LONGEST]).strip()
    )


def _initial(day: Day) -> dict[str, Any]:
    figures = {name: getattr(day, name) for name in ("urge", "anger", "sadness", "shame")}
    said = {name: "" if figure is None else str(figure) for name, figure in figures.items()}
    return {**said, "act": day.act, "note": day.note}


def _errors(form: Form) -> str:
    return " ".join(str(one).rstrip(".") + "." for errors in form.errors.values() for one in errors).rstrip(
        "."
    )


def _page(
    request: HttpRequest,
    name: str,
    *,
    sentence: str = "",
    typed: tuple[str, ...] = (),
    saved: bool = False,
    status: int = 200,
    **shown: Any,  # noqa: ANN401 -- what the template draws
) -> HttpResponse:
    context = {"name": NAME, "here": name, "sentence": sentence, "typed": typed, "saved": saved, **shown}
    context["inside"] = name in {"today", "appointments", "homework", "rights"}
    return render(request, f"participant/{name}.html", context, status=status)
