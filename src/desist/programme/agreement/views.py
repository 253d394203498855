"""The pages of the agreement to take part: the notice, the answer, a withdrawal and what follows."""

from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from desist import notices
from desist.desk.duty import queries as duty_queries
from desist.programme.agreement import commands, forms, queries
from desist.refusals import Changed
from desist.ui import asking, dates, documents
from desist.ui.addresses import url
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest

OVERTAKEN = "Not saved: this was changed after you opened the page. What it says now is shown above the form"
LAYOUT = Path(__file__).parent / "notice.typ"
WITHDREW = "The withdrawal is recorded, and the alert is on its way."
WITHDREW_UNHEARD = (
    "The withdrawal is recorded. No alert was sent: no partner organisation is linked to this referral."
)


@require_safe
def agreement(request: StaffRequest, ref: str) -> HttpResponse:
    """Show where a person's agreement stands."""
    page = queries.agreement(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/agreement/agreement.html", {"page": page})


@require_safe
def notice(request: StaffRequest) -> HttpResponse:
    """A notice to read, or to print from the browser: the newest, or the version that the address asks for."""
    page = _notice(request)
    pdf = f"{url('agreement:notice-pdf')}?{urlencode({'version': page.notice.version})}"
    return render(request, "programme/agreement/notice.html", {"page": page, "pdf": pdf})


@require_safe
def notice_pdf(request: StaffRequest) -> HttpResponse:
    """A notice as a PDF that screen readers can follow."""
    return _pdf(_notice(request))


@require_safe
def given(request: StaffRequest, ref: str) -> HttpResponse:
    """A notice as it was given to a person."""
    page = queries.given(actor=request.actor, ref=ref, at=request.at)
    context = {"page": page, "pdf": url("agreement:given-pdf", ref=ref)}
    return render(request, "programme/agreement/notice.html", context)


@require_safe
def given_pdf(request: StaffRequest, ref: str) -> HttpResponse:
    """A notice as it was given to a person, as a PDF."""
    return _pdf(queries.given(actor=request.actor, ref=ref, at=request.at))


@require_safe
def words(request: StaffRequest) -> HttpResponse:
    """Show what the notice says of the service, and what it said before."""
    rows = queries.words(actor=request.actor, at=request.at)
    return render(request, "programme/agreement/words.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def change_words(request: StaffRequest) -> HttpResponse:
    """Set what the notice says of the service from now on."""
    current = next(iter(queries.words(actor=request.actor, at=request.at)), None)
    initial = {**asdict(current.own), "replaces": current.ref} if current else None
    form = forms.Own(request.POST or None, initial=initial)

    def leave(_: None) -> HttpResponse:
        messages.success(request, "Saved. Notices given from now on will include this.")
        return redirect("agreement:words")

    def anew(_: Changed) -> dict[str, object]:
        newer = next(iter(queries.words(actor=request.actor, at=request.at)), None)
        form.keep(OVERTAKEN)
        form.follow(newer.ref if newer else "")
        return {"newer": newer}

    return asking.ask(
        request,
        "programme/agreement/change_words.html",
        form,
        do=lambda: commands.change_words(
            actor=request.actor,
            own=form.own(),
            reason=form.cleaned_data["reason"],
            replaces=form.cleaned_data["replaces"],
            override=form.override(),
            at=request.at,
        ),
        then=leave,
        page={"newer": None},
        anew=anew,
    )


def _pdf(shown: queries.ShownNotice) -> HttpResponse:
    known = shown.notice
    data = {**asdict(known), "dated": dates.on(known.dated), "service": settings.DESIST_SITE_NAME}
    headers = {"Content-Disposition": f'attachment; filename="notice-{known.version}.pdf"'}
    return HttpResponse(
        documents.pdf(layout=LAYOUT, data=data), content_type="application/pdf", headers=headers
    )


def _notice(request: StaffRequest) -> queries.ShownNotice:
    try:
        return queries.notice(actor=request.actor, version=request.GET.get("version", ""), at=request.at)
    except notices.UnknownNotice:
        raise Http404 from None


@require_http_methods(["GET", "POST"])
def tell(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that the notice was given."""
    page = queries.to_ask(actor=request.actor, episode=ref, at=request.at)
    form = forms.Telling(request.POST or None, at=request.at)
    return asking.ask(
        request,
        "programme/agreement/tell.html",
        form,
        do=lambda: commands.give_notice(
            actor=request.actor,
            episode=ref,
            telling=form.telling(notice=page.newest),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: redirect("agreement:agreement", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest, ref: str) -> HttpResponse:
    """Record what the person answered."""
    page = queries.to_ask(actor=request.actor, episode=ref, at=request.at)
    form = forms.Answer(request.POST or None, answers=page.answers, version=page.version, at=request.at)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_ask(actor=request.actor, episode=ref, at=request.at)
        return {"page": _overtaken(form, newer)}

    return asking.ask(
        request,
        "programme/agreement/ask.html",
        form,
        do=lambda: commands.answer(
            actor=request.actor, episode=ref, answer=form.answer(), version=form.version, at=request.at
        ),
        then=lambda _: redirect("agreement:agreement", ref),
        page={"page": page},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: StaffRequest, ref: str) -> HttpResponse:
    """Record a withdrawal."""
    page = queries.to_withdraw(actor=request.actor, episode=ref, at=request.at)
    duty = duty_queries.current(actor=request.actor, at=request.at)
    form = forms.Withdrawal(
        request.POST or None,
        initial={"contact": duty[0].number if duty else ""},
        version=page.version,
        alerts=page.alerts,
    )

    def leave(_: None) -> HttpResponse:
        messages.success(request, WITHDREW if page.alerts else WITHDREW_UNHEARD)
        return redirect("agreement:agreement", ref)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_withdraw(actor=request.actor, episode=ref, at=request.at)
        return {"page": _overtaken(form, newer)}

    return asking.ask(
        request,
        "programme/agreement/withdraw.html",
        form,
        do=lambda: commands.withdraw(
            actor=request.actor,
            episode=ref,
            withdrawal=form.withdrawal(),
            version=form.version,
            at=request.at,
        ),
        then=leave,
        page={"page": page},
        anew=anew,
    )


def _overtaken(form: Form, newer: queries.AgreementPage) -> queries.AgreementPage:
    """Show on a form what the agreement is by now; the next press counts from there."""
    form.keep(f"Not saved: by now this person’s agreement is: {newer.state_label}")
    form.version = newer.version
    return newer


@require_http_methods(["GET", "POST"])
def task(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that what follows from a withdrawal was done."""
    page = queries.task(actor=request.actor, ref=ref, at=request.at)
    form = forms.Done(request.POST or None)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.task(actor=request.actor, ref=ref, at=request.at)
        form.keep(f"Not saved: this was recorded as done by {newer.task.done_by}")
        return {"page": newer}

    return asking.ask(
        request,
        "programme/agreement/task.html",
        form,
        do=lambda: commands.finish_task(
            actor=request.actor, ref=ref, note=form.cleaned_data["note"], at=request.at
        ),
        then=lambda _: redirect("agreement:agreement", page.episode),
        page={"page": page},
        anew=anew,
    )
