"""The pages about the post."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.post import commands, forms, queries
from desist.sites import Zone
from desist.wall.requests import StaffRequest


@require_safe
def envelopes(request: StaffRequest) -> HttpResponse:
    """What waits, and what died and why."""
    page = queries.envelopes(actor=request.actor, at=request.at)
    return render(request, "post/envelopes.html", {"page": page})


@require_POST
def retry(request: StaffRequest, ref: UUID) -> HttpResponse:
    """Let a dead envelope be handled again."""
    try:
        commands.retry(actor=request.actor, ref=str(ref), at=request.at)
    except commands.NotDead:
        messages.info(request, "This envelope is already on its way again")
    else:
        messages.success(request, "The envelope will be handled again within seconds")
    return redirect("post:envelopes")


@require_safe
def partners(request: StaffRequest) -> HttpResponse:
    """The partner register."""
    rows = queries.partners(actor=request.actor, at=request.at)
    return render(request, "post/partners.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """List another site in the register."""
    form = forms.NewPartner(request.POST or None)
    if form.is_valid():
        name, zone = form.cleaned_data["name"], Zone(form.cleaned_data["zone"])
        try:
            commands.add_partner(actor=request.actor, name=name, zone=zone, reach=form.reach(), at=request.at)
        except commands.AlreadyListed:
            form.keep(f"The register already lists a site named {name}")
        else:
            messages.success(request, f"{form.cleaned_data['title']} is in the partner register")
            return redirect("post:partners")
    return render(request, "post/add.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def partner(request: StaffRequest, ref: str) -> HttpResponse:
    """Change how a partner is reached."""
    page = queries.partner(actor=request.actor, ref=ref, at=request.at)
    initial = {name: getattr(page, name) for name in ("title", "transport", "phone", "area", "keys")}
    form = forms.ChangedPartner(request.POST or None, initial={**initial, "ended": page.ended_at is not None})
    form.site_name, form.known_keys = page.name, page.keys
    if form.is_valid():
        ended = form.cleaned_data["ended"]
        commands.change_partner(actor=request.actor, ref=ref, reach=form.reach(), ended=ended, at=request.at)
        messages.success(request, f"Saved for {form.cleaned_data['title']}")
        return redirect("post:partners")
    status = 422 if form.errors else 200
    return render(request, "post/partner.html", {"form": form, "page": page}, status=status)


@require_safe
def by_hand(request: StaffRequest) -> HttpResponse:
    """What is to be told by telephone."""
    rows = queries.tasks(actor=request.actor, at=request.at)
    return render(request, "post/by_hand.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def tell(request: StaffRequest, ref: str) -> HttpResponse:
    """Read a task out, and note whom you told."""
    form = forms.Told(request.POST or None)
    if form.is_valid():
        try:
            commands.tell(actor=request.actor, ref=ref, telling=form.telling(), at=request.at)
        except commands.AlreadyTold:
            form.keep("Someone else has already told the partner and recorded it")
        except commands.NoLonger:
            form.keep("This no longer needs to be passed on. If you have already told someone, let them know")
        except commands.Overtaken:
            form.keep("There is later news of the same kind: read that out, and record there who you told")
        else:
            messages.success(request, "Noted")
            return redirect("post:by-hand")
    page = queries.task(actor=request.actor, ref=ref, at=request.at)
    return render(request, "post/tell.html", {"form": form, "page": page}, status=422 if form.errors else 200)
