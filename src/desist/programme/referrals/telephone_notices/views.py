"""The pages that take down what a referrer without software says of a referral."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desist.programme.referrals.telephone_notices import commands, forms, queries
from desist.programme.referrals.telephone_notices.states import Settled
from desist.referral.answers import BY_KEY
from desist.referral.forms import LABELS
from desist.refusals import Changed
from desist.ui.asking import ask
from desist.ui.dates import LONDON
from desist.wall.requests import StaffRequest

#: what is said once it is settled
SETTLED = {
    Settled.CONFIRMED: "Confirmed: the referrer withdrew this referral. Ask them to confirm it in writing as well.",
    Settled.MISTAKE: "Recorded: the referrer did not withdraw this referral.",
}
HEARD = "programme/telephone_notices/heard.html"
CHANGED = (
    "Not saved: a colleague changed this referral after you opened the page. What it says now is shown above the form. "
    "Save again to amend it anyway"
)
STALE = "Not saved: a colleague changed this referral after you opened the page. Look at it in another tab, then save again"


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str, key: str) -> HttpResponse:
    """One section, put right as the referrer says."""
    if key not in BY_KEY:
        raise Http404
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form, heading = _form(request, page, key), f"Enter a change: {BY_KEY[key].title}"

    def then(_: None) -> HttpResponse:
        for sentence in form.warnings():
            messages.warning(request, sentence)
        messages.success(request, "Saved. The referral shows what was changed, by whom and why.")
        return _back(page)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_change(actor=request.actor, ref=ref, at=request.at)
        form.keep(CHANGED)
        form.version = newer.version
        return {"newer": newer}

    return ask(
        request,
        HEARD,
        form,
        do=lambda: commands.change(
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
        ),
        then=then,
        page={"page": page, "heading": heading, "newer": None, "key": key, "labels": LABELS},
        anew=anew,
    )


def _form(request: StaffRequest, page: queries.TelephoneNoticePage, key: str) -> forms.Change:
    """Return the form of one section as it is answered, to be put right."""
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

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_take_back(actor=request.actor, ref=ref, at=request.at)
        form.keep(STALE)
        form.version = newer.version
        return {"page": newer}

    return ask(
        request,
        HEARD,
        form,
        do=lambda: commands.type_withdrawal(
            actor=request.actor,
            ref=ref,
            reason=form.why(),
            told=form.told(),
            version=form.version,
            submission=form.submission,
            at=request.at,
        ),
        done="Saved. It counts once a second person confirms it.",
        then=lambda _: _back(page),
        page={"page": page, "heading": "Record that the referrer withdrew it"},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def settle(request: StaffRequest, ref: str) -> HttpResponse:
    """Confirm, as a second person, that a referral was withdrawn, or say that this was a mistake."""
    page = queries.to_settle(actor=request.actor, ref=ref, at=request.at)
    form = forms.Settling(request.POST or None, may_confirm=page.may_confirm, version=page.version)

    def then(first: bool) -> HttpResponse:  # noqa: FBT001 -- what the command says
        if first:
            messages.success(request, SETTLED[form.settled()])
        else:
            messages.info(request, "This has already been settled. The referral’s history shows how.")
        return redirect("home:home")

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_settle(actor=request.actor, ref=ref, at=request.at)
        form.keep("Not saved: this referral has since been changed. Read what it says now, then choose again")
        form.version = newer.version
        return {"page": newer}

    return ask(
        request,
        "programme/telephone_notices/settle.html",
        form,
        do=lambda: commands.settle(
            actor=request.actor, ref=ref, outcome=form.settled(), version=form.version, at=request.at
        ),
        then=then,
        page={"page": page},
        anew=anew,
    )


def _back(page: queries.TelephoneNoticePage) -> HttpResponse:
    """Return the page on which the referral is read."""
    if page.episode:
        return redirect("referrals:person", page.episode)
    return redirect("referrals:referral", page.ref)
