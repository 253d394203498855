"""The pages on which advocates make a link for an agency without an account."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.accounts import sessions
from desist.advocacy.support.agency_links import commands, queries
from desist.answering.forms import Make
from desist.post import codes
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest

CODES = "codes of the link to "


@require_http_methods(["GET", "POST"])
def make(request: StaffRequest, ref: str) -> HttpResponse:
    """Make a link, to be shown once."""
    page = queries.to_make(actor=request.actor, ref=ref, at=request.at)
    form = Make(request.POST or None)

    def do() -> None:
        both = commands.make(
            actor=request.actor, ref=ref, days=form.days, submission=form.submission, at=request.at
        )
        if all(both):
            sessions.keep(request, name=f"{CODES}{ref}", text=" ".join(both))

    return ask(
        request,
        "advocacy/support/link.html",
        form,
        do=do,
        then=lambda _: redirect("agency_links:made", ref),
        page={"found": page, "page": page.client},
    )


@require_safe
def made(request: StaffRequest, ref: str) -> HttpResponse:
    """Show the new link and its code, once."""
    page = queries.to_make(actor=request.actor, ref=ref, at=request.at)
    own, _, code = sessions.kept(request, name=f"{CODES}{ref}").partition(" ")
    sessions.forget(request, name=f"{CODES}{ref}")
    link = request.build_absolute_uri(reverse("answers:link", args=[own])) if own else ""
    context = {"found": page, "page": page.client, "link": link, "code": codes.spoken(code)}
    return render(request, "advocacy/support/link_made.html", context)


@require_POST
def revoke(request: StaffRequest, ref: str) -> HttpResponse:
    """Revoke a link at once."""
    referral = queries.to_revoke(actor=request.actor, ref=ref, at=request.at)
    return press(
        request,
        do=lambda: commands.revoke(actor=request.actor, ref=ref, at=request.at),
        done="The link is revoked: nothing can be read or said by it any more.",
        then=lambda _: redirect("support:referral", referral),
    )
