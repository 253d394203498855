"""The pages of an exit report: written, handed on, signed by somebody else, corrected by a new version."""

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.leaving.reports import commands, forms, queries
from desist.programme.leaving.reports.policy import Action
from desist.programme.leaving.reports.states import State
from desist.referral import serving
from desist.referral.files import Media, Spoilt
from desist.refusals import Changed
from desist.ui import autosave, dates, documents, errors
from desist.ui.forms import Form
from desist.ui.words import Unclear
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
    if page.open:
        return redirect("reports:report", page.open)  # the first of two clicks did it
    form = forms.Correction(request.POST or None) if page.rows else forms.Start(request.POST or None)
    if form.is_valid():
        correction = form.cleaned_data.get("correction", "")
        try:
            made = commands.start(actor=request.actor, episode=ref, correction=correction, at=request.at)
        except commands.OneIsOpen as open_one:
            return redirect("reports:report", str(open_one))
        except commands.NothingSaid:
            form.keep(
                "Not started: somebody has since signed a report. Open this page again to correct that one"
            )
        else:
            return redirect("reports:write", made)
    context = {"page": page, "form": form}
    return render(request, "programme/reports/start.html", context, status=422 if form.errors else 200)


@require_safe
def report(request: StaffRequest, ref: str) -> HttpResponse:
    """One version to read."""
    page = queries.report(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/reports/report.html", {"page": page})


@require_http_methods(["GET", "POST"])
def write(request: StaffRequest, ref: str) -> HttpResponse:
    """Write it; the button saves it where nothing saves it by itself."""
    page = queries.report(actor=request.actor, ref=ref, at=request.at, action=Action.WRITE_REPORT)
    form = forms.Words(request.POST or None, initial=asdict(page.words), version=page.version)
    other = None
    if form.is_valid():
        try:
            commands.save(
                actor=request.actor, ref=ref, words=form.words(), version=form.version, at=request.at
            )
        except RACED as happened:
            _keep(form, page, f"Not saved: {_happened(page, happened)}. Both are shown")
            other = page.words
        else:
            onward = "offer" if request.POST.get("next") == "offer" else "report"
            return redirect(f"reports:{onward}", ref)
    context = {"page": page, "form": form, "other": other}
    return render(request, "programme/reports/write.html", context, status=422 if form.errors else 200)


@require_POST
def save(request: StaffRequest, ref: str) -> HttpResponse:
    """Where it saves itself to while somebody types."""
    form = forms.Words(request.POST)
    if not form.is_valid():
        return autosave.incomplete(form)
    try:
        version = commands.save(
            actor=request.actor, ref=ref, words=form.words(), version=form.version, at=request.at
        )
    except RACED as happened:
        page = queries.report(actor=request.actor, ref=ref, at=request.at, action=Action.WRITE_REPORT)
        return autosave.conflict(f"{_happened(page, happened)}. Your words stay on this page.")
    return autosave.saved(version=version)


@require_http_methods(["GET", "POST"])
def offer(request: StaffRequest, ref: str) -> HttpResponse:
    """Read it once more, and hand it to a second pair of eyes."""
    page = queries.report(actor=request.actor, ref=ref, at=request.at, action=Action.WRITE_REPORT)
    form = forms.Checked(request.POST or None, version=page.version)
    if form.is_valid():
        try:
            commands.offer(
                actor=request.actor, ref=ref, version=form.version, override=form.override(), at=request.at
            )
        except REFUSED as happened:
            page = queries.report(actor=request.actor, ref=ref, at=request.at, action=Action.WRITE_REPORT)
            _refuse(form, page, happened)
        else:
            messages.success(request, "Sent for review. A manager or supervisor will read and sign it.")
            return redirect("reports:report", ref)
    context = {"page": page, "form": form}
    return render(request, "programme/reports/offer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def sign(request: StaffRequest, ref: str) -> HttpResponse:
    """Sign it as the second pair of eyes."""
    page = queries.report(actor=request.actor, ref=ref, at=request.at, action=Action.SIGN_REPORT)
    form = forms.Checked(request.POST or None, version=page.version)
    if form.is_valid():
        try:
            commands.sign(
                actor=request.actor, ref=ref, version=form.version, override=form.override(), at=request.at
            )
        except REFUSED as happened:
            page = queries.report(actor=request.actor, ref=ref, at=request.at, action=Action.SIGN_REPORT)
            _refuse(form, page, happened)
        else:
            messages.success(request, f"Signed. {page.sending}.")
            return redirect("reports:report", ref)
    context = {"page": page, "form": form}
    return render(request, "programme/reports/sign.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def take_back(request: StaffRequest, ref: str) -> HttpResponse:
    """Go on writing before anybody signed."""
    page = queries.report(actor=request.actor, ref=ref, at=request.at, action=Action.WRITE_REPORT)
    form = forms.Start(request.POST or None, version=page.version)
    if form.is_valid():
        try:
            commands.take_back(actor=request.actor, ref=ref, version=form.version, at=request.at)
        except RACED as happened:
            _keep(form, page, f"Not withdrawn from review: {_happened(page, happened)}")
        else:
            return redirect("reports:write", ref)
    context = {"page": page, "form": form}
    return render(request, "programme/reports/take_back.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def give_back(request: StaffRequest, ref: str) -> HttpResponse:
    """Not sign, and say why."""
    page = queries.report(actor=request.actor, ref=ref, at=request.at, action=Action.SIGN_REPORT)
    form = forms.Return(request.POST or None, version=page.version)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            commands.give_back(
                actor=request.actor, ref=ref, reason=reason, version=form.version, at=request.at
            )
        except RACED as happened:
            _keep(form, page, f"Not returned: {_happened(page, happened)}")
        else:
            return redirect("reports:report", ref)
    context = {"page": page, "form": form}
    return render(request, "programme/reports/give_back.html", context, status=422 if form.errors else 200)


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


#: somebody else was first
RACED = (Changed, commands.NotOpen)
REFUSED = (
    *RACED,
    commands.NotEnded,
    commands.NotComplete,
    commands.CannotBePrinted,
    commands.FactsChanged,
    commands.NotYourOwn,
    commands.OthersWords,
    Unclear,
    documents.NotMade,
)


def _keep(form: Form, page: queries.One, sentence: str) -> None:
    """Draw the form again as it was typed; sent once more, it goes on from the version that is shown."""
    form.keep(sentence)
    form.version = page.version


def _refuse(form: forms.Checked, page: queries.One, happened: Exception) -> None:
    """One plain sentence on top, and a question where somebody may answer for what was found."""
    if isinstance(happened, commands.OthersWords):
        form.add_error(
            None,
            f"{forms.told(happened.found)}: words of the other side. Take them out: no released disclosure says that it can be "
            "raised",
        )
    elif isinstance(happened, Unclear):
        form.refuse(happened)
    else:
        form.add_error(None, _sentence(page, happened))
        form.version = page.version


def _sentence(page: queries.One, happened: Exception) -> str:
    sentences = {
        commands.NotEnded: "Not sent: the programme has not ended for this person. Record the leaving first; after a "
        "deselection wait until its hold is over",
        commands.NotComplete: f"Not sent. {happened}",
        commands.CannotBePrinted: f"Not sent: these characters cannot be printed: {happened}. Write them another way",
        commands.FactsChanged: "Not signed: the record changed after the report was sent for review. Return it, so that it is "
        "read again with today’s facts",
        commands.NotYourOwn: "Not signed: you, or an account that looks like yours, wrote this report. Somebody else has to read and sign it",
        documents.NotMade: "Not signed: the document could not be made. Nothing was sent. Try again; if it happens again, tell "
        "your administrator",
    }
    return sentences.get(type(happened), f"Not done: {_happened(page, happened)}. Read it again below")


def _happened(page: queries.One, happened: Exception) -> str:
    """Who did what meanwhile: "changed elsewhere at 2:32pm by you"."""
    if isinstance(happened, commands.NotOpen):
        if page.row.signed_at:
            return f"this report was signed at {dates.clock(page.row.signed_at)} by {page.row.signed_by}"
        if page.row.state == State.OFFERED and page.offered_at:
            return f"this report was sent for review at {dates.clock(page.offered_at)} by {page.offered_by}"
        return "this report was returned and is being written again"
    return autosave.changed(at=page.saved_at, by=page.saved_by)
