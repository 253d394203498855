"""The pages of the post."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.post import commands, forms, own, queries
from desist.post.states import SetAsideReason
from desist.sites import Zone
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_safe
def envelopes(request: StaffRequest) -> HttpResponse:
    """Show the waiting envelopes, and the dead ones with the reason."""
    page = queries.envelopes(actor=request.actor, at=request.at)
    return render(request, "post/envelopes.html", {"page": page})


@require_POST
def retry(request: StaffRequest, ref: UUID) -> HttpResponse:
    """Let an envelope that is dead or was set aside be handled again."""
    return press(
        request,
        do=lambda: commands.retry(actor=request.actor, ref=str(ref), at=request.at),
        done="The envelope will be handled again within seconds",
        then=lambda _: redirect("post:envelopes"),
    )


@require_http_methods(["GET", "POST"])
def set_aside(request: StaffRequest, ref: UUID) -> HttpResponse:
    """Give up an envelope that can never be handled."""
    form = forms.SetAside(request.POST or None)
    page = queries.envelope(actor=request.actor, ref=str(ref), at=request.at)

    def then(_: None) -> HttpResponse:
        messages.success(request, "The envelope is set aside. It waits for nothing any more")
        return redirect("post:envelopes")

    return ask(
        request,
        "post/set_aside.html",
        form,
        do=lambda: commands.set_aside(
            actor=request.actor, ref=str(ref), why=SetAsideReason(form.cleaned_data["why"]), at=request.at
        ),
        then=then,
        page={"page": page},
    )


@require_POST
def retry_all(request: StaffRequest, ref: str) -> HttpResponse:
    """Let every dead envelope of a partner be handled again."""
    return press(
        request,
        do=lambda: commands.retry_all(actor=request.actor, ref=ref, at=request.at),
        done="The envelopes will be handled again within seconds",
        then=lambda _: redirect("post:envelopes"),
    )


@require_safe
def partners(request: StaffRequest) -> HttpResponse:
    """Show the partner register, and the digits of this site's own keys."""
    rows = queries.partners(actor=request.actor, at=request.at)
    return render(request, "post/partners.html", {"rows": rows, "own": own.keys().public.fingerprint})


@require_safe
def introduction(request: StaffRequest) -> HttpResponse:
    """Download the file by which a partner adds this site to its register."""
    name, text = queries.introduction(actor=request.actor, at=request.at)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """List another site in the register."""
    form = forms.NewPartner(request.POST or None, request.FILES or None)

    def then(_: str) -> HttpResponse:
        messages.success(request, f"{form.cleaned_data['title']} is in the partner register")
        return redirect("post:partners")

    return ask(
        request,
        "post/add.html",
        form,
        do=lambda: commands.add_partner(
            actor=request.actor,
            name=form.cleaned_data["name"],
            zone=Zone(form.cleaned_data["zone"]),
            reach=form.reach(),
            at=request.at,
        ),
        then=then,
        page={},
    )


@require_http_methods(["GET", "POST"])
def partner(request: StaffRequest, ref: str) -> HttpResponse:
    """Change how this site reaches a partner."""
    page = queries.partner(actor=request.actor, ref=ref, at=request.at)
    initial = {name: getattr(page, name) for name in ("title", "transport", "phone", "area")}
    initial["keys"] = page.offered_keys or page.keys
    form = forms.ChangedPartner(
        request.POST or None, request.FILES or None, initial={**initial, "ended": page.ended_at is not None}
    )
    form.site_name, form.known_keys = page.name, (page.keys, page.offered_keys)
    if not page.unread:
        del form.fields["own_digits"]

    def then(_: None) -> HttpResponse:
        messages.success(request, f"Saved for {form.cleaned_data['title']}")
        return redirect("post:partners")

    return ask(
        request,
        "post/partner.html",
        form,
        do=lambda: commands.change_partner(
            actor=request.actor,
            ref=ref,
            reach=form.reach(),
            ended=form.cleaned_data["ended"],
            at=request.at,
        ),
        then=then,
        page={"page": page},
    )


@require_safe
def by_hand(request: StaffRequest) -> HttpResponse:
    """Show the tasks by telephone."""
    rows = queries.tasks(actor=request.actor, at=request.at)
    return render(request, "post/by_hand.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def tell(request: StaffRequest, ref: str) -> HttpResponse:
    """Read a task out, and record the person who was told."""
    form = forms.Told(request.POST or None)
    page = queries.task(actor=request.actor, ref=ref, at=request.at)

    def then(_: None) -> HttpResponse:
        messages.success(request, "The task is done: the partner was told")
        return redirect("post:by-hand")

    return ask(
        request,
        "post/tell.html",
        form,
        do=lambda: commands.tell(actor=request.actor, ref=ref, telling=form.telling(), at=request.at),
        then=then,
        page={"page": page},
    )
