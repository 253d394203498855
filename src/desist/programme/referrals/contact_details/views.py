"""The page on which a person's own contact details are changed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from desist.programme.referrals.contact_details import commands, queries
from desist.referral.forms import LABELS, Reach
from desist.refusals import Changed
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """How the person is reached, with the checks of the referral's own form."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = Reach(request.POST or None, initial=page.answers, version=page.version)
    if form.is_valid():
        try:
            commands.keep(
                actor=request.actor, ref=ref, answers=form.answers(), version=form.version, at=request.at
            )
        except Changed:
            form.keep(
                "Not saved: somebody here or the referrer changed this referral since you opened the page. "
                "Look at it in another tab, then save again"
            )
            form.version = page.version
        else:
            messages.success(request, "Saved. These contact details are now used throughout.")
            if page.episode:
                return redirect("referrals:person", page.episode)
            return redirect("referrals:referral", ref)
    context = {"page": page, "form": form, "labels": LABELS}
    return render(
        request, "programme/contact_details/change.html", context, status=422 if form.errors else 200
    )
