"""The pages about referrals."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.accounts.searching import allowed
from desist.programme import saves
from desist.programme.referrals import commands, queries
from desist.programme.referrals.states import State
from desist.referral.finding import Search
from desist.referral.forms import LABELS
from desist.ui.asking import press
from desist.ui.tables import Cursor
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def referrals(request: StaffRequest) -> HttpResponse:
    """Show the referrals in a state, beginning with those that wait for a decision; a search looks in all of them.

    The typed text goes in the body: no name or birthday enters an address or a log.
    """
    asked = request.GET.get("state", "")
    state = State(asked) if asked in State.values else State.RECEIVED
    form = Search(request.POST if request.method == "POST" else None)
    context = {
        "form": form,
        "state": state,
        "states": State.choices,
        "paging": None,
        "more": False,
        "sought": False,
    }
    if form.is_valid() and (wanted := form.wanted()) and allowed(request, form, typed=wanted.name):
        rows, more = queries.found(actor=request.actor, wanted=wanted, at=request.at)
        context |= {"rows": rows, "more": more, "sought": True}
    else:
        cursor = Cursor.read(request.GET)
        rows, paging = queries.referrals(actor=request.actor, state=state, cursor=cursor, at=request.at)
        context |= {"rows": rows, "paging": paging}
    status = 422 if form.errors else 200
    return render(request, "programme/referrals/referrals.html", context, status=status)


@require_safe
def referral(request: StaffRequest, ref: str) -> HttpResponse:
    """One referral, whole."""
    page = queries.referral(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/referrals/referral.html", {"page": page, "labels": LABELS})


@require_safe
def person(request: StaffRequest, ref: str) -> HttpResponse:
    """The referral of a person on the programme, for their practitioner."""
    page = queries.of_person(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/referrals/referral.html", {"page": page, "labels": LABELS})


@require_POST
def read(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that the actor read the referrer's change, or that work goes on after a withdrawal."""
    page = queries.referral(actor=request.actor, ref=ref, at=request.at)

    def then(noted: str | None) -> HttpResponse:
        if noted:
            messages.success(request, "Noted in the history.")
        return (
            redirect("referrals:person", page.episode)
            if page.episode
            else redirect("referrals:referral", ref)
        )

    return press(
        request,
        do=lambda: commands.read(
            actor=request.actor, ref=ref, version=saves.number(request.POST.get("version", "")), at=request.at
        ),
        then=then,
    )
