"""The pages of a session: prepare, record, finish."""

from dataclasses import asdict
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme import saves
from desist.programme.pages.session import queries
from desist.programme.sessions import commands, forms
from desist.programme.sessions import versions as earlier
from desist.programme.sessions.states import State
from desist.refusals import Changed
from desist.ui import autosave, dates
from desist.ui.words import Unclear
from desist.wall.requests import StaffRequest

#: where the record's buttons lead once it is saved
NEXT = {"finish": "sessions:finish", "concern": "concerns:raise", "chain": "chains:start"}
#: of these what does not wait for words that may lead to somebody
BEFORE_WORDS = frozenset({"concern", "chain"})
NOT_SHOWN = (
    "Saved, but not shown to the person yet. Reword what is named below, or say why it is safe to keep"
)
NOT_BEGUN = "This session has not begun: record afterwards whether they came"


@require_safe
def session(request: StaffRequest, ref: str) -> HttpResponse:
    """One session and its record, to read."""
    page = queries.session(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/sessions/session.html", {"page": page})


@require_safe
def prepare(request: StaffRequest, ref: str) -> HttpResponse:
    """What to know before the session begins."""
    page, before = queries.prepare(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/sessions/prepare.html", {"page": page, "before": before})


@require_safe
def versions(request: StaffRequest, ref: str) -> HttpResponse:
    """The earlier versions of a session's record: who saved it and when."""
    before = saves.number(request.GET.get("before", ""))
    page = earlier.versions(actor=request.actor, ref=ref, before=before, at=request.at)
    return render(request, "programme/sessions/versions.html", {"page": page})


@require_safe
def version(request: StaffRequest, ref: str, number: int) -> HttpResponse:
    """One version of a session's record, to read."""
    page = earlier.version(actor=request.actor, ref=ref, number=number, at=request.at)
    return render(request, "programme/sessions/version.html", {"page": page})


@require_http_methods(["GET", "POST"])
def record(request: StaffRequest, ref: str) -> HttpResponse:
    """Write the record; the button saves it where nothing saves it by itself."""
    page = queries.begin(actor=request.actor, ref=ref, at=request.at)
    form = forms.Record(request.POST or None, initial=asdict(page.record), version=page.version)
    other = None
    if form.is_valid():
        onward = request.POST.get("next", "")
        try:
            form.version, ahead = _save(request, ref, form)
            if ahead:
                messages.warning(request, f"Saved, but not everything. {NOT_BEGUN}.")
            # A concern does not wait for words: they are saved, and not shown.
            if onward not in BEFORE_WORDS:
                commands.show(actor=request.actor, ref=ref, override=form.override(), at=request.at)
        except Unclear as unclear:
            form.refuse(unclear)
            form.add_error(None, NOT_SHOWN)
        except Changed:
            form.keep(f"Not saved: {changed(page)}. Both are shown: combine them, then save")
            form.version, other = page.version, page.record
        except commands.AlreadyRecorded:
            form.keep(f"Not saved: {closed(page)}")
        else:
            return redirect(NEXT.get(onward, "sessions:session"), ref)
    context = {"page": page, "form": form, "other": other}
    return render(request, "programme/sessions/record.html", context, status=422 if form.errors else 200)


@require_safe
def shared(request: StaffRequest, ref: str) -> HttpResponse:
    """The session as the participant may see it."""
    page = queries.shared(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/sessions/shared.html", {"page": page})


@require_http_methods(["GET", "POST"])
def feedback(request: StaffRequest, ref: str) -> HttpResponse:
    """Four questions to the participant, on the shared screen."""
    page = queries.shared(actor=request.actor, ref=ref, at=request.at)
    form = forms.Feedback(request.POST or None)
    if form.is_valid():
        commands.give_feedback(actor=request.actor, ref=ref, answers=form.answers(), at=request.at)
        return redirect("sessions:shared", ref)
    context = {"page": page, "form": form}
    return render(request, "programme/sessions/feedback.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def follow_up(request: StaffRequest, ref: str) -> HttpResponse:
    """An attempt to reach somebody after a missed session."""
    page = queries.to_record(actor=request.actor, ref=ref, at=request.at)
    earlier = page.followed_up
    form = forms.FollowUp(
        request.POST or None,
        missed_on=dates.day_of(page.starts_at),
        today=dates.day_of(request.at),
        note=earlier.note if earlier else "",
        version=earlier.attempts if earlier else 0,
    )
    if form.is_valid():
        try:
            commands.follow_up(
                actor=request.actor, ref=ref, attempts=form.version, at=request.at, **form.cleaned_data
            )
        except commands.NotMissed:
            form.keep("Not saved: only a missed session is followed up, and only until somebody is reached")
        except Changed:
            form.keep("Not saved: another attempt has since been recorded; read it above, then save")
            form.version = earlier.attempts if earlier else 0
        else:
            return redirect("sessions:session", ref)
    context = {"page": page, "form": form}
    return render(request, "programme/sessions/follow_up.html", context, status=422 if form.errors else 200)


@require_POST
def save(request: StaffRequest, ref: str) -> HttpResponse:
    """Where the record saves itself to while somebody types."""
    form = forms.Record(request.POST)
    try:
        version, ahead = _save(request, ref, form)
    except Changed:
        page = queries.to_record(actor=request.actor, ref=ref, at=request.at)
        return autosave.conflict(f"{changed(page)}. Your words stay on this page. Press “Save” to show both.")
    except commands.AlreadyRecorded:
        page = queries.to_record(actor=request.actor, ref=ref, at=request.at)
        return autosave.conflict(f"{closed(page)}. Your words stay on this page: copy what you need.")
    if ahead:
        form.add_error("attendance", NOT_BEGUN)
    if form.errors:
        return autosave.partly(form, version=version)
    unclear = form.found or form.unread
    withheld = queries.withheld(actor=request.actor, ref=ref, at=request.at) if unclear else {}
    return autosave.saved(version=version, said=autosave.hidden(withheld))


@require_http_methods(["GET", "POST"])
def finish(request: StaffRequest, ref: str) -> HttpResponse:
    """Read the record once more, and close it."""
    page = queries.to_record(actor=request.actor, ref=ref, at=request.at)
    form = forms.Finish(request.POST or None, version=page.version)
    if form.is_valid():
        try:
            commands.finish(
                actor=request.actor, ref=ref, version=form.version, override=form.override(), at=request.at
            )
        except Changed:
            form.keep(f"Not finished: {changed(page)}. Read it again below, then finish")
            form.version = page.version
        except commands.AlreadyRecorded:
            form.keep(f"Not finished: {closed(page)}")
        except commands.NotComplete as sentences:
            form.keep(f"Not finished. {sentences}")
        except Unclear as unclear:
            form.refuse(unclear)
        else:
            return redirect("sessions:session", ref)
    context = {"page": page, "form": form}
    return render(request, "programme/sessions/finish.html", context, status=422 if form.errors else 200)


def _save(request: StaffRequest, ref: str, form: forms.Record) -> tuple[int, bool]:
    """Keep what can be kept: the new version, and whether it said too early if somebody came."""
    wrong, record = frozenset(form.errors), form.record()
    save = partial(
        commands.save, actor=request.actor, ref=ref, version=form.version, at=request.at, besides=wrong
    )
    try:
        return save(record=record), False
    except commands.NotBegun:
        return save(record=record.ahead()), True


def changed(page: queries.Page) -> str:
    """ "changed elsewhere at 2:32pm by you"."""
    return autosave.changed(at=page.saved_at, by=page.saved_by)


def closed(page: queries.Page) -> str:
    """Why nothing can be saved any more."""
    if page.recorded_at is None or page.state == State.CANCELLED.label:
        return "this session was cancelled"
    return f"this record was finished at {dates.clock(page.recorded_at)} by {page.recorded_by}"
