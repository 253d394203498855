"""The pages of a session: prepare, record, finish."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme import saves
from desist.programme.pages.session import queries
from desist.programme.sessions import commands, forms
from desist.programme.sessions import versions as earlier
from desist.programme.sessions.states import Attendance, State
from desist.refusals import Changed
from desist.ui import autosave, dates
from desist.ui.asking import ask
from desist.ui.words import Unclear
from desist.wall.requests import StaffRequest

#: where the record's buttons lead once it is saved
NEXT = {"finish": "sessions:finish", "concern": "concerns:raise", "chain": "chains:start"}
#: buttons that do not wait for words that may lead to a person
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
    """Show what to know before the session begins."""
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
    """Write the record; the button saves it where the page does not save itself."""
    page, beside = queries.begin(actor=request.actor, ref=ref, at=request.at)
    form = forms.Record(request.POST or None, initial=asdict(page.record), version=page.version)
    onward = request.POST.get("next", "")

    def keep() -> commands.Saved:
        saved = commands.save(
            actor=request.actor, ref=ref, record=form.record(), version=form.version, at=request.at
        )
        form.version = saved.version
        # A concern does not wait for words: they are saved, and not shown.
        if onward not in BEFORE_WORDS:
            _show(request, ref, form)
        return saved

    def leave(saved: commands.Saved) -> HttpResponse:
        if saved.too_early:
            messages.warning(request, f"Saved, but not everything. {NOT_BEGUN}.")
        if (
            onward == "finish"
            and form.cleaned_data["attendance"] == Attendance.MISSED
            and not saved.too_early
        ):
            return redirect("sessions:missed", ref)
        return redirect(NEXT.get(onward, "sessions:session"), ref)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_record(actor=request.actor, ref=ref, at=request.at)
        if not newer.open:
            form.keep(f"Not saved: {since(newer)}")
            return {"page": newer}
        form.keep(f"Not saved: {since(newer)}. Both are shown: combine them, then save")
        form.version = newer.version
        return {"page": newer, "other": newer.record}

    context = {"page": page, "beside": beside, "other": None}
    return ask(request, "programme/sessions/record.html", form, do=keep, then=leave, page=context, anew=anew)


def _show(request: StaffRequest, ref: str, form: forms.Record) -> None:
    try:
        commands.show(actor=request.actor, ref=ref, override=form.override(), at=request.at)
    except Unclear:
        form.add_error(None, NOT_SHOWN)
        raise


@require_safe
def shared(request: StaffRequest, ref: str) -> HttpResponse:
    """Show the session as the participant may see it."""
    page = queries.shared(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/sessions/shared.html", {"page": page})


@require_http_methods(["GET", "POST"])
def feedback(request: StaffRequest, ref: str) -> HttpResponse:
    """Ask the participant four questions, on the shared screen."""
    page = queries.shared(actor=request.actor, ref=ref, at=request.at)
    form = forms.Feedback(request.POST or None)
    return ask(
        request,
        "programme/sessions/feedback.html",
        form,
        do=lambda: commands.give_feedback(
            actor=request.actor, ref=ref, answers=form.answers(), at=request.at
        ),
        then=lambda _: redirect("sessions:shared", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def follow_up(request: StaffRequest, ref: str) -> HttpResponse:
    """Record an attempt to reach the person after a missed session."""
    page = queries.to_record(actor=request.actor, ref=ref, at=request.at)
    form = forms.FollowUp(
        request.POST or None,
        missed_on=dates.day_of(page.starts_at),
        today=dates.day_of(request.at),
        note=page.followed_up.note if page.followed_up else "",
        version=page.attempts,
    )

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_record(actor=request.actor, ref=ref, at=request.at)
        form.keep("Not saved: another attempt has since been recorded. Read it above, then save")
        form.version = newer.attempts
        return {"page": newer}

    return ask(
        request,
        "programme/sessions/follow_up.html",
        form,
        do=lambda: commands.follow_up(
            actor=request.actor, ref=ref, attempts=form.version, at=request.at, **form.cleaned_data
        ),
        then=lambda _: redirect("sessions:session", ref),
        page={"page": page},
        anew=anew,
    )


@require_POST
def save(request: StaffRequest, ref: str) -> HttpResponse:
    """Save the record while it is typed."""
    form = forms.Record(request.POST)
    wrong = frozenset(form.errors)
    try:
        kept = commands.save(
            actor=request.actor,
            ref=ref,
            record=form.record(),
            version=form.version,
            at=request.at,
            besides=wrong,
        )
    except Changed:
        page = queries.to_record(actor=request.actor, ref=ref, at=request.at)
        what_to_do = "Press “Save” to show both." if page.open else "Copy the words that you need."
        return autosave.conflict(f"{since(page)}. Your words stay on this page. {what_to_do}")
    if kept.too_early:
        form.add_error("attendance", NOT_BEGUN)
    if form.errors:
        return autosave.partly(form, version=kept.version)
    unclear = form.found or form.unread
    withheld = queries.withheld(actor=request.actor, ref=ref, at=request.at) if unclear else {}
    return autosave.saved(version=kept.version, said=autosave.hidden(withheld))


@require_http_methods(["GET", "POST"])
def finish(request: StaffRequest, ref: str) -> HttpResponse:
    """Read the record once more, and close it."""
    page = queries.to_record(actor=request.actor, ref=ref, at=request.at)
    form = forms.Finish(request.POST or None, version=page.version)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_record(actor=request.actor, ref=ref, at=request.at)
        form.keep(f"Not finished: {since(newer)}{'. Read it again below, then finish' if newer.open else ''}")
        form.version = newer.version
        return {"page": newer}

    return ask(
        request,
        "programme/sessions/finish.html",
        form,
        do=lambda: commands.finish(
            actor=request.actor, ref=ref, version=form.version, override=form.override(), at=request.at
        ),
        then=lambda _: redirect("sessions:session", ref),
        page={"page": page},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def missed(request: StaffRequest, ref: str) -> HttpResponse:
    """Say why the person did not attend, close the record, and go on to book another time."""
    page = queries.to_record(actor=request.actor, ref=ref, at=request.at)
    said = {name: getattr(page.record, name) for name in ("missed_reason", "whose_reason")}
    form = forms.Missed(request.POST or None, version=page.version, initial=said)

    def leave(_: None) -> HttpResponse:
        messages.success(request, f"{page.title} is recorded: did not attend.")
        again = request.POST.get("next") == "again"
        return redirect("rescheduling:again" if again else "sessions:session", ref)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_record(actor=request.actor, ref=ref, at=request.at)
        form.keep(f"Not saved: {since(newer)}")
        form.version = newer.version
        return {"page": newer}

    return ask(
        request,
        "programme/sessions/missed.html",
        form,
        do=lambda: commands.miss(
            actor=request.actor,
            ref=ref,
            absence=form.absence(),
            version=form.version,
            override=form.override(),
            at=request.at,
        ),
        then=leave,
        page={"page": page},
        anew=anew,
    )


def since(page: queries.SessionPage) -> str:
    """Return what happened to a record after a page was drawn: "changed elsewhere at 2:32pm by you"."""
    if page.open:
        return autosave.changed(at=page.saved_at, by=page.saved_by)
    if page.recorded_at is None or page.state == State.CANCELLED.label:
        return "this session was cancelled"
    return f"this record was finished at {dates.clock(page.recorded_at)} by {page.recorded_by}"
