"""The pages on which somebody types in what a referrer without software says of a referral."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from desist.programme.referrals.telephone_notices import commands, forms, queries
from desist.programme.referrals.telephone_notices.states import Settled
from desist.referral.answers import BY_KEY
from desist.referral.forms import LABELS
from desist.refusals import Changed
from desist.ui.dates import LONDON
from desist.ui.forms import Form
from desist.ui.words import Unclear
from desist.wall.requests import StaffRequest

#: what is said once it is settled
SETTLED = {
    Settled.CONFIRMED: "Confirmed: the referrer withdrew this referral. Ask them to confirm it in writing as well.",
    Settled.MISTAKE: "Recorded: the referrer did not withdraw this referral.",
}
CHANGED = (
    "Not saved: somebody changed this referral since you opened the page. What it says now is shown above the form. "
    "Save again to amend it anyway"
)
STALE = "Not saved: somebody changed this referral since you opened the page. Look at it in another tab, then save again"


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str, key: str) -> HttpResponse:
    """One section, put right as the referrer says."""
    if key not in BY_KEY:
        raise Http404
    newer = None
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = _form(request, page, key)
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
                no_names=form.no_names,
                override=form.override(),
                at=request.at,
            )
        except commands.Impossible as sentence:
            form.keep(str(sentence))
        except Unclear as unclear:
            form.refuse(unclear)
        except commands.NothingChanged:
            form.keep("Nothing here is different from what the referral says")
        except (Changed, commands.MayBeNames):
            newer = queries.to_change(actor=request.actor, ref=ref, at=request.at)
            form.keep(CHANGED)
            form.version = newer.version
        else:
            _warn(request, form.warnings())
            messages.success(request, "Saved. The referral shows what was changed, by whom and why.")
            return _back(page)
    heading = f"Enter a change: {BY_KEY[key].title}"
    return _drawn(request, page, form, heading, {"newer": newer, "key": key, "labels": LABELS})


def _form(request: StaffRequest, page: queries.Page, key: str) -> forms.Change:
    """One section as it is answered, to be put right."""
    return forms.CHANGES[key](
        request.POST or None,
        at=request.at,
        initial={name: page.answers[name] for name in BY_KEY[key].names},
        version=page.version,
        today=request.at.astimezone(LONDON).date(),
        amending=page.answers,
    )


@require_http_methods(["GET", "POST"])
def taken_back(request: StaffRequest, ref: str) -> HttpResponse:
    """The referrer takes the referral back."""
    page = queries.to_take_back(actor=request.actor, ref=ref, at=request.at)
    form = forms.TakenBack(request.POST or None, at=request.at, version=page.version)
    if form.is_valid():
        try:
            commands.type_withdrawal(
                actor=request.actor,
                ref=ref,
                reason=form.why(),
                told=form.told(),
                version=form.version,
                submission=form.submission,
                at=request.at,
            )
        except commands.Impossible as sentence:
            form.keep(str(sentence))
        except Changed:
            form.keep(STALE)
            form.version = queries.to_take_back(actor=request.actor, ref=ref, at=request.at).version
        else:
            messages.success(request, "Saved. It counts once a second person confirms it.")
            return _back(page)
    return _drawn(request, page, form, "Record that the referrer withdrew it")


@require_http_methods(["GET", "POST"])
def settle(request: StaffRequest, ref: str) -> HttpResponse:
    """A second person confirms that a referral is taken back, or somebody says that this was a mistake."""
    page = queries.to_settle(actor=request.actor, ref=ref, at=request.at)
    form = forms.Settling(request.POST or None, may_confirm=page.may_confirm, version=page.version)
    if form.is_valid():
        outcome = form.settled()
        try:
            commands.settle(
                actor=request.actor, ref=ref, outcome=outcome, version=form.version, at=request.at
            )
        except commands.AlreadySettled:
            messages.info(request, "Somebody has already settled this. The referral’s history shows how.")
            return redirect("home:home")
        except commands.Impossible as sentence:
            form.keep(str(sentence))
        except Changed:
            form.keep(
                "Not saved: this referral has since been changed. Read what it says now, then choose again"
            )
            form.version = page.version
        else:
            messages.success(request, SETTLED[outcome])
            return redirect("home:home")
    context = {"page": page, "form": form}
    return render(
        request, "programme/telephone_notices/settle.html", context, status=422 if form.errors else 200
    )


def _drawn(
    request: StaffRequest, page: queries.Page, form: Form, heading: str, beside: dict[str, Any] | None = None
) -> HttpResponse:
    context = {"page": page, "form": form, "heading": heading, **(beside or {})}
    return render(
        request, "programme/telephone_notices/heard.html", context, status=422 if form.errors else 200
    )


def _warn(request: StaffRequest, sentences: tuple[str, ...]) -> None:
    for sentence in sentences:
        messages.warning(request, sentence)


def _back(page: queries.Page) -> HttpResponse:
    """To where the referral is read."""
    if page.episode:
        return redirect("referrals:person", page.episode)
    return redirect("referrals:referral", page.ref)
