"""Without a line: the frame that a phone keeps, the key of what it noted meanwhile, and the way in for that.

A phone keeps one page without a word about anybody. What is noted there is encrypted on the phone with a key that an open
sign-in gets, waits until there is a line, and is added once, however often it is sent (docs/adr/notes-wait-on-the-phone.md).
"""

import hmac
from base64 import b64encode
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.encoding import force_bytes
from django.views.decorators.http import require_POST, require_safe

from desist.participant import calls, forms
from desist.participant.calls import Day
from desist.participant.drawing import page
from desist.participant.here import PhoneRequest, wiped
from desist.skills import catalogue
from desist.ui import dates

WORKER = Path(__file__).parents[1] / "ui" / "static" / "ui" / "week-worker.js"


@require_safe
def frame(request: PhoneRequest) -> HttpResponse:
    """The page that the phone keeps for times without a line: diary, practice and homework, and nobody's word."""
    day = Day(dates.day_of(request.at))
    return page(request, "frame", **_blank(day))


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the frame; its last line changes with the frame's files, so that a phone then keeps those."""
    drawn = page(request, "frame", **_blank(Day(date.min)))
    text = WORKER.read_text("utf-8") + f"// {sha256(drawn.content).hexdigest()[:16]}\n"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


def _blank(day: Day) -> dict[str, Any]:
    return {
        "form": forms.Today(None, day=day, own=()),
        "practice": forms.Practice(None),
        "modules": catalogue.by_module(),
    }


@require_safe
def key(request: PhoneRequest) -> HttpResponse:
    """The key of this phone, for an open sign-in alone. It is the same each time, so what waited can be read again."""
    if not request.sitting:
        return HttpResponse(status=403)
    # The oldest secret, so that what waits on a phone can be read after the keys change.
    secret = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS][-1]
    made = hmac.digest(force_bytes(secret), f"notes that wait on {request.device}".encode(), "sha256")
    return JsonResponse({"key": b64encode(made).decode()})


@require_POST
def add(request: PhoneRequest) -> HttpResponse:
    """Add one note that waited. 403 asks for a sign-in, 410 says that this phone is none: then it forgets everything."""
    if not request.sitting:
        if request.device and calls.lives(request.device, at=request.at):
            return HttpResponse(status=403)
        return wiped(HttpResponse(status=410), device=True)
    kept = KEEPERS.get(str(request.POST.get("kind", "diary")), _no_kind)(request, _noted(request))
    return HttpResponse(status=204 if kept else 422)


def _diary(request: PhoneRequest, noted: datetime) -> bool:
    back = str(request.POST.get("ago", ""))
    form = forms.Today(request.POST, day=Day(dates.day_of(noted)), own=forms.posted(request.POST))
    if not form.is_valid() or back not in {str(number) for number in range(7)}:
        return False
    said = form.day(dates.day_of(noted) - timedelta(days=int(back)))
    added = calls.add(
        request.sitting, said, own=form.figures(), entry=_entry(request), noted=noted, at=request.at
    )
    if added and form.used:
        calls.use_skill(request.sitting, day=said.day, skill=form.used, instead=False, at=request.at)
    return added


def _practice(request: PhoneRequest, noted: datetime) -> bool:
    form, skill = forms.Practice(request.POST), str(request.POST.get("skill", ""))
    if skill not in catalogue.BY_KEY or not form.is_valid():
        return False
    return calls.practise_later(
        request.sitting,
        form.tried(skill=skill, today=dates.day_of(noted)),
        note=form.cleaned_data["note"],
        entry=_entry(request),
        noted=noted,
        at=request.at,
    )


def _homework(request: PhoneRequest, noted: datetime) -> bool:
    form = forms.Line({"words": str(request.POST.get("note", ""))})
    return form.is_valid() and calls.tick_later(
        request.sitting, words=form.cleaned_data["words"], noted=noted, at=request.at
    )


def _no_kind(request: PhoneRequest, noted: datetime) -> bool:  # noqa: ARG001 -- as the others
    return False


#: the kinds of notes that wait on a phone
KEEPERS = {"diary": _diary, "practice": _practice, "homework": _homework}


def _entry(request: PhoneRequest) -> str:
    return str(request.POST.get("entry", ""))[:64]


def _noted(request: PhoneRequest) -> datetime:
    """When it was noted: as long ago as the phone's own clock says, so a wrong clock does not matter."""
    try:
        since = int(request.POST.get("sent", "")) - int(request.POST.get("noted", ""))
        return request.at - timedelta(milliseconds=max(since, 0))
    except (ValueError, OverflowError):
        return request.at
