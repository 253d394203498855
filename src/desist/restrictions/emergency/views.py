"""The page on which a case is opened in an emergency."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from desist.restrictions.emergency import commands, forms, queries
from desist.wall.requests import StaffRequest

NOTHING = (
    "No case that you could open has this reference. That you asked, and why, is recorded and has been told to the "
    "data protection officer and your manager. Check the reference, or ring whoever is on duty"
)
OVERDUE = (
    "Nobody has looked into your last emergency access in time, so you cannot open another case. Ask your manager or "
    "the data protection officer to close the alert, and ring whoever is on duty meanwhile"
)

ELSEWHERE = (
    "You opened a case in another window at the same moment, and only one can be open at a time. That one is open. "
    "To open this one instead, press the button again"
)


@require_http_methods(["GET", "POST"])
def emergency(request: StaffRequest) -> HttpResponse:
    """Open one case for an hour, to read."""
    form = forms.Emergency(request.POST or None)
    if form.is_valid():
        asked = {"typed": form.cleaned_data["case"], "reason": form.cleaned_data["reason"]}
        try:
            case = commands.open_(actor=request.actor, at=request.at, **asked)
        except commands.ReviewOverdue:
            form.keep(OVERDUE)
        except commands.NothingOpened:
            form.keep(NOTHING)
        except commands.OpenedElsewhere:
            form.keep(ELSEWHERE)
        else:
            route, ref = queries.page_of(case=case)
            messages.warning(request, "You can read this case for one hour. Everything you open is recorded.")
            return redirect(route, ref)
    context = {"form": form, "page": queries.current(actor=request.actor, at=request.at)}
    status = 422 if form.errors else 200
    return render(request, "restrictions/emergency/emergency.html", context, status=status)


@require_POST
def end(request: StaffRequest) -> HttpResponse:
    """End it before the hour is over."""
    commands.end(actor=request.actor, at=request.at)
    messages.success(request, "The emergency access has ended.")
    return redirect("restrictions:emergency")
