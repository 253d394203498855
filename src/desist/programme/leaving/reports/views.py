"""The pages of an exit report: written, reviewed, signed by a second person, corrected by a new version."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.leaving.reports import commands, forms, queries
from desist.programme.leaving.reports.policy import Action
from desist.programme.leaving.reports.states import State
from desist.referral import serving
from desist.referral.files import Media, Spoilt
from desist.refusals import Changed, Refused
from desist.ui import autosave, dates, errors
from desist.ui.asking import ask
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest


@require_safe
def reports(request: StaffRequest, ref: str) -> HttpResponse:
    """A person's exit reports."""
    page = queries.reports(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/reports/reports.html", {"page": page})


@require_http_methods(["GET", "POST"])
def start(request: StaffRequest, ref: str) -> HttpResponse:
    """Begin a report, or the correction of a signed one."""
    page = queries.to_start(actor=request.actor, episode=ref, at=request.at)
    if page.open:  # the first of two clicks did it
        return redirect("reports:report", page.open)
    form = forms.Correction(request.POST or None) if page.rows else forms.Start(request.POST or None)
    return ask(
        request,
        "programme/reports/start.html",
        form,
        do=lambda: commands.start(
            actor=request.actor,
            episode=ref,
            correction=form.cleaned_data.get("correction", ""),
            at=request.at,
        ),
        then=lambda made: redirect("reports:write" if made.new else "reports:report", made.ref),
        page={"page": page},
    )


@require_safe
def report(request: StaffRequest, ref: str) -> HttpResponse:
    """One version to read."""
    page = queries.report(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/reports/report.html", {"page": page})


@require_http_methods(["GET", "POST"])
def write(request: StaffRequest, ref: str) -> HttpResponse:
    """Write the report; the button saves it where the page does not save itself."""
    page = _newer(request, ref, Action.WRITE_REPORT)
    form = forms.Words(request.POST or None, initial=asdict(page.words), version=page.version)
    onward = {"offer": ("reports:offer", ref), "concern": ("concerns:about", page.episode)}
    there = onward.get(request.POST.get("next", ""), ("reports:report", ref))

    def anew(changed: Changed) -> dict[str, object]:
        newer = _newer(request, ref, Action.WRITE_REPORT)
        _keep(form, newer, f"Not saved: {_happened(newer, changed)}. Both are shown")
        return {"page": newer, "other": newer.words}

    return ask(
        request,
        "programme/reports/write.html",
        form,
        do=lambda: commands.save(
            actor=request.actor, ref=ref, words=form.words(), version=form.version, at=request.at
        ),
        then=lambda _: redirect(*there),
        page={"page": page, "other": None},
        anew=anew,
    )


@require_POST
def save(request: StaffRequest, ref: str) -> HttpResponse:
    """The address at which the page saves itself while its author types."""
    form = forms.Words(request.POST)
    if not form.is_valid():
        return autosave.incomplete(form)
    try:
        version = commands.save(
            actor=request.actor, ref=ref, words=form.words(), version=form.version, at=request.at
        )
    except Changed as changed:
        page = _newer(request, ref, Action.WRITE_REPORT)
        return autosave.conflict(f"{_happened(page, changed)}. Your words stay on this page.")
    return autosave.saved(version=version)


@require_http_methods(["GET", "POST"])
def offer(request: StaffRequest, ref: str) -> HttpResponse:
    """Read the report once more, and send it to a second pair of eyes."""
    page = _newer(request, ref, Action.WRITE_REPORT)
    form = forms.Checked(request.POST or None, version=page.version)

    def do() -> None:
        with _telling():
            commands.offer(
                actor=request.actor, ref=ref, version=form.version, override=form.override(), at=request.at
            )

    return ask(
        request,
        "programme/reports/offer.html",
        form,
        do=do,
        done="Sent for review. A manager or supervisor will read and sign it.",
        then=lambda _: redirect("reports:report", ref),
        page={"page": page},
        anew=_again(request, form, ref, Action.WRITE_REPORT, "Not done: {}. Read it again below"),
    )


@require_http_methods(["GET", "POST"])
def sign(request: StaffRequest, ref: str) -> HttpResponse:
    """Sign it as the second pair of eyes."""
    page = _newer(request, ref, Action.SIGN_REPORT)
    form = forms.Checked(request.POST or None, version=page.version)

    def do() -> None:
        with _telling():
            commands.sign(
                actor=request.actor, ref=ref, version=form.version, override=form.override(), at=request.at
            )

    return ask(
        request,
        "programme/reports/sign.html",
        form,
        do=do,
        done=f"Signed. {page.sending}.",
        then=lambda _: redirect("reports:report", ref),
        page={"page": page},
        anew=_again(request, form, ref, Action.SIGN_REPORT, "Not done: {}. Read it again below"),
    )


@require_http_methods(["GET", "POST"])
def take_back(request: StaffRequest, ref: str) -> HttpResponse:
    """Go on writing before it is signed."""
    page = _newer(request, ref, Action.WRITE_REPORT)
    form = forms.Start(request.POST or None, version=page.version)
    return ask(
        request,
        "programme/reports/take_back.html",
        form,
        do=lambda: commands.take_back(actor=request.actor, ref=ref, version=form.version, at=request.at),
        then=lambda _: redirect("reports:write", ref),
        page={"page": page},
        anew=_again(request, form, ref, Action.WRITE_REPORT, "Not withdrawn from review: {}"),
    )


@require_http_methods(["GET", "POST"])
def give_back(request: StaffRequest, ref: str) -> HttpResponse:
    """Return it unsigned, and say why."""
    page = _newer(request, ref, Action.SIGN_REPORT)
    form = forms.Return(request.POST or None, version=page.version)
    return ask(
        request,
        "programme/reports/give_back.html",
        form,
        do=lambda: commands.give_back(
            actor=request.actor,
            ref=ref,
            reason=form.cleaned_data["reason"],
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("reports:report", ref),
        page={"page": page},
        anew=_again(request, form, ref, Action.SIGN_REPORT, "Not returned: {}"),
    )


@require_safe
def document(request: StaffRequest, ref: str) -> HttpResponse:
    """The finished document, to be saved or printed."""
    try:
        found = queries.document(actor=request.actor, ref=ref, at=request.at)
    except Spoilt:
        return errors.unprocessable(
            "The saved document cannot be opened: it was changed or belongs to another site. Tell your administrator."
        )
    if found is None:
        raise Http404
    return serving.as_download(name=found.name, media=Media.PDF, content=found.content)


def _newer(request: StaffRequest, ref: str, action: Action) -> queries.ReportPage:
    """The report as it is now."""
    return queries.report(actor=request.actor, ref=ref, at=request.at, action=action)


def _keep(form: Form, page: queries.ReportPage, sentence: str) -> None:
    """Draw the form again as it was typed; sent once more, it goes on from the version that is shown."""
    form.keep(sentence)
    form.version = page.version


def _again(
    request: StaffRequest, form: Form, ref: str, action: Action, sentence: str
) -> Callable[[Changed], dict[str, object]]:
    """Return the newer report, and a sentence with {} for what happened meanwhile."""

    def anew(changed: Changed) -> dict[str, object]:
        page = _newer(request, ref, action)
        _keep(form, page, sentence.format(_happened(page, changed)))
        return {"page": page}

    return anew


@contextmanager
def _telling() -> Iterator[None]:
    """Say which words of the other side stand where; the command's refusal repeats none of them."""
    try:
        yield
    except commands.OthersWords as others:
        raise Refused(
            f"{forms.told(others.found)}: words of the other side. Take them out: no released disclosure says "
            "that it can be raised"
        ) from None


def _happened(page: queries.ReportPage, happened: Changed) -> str:
    """Return who did what meanwhile: "changed elsewhere at 2:32pm by you"."""
    if isinstance(happened, commands.NotOpen):
        if page.row.signed_at:
            return f"this report was signed at {dates.clock(page.row.signed_at)} by {page.row.signed_by}"
        if page.row.state == State.OFFERED and page.offered_at:
            return f"this report was sent for review at {dates.clock(page.offered_at)} by {page.offered_by}"
        return "this report was returned and is being written again"
    return autosave.changed(at=page.saved_at, by=page.saved_by)
