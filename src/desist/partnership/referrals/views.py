"""The pages of an officer's referrals."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.partnership.referrals import commands, forms, queries
from desist.partnership.referrals.sections import BY_KEY
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest


@require_safe
def referrals(request: StaffRequest) -> HttpResponse:
    """The area's referrals."""
    rows = queries.referrals(actor=request.actor, at=request.at)
    return render(request, "partnership/referrals/referrals.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def start(request: StaffRequest) -> HttpResponse:
    """Choose the programme and begin a draft."""
    programmes = queries.programmes(actor=request.actor)
    form = forms.Start(request.POST or None, programmes=programmes)
    if form.is_valid():
        ref = commands.start(actor=request.actor, programme=form.cleaned_data["programme"], at=request.at)
        return redirect("referrals:referral", ref)
    status = 422 if form.errors else 200
    return render(
        request, "partnership/referrals/start.html", {"form": form, "programmes": programmes}, status=status
    )


@require_safe
def referral(request: StaffRequest, ref: str) -> HttpResponse:
    """A draft as a task list; a sent referral with its answers and its progress."""
    page = queries.referral(actor=request.actor, ref=ref, at=request.at)
    template = "tasks" if page.is_draft else "referral"
    return render(request, f"partnership/referrals/{template}.html", {"page": page, "labels": forms.LABELS})


@require_http_methods(["GET", "POST"])
def section(request: StaffRequest, ref: str, key: str) -> HttpResponse:
    """One section of a draft."""
    if key not in BY_KEY:
        raise Http404
    part = BY_KEY[key]
    page = queries.referral(actor=request.actor, ref=ref, at=request.at)
    initial = {name: page.answers[name] for name in part.names}
    form = forms.FORMS[key](request.POST or None, initial=initial, version=page.version)
    if form.is_valid():
        try:
            commands.write(
                actor=request.actor,
                ref=ref,
                section=part,
                answers=form.cleaned_data,
                version=form.version,
                at=request.at,
            )
        except commands.NotADraft:
            form.keep("This referral was sent in the meantime and can no longer be changed")
        except commands.Stale:
            form.keep("This referral was changed elsewhere since you opened this page")
        else:
            return redirect("referrals:referral", ref)
    context = {"page": page, "form": form, "section": part}
    return render(request, "partnership/referrals/section.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def check(request: StaffRequest, ref: str) -> HttpResponse:
    """Check the answers, then send."""
    page = queries.referral(actor=request.actor, ref=ref, at=request.at)
    form = Form(request.POST or None, version=page.version)
    if form.is_valid():
        try:
            commands.send(actor=request.actor, ref=ref, version=form.version, at=request.at)
        except commands.NotADraft:
            return redirect("referrals:referral", ref)
        except commands.Stale:
            form.keep("This referral was changed elsewhere. Check the answers again")
        except commands.Unfinished as missing:
            form.keep(f"These sections are not finished: {missing}")
        else:
            return redirect("referrals:referral", ref)
    context = {"page": page, "form": form, "labels": forms.LABELS}
    return render(request, "partnership/referrals/check.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def withdraw(request: StaffRequest, ref: str) -> HttpResponse:
    """Take a referral back."""
    form = forms.Withdrawal(request.POST or None)
    if form.is_valid():
        try:
            commands.withdraw(actor=request.actor, ref=ref, reason=form.cleaned_data["reason"], at=request.at)
        except commands.NotUnderWay:
            form.keep("This referral is not under way, so there is nothing to take back")
        else:
            return redirect("referrals:referral", ref)
    page = queries.referral(actor=request.actor, ref=ref, at=request.at)
    context = {"page": page, "form": form}
    return render(request, "partnership/referrals/withdraw.html", context, status=422 if form.errors else 200)
