"""The pages about referrals."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from desist.programme import saves
from desist.programme.filters import queries as filters
from desist.programme.filters.states import List
from desist.programme.referrals import commands, forms, queries
from desist.programme.referrals.states import State
from desist.referral.forms import LABELS
from desist.ui.asking import press
from desist.ui.tables import Cursor, Sort
from desist.wall.requests import StaffRequest


@require_safe
def referrals(request: StaffRequest) -> HttpResponse:
    """Show the referrals in a state, beginning with those that wait for a decision."""
    asked = request.GET.get("state", "")
    state = State(asked) if asked in State.values else State.RECEIVED
    form = forms.Narrow(request.GET)
    sort = Sort.read(request.GET, allowed=queries.SORTED, default=queries.usual_order(state))
    rows, paging = queries.referrals(
        actor=request.actor,
        narrowed=queries.Narrowed(state, form.said("route"), form.said("referrer")),
        sort=sort,
        cursor=Cursor.read(request.GET),
        at=request.at,
    )
    context = {"rows": rows, "paging": paging, "sort": sort, "form": form}
    context |= {"state": state, "states": State.choices}
    # The plain list is opened all day: it asks for no filters that one keeps.
    context["kept"] = filters.kept(actor=request.actor, of=List.REFERRALS) if request.GET else None
    return render(request, "programme/referrals/referrals.html", context)


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
