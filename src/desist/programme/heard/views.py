"""The pages on which somebody types in what a referrer without software says of a referral."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from desist.programme.heard import commands, forms, queries
from desist.referral.answers import BY_KEY
from desist.ui.dates import LONDON
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest

STALE = (
    "Not saved: somebody changed this referral since you opened the page. Open it in another tab to see both"
)


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str, key: str) -> HttpResponse:
    """One section, put right as the referrer says."""
    if key not in BY_KEY:
        raise Http404
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.CHANGES[key](
        request.POST or None,
        at=request.at,
        initial={name: page.answers[name] for name in BY_KEY[key].names},
        version=page.version,
        today=request.at.astimezone(LONDON).date(),
        amending=True,
    )
    if form.is_valid():
        try:
            commands.change(
                actor=request.actor,
                ref=ref,
                section=BY_KEY[key],
                answers=form.answers(),
                reason=form.amend_reason(),
                told=form.told(),
                version=form.version,
                override=form.override(),
                at=request.at,
            )
        except commands.Impossible as sentence:
            form.keep(str(sentence))
        except commands.NothingChanged:
            form.keep("Nothing here is different from what the referral says")
        except commands.Stale:
            form.keep(STALE)
        else:
            for warning in form.warnings():
                messages.warning(request, warning)
            messages.success(request, "Saved. The referral shows what was changed, by whom and why.")
            return _back(page)
    return _drawn(request, page, form, f"Enter a change: {BY_KEY[key].title}")


@require_http_methods(["GET", "POST"])
def taken_back(request: StaffRequest, ref: str) -> HttpResponse:
    """The referrer takes the referral back."""
    page = queries.to_take_back(actor=request.actor, ref=ref, at=request.at)
    form = forms.TakenBack(request.POST or None, at=request.at, version=page.version)
    if form.is_valid():
        try:
            commands.take_back(
                actor=request.actor,
                ref=ref,
                reason=form.why(),
                told=form.told(),
                version=form.version,
                at=request.at,
            )
        except commands.Impossible as sentence:
            form.keep(str(sentence))
        except commands.Stale:
            form.keep(STALE)
        else:
            messages.success(request, "Saved: the referrer withdrew this referral.")
            return _back(page)
    return _drawn(request, page, form, "Record that the referrer withdrew it")


def _drawn(request: StaffRequest, page: queries.Page, form: Form, heading: str) -> HttpResponse:
    context = {"page": page, "form": form, "heading": heading}
    return render(request, "programme/heard/heard.html", context, status=422 if form.errors else 200)


def _back(page: queries.Page) -> HttpResponse:
    """To where the referral is read."""
    if page.episode:
        return redirect("referrals:person", page.episode)
    return redirect("referrals:referral", page.ref)
