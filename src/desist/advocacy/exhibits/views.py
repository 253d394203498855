"""The pages on which exhibits are put together, finished and saved."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.advocacy.exhibits import commands, contents, forms, queries
from desist.advocacy.exhibits.states import Why
from desist.ui.asking import ask, press
from desist.ui.tables import Cursor
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def exhibits(request: StaffRequest, ref: str) -> HttpResponse:
    """A client's exhibits, and the form that begins one."""
    page, rows, initials, statement = queries.exhibits(actor=request.actor, ref=ref, at=request.at)
    form = forms.Begin(request.POST or None, initial={"initials": initials, "statement": statement})
    return ask(
        request,
        "advocacy/exhibits/exhibits.html",
        form,
        do=lambda: commands.begin(
            actor=request.actor,
            ref=ref,
            submission=form.submission,
            at=request.at,
            why=form.why(),
            **{name: form.cleaned_data[name] for name in ("initials", "caption", "statement")},
        ),
        then=lambda own: redirect("exhibits:exhibit", own),
        page={"page": page, "rows": rows},
    )


@require_safe
def exhibit(request: StaffRequest, ref: str) -> HttpResponse:
    """One exhibit."""
    page = queries.exhibit(actor=request.actor, ref=ref, cursor=Cursor.read(request.GET), at=request.at)
    return render(request, "advocacy/exhibits/exhibit.html", {"page": page.victim, "exhibit": page})


@require_http_methods(["GET", "POST"])
def words(request: StaffRequest, ref: str) -> HttpResponse:
    """Change the caption and the statement."""
    page = queries.changing(actor=request.actor, ref=ref, at=request.at)
    typed = {"caption": page.row.caption, "statement": page.statement}
    form = forms.Words(request.POST or None, initial=typed, version=page.version)
    return ask(
        request,
        "advocacy/exhibits/words.html",
        form,
        do=lambda: commands.write(
            actor=request.actor,
            ref=ref,
            caption=form.cleaned_data["caption"],
            statement=form.cleaned_data["statement"],
            version=form.version,
            at=request.at,
            why=form.why(),
        ),
        then=lambda _: redirect("exhibits:exhibit", ref),
        page={"page": page.victim, "exhibit": page},
        done="The caption and the statement are saved.",
    )


@require_http_methods(["GET", "POST"])
def files(request: StaffRequest, ref: str) -> HttpResponse:
    """Choose the whole files that are on an exhibit."""
    page = queries.changing(actor=request.actor, ref=ref, at=request.at)
    chosen = {
        "chosen": [one.ref for one in page.files if one.on],
        "whole": [one.ref for one in page.files if one.whole],
        "said": [one.ref for one in page.files if one.said],
    }
    form = forms.Files(request.POST or None, initial=chosen, version=page.version)
    form.ask(page.files)
    return ask(
        request,
        "advocacy/exhibits/files.html",
        form,
        do=lambda: contents.put_files(
            actor=request.actor,
            ref=ref,
            refs=form.cleaned_data["chosen"],
            whole=form.cleaned_data["whole"],
            said=form.cleaned_data.get("said", ()),
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("exhibits:exhibit", ref),
        page={"page": page.victim, "exhibit": page},
        done="The files on the exhibit are as you chose.",
    )


@require_http_methods(["GET", "POST"])
def row(request: StaffRequest, ref: str, file: str, number: int) -> HttpResponse:
    """One row of an exhibit, and the form that leaves words of it out."""
    page, shown, redactions = queries.row_of(
        actor=request.actor, ref=ref, file=file, number=number, at=request.at
    )
    form = forms.Redact(request.POST or None, initial={"what": "words"})
    return ask(
        request,
        "advocacy/exhibits/row.html",
        form,
        do=lambda: contents.redact(
            actor=request.actor,
            ref=ref,
            place=(file, number),
            words=form.cleaned_data["words"] or "",
            why=Why(form.cleaned_data["why"]),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: redirect("exhibits:row", ref, file, number),
        page={"page": page.victim, "exhibit": page, "shown": shown, "redactions": redactions},
        done="The redaction is made. The row below stands as the exhibit will show it.",
    )


@require_POST
def take_off(request: StaffRequest, ref: str) -> HttpResponse:
    """Take a row or a file off."""
    form = forms.TakeOff(request.POST)
    place = (form.cleaned_data["file"], form.cleaned_data["number"]) if form.is_valid() else contents.NOWHERE
    return press(
        request,
        do=lambda: contents.take_off(actor=request.actor, ref=ref, place=place, at=request.at),
        then=lambda _: redirect("exhibits:exhibit", ref),
        done="It is taken off the exhibit. It stays in the chronology and the files.",
    )


@require_POST
def undo(request: StaffRequest, ref: str) -> HttpResponse:
    """Undo a redaction."""
    form = forms.Undo(request.POST)
    named = form.cleaned_data["redaction"] if form.is_valid() else ""
    return press(
        request,
        do=lambda: contents.undo(actor=request.actor, ref=ref, redaction=named, at=request.at),
        then=lambda _: redirect("exhibits:exhibit", ref),
        done="The redaction is undone. The words are shown again.",
    )


@require_http_methods(["GET", "POST"])
def unused(request: StaffRequest, ref: str) -> HttpResponse:
    """What is kept and not on an exhibit, and why."""
    page, listed = queries.unused_of(actor=request.actor, ref=ref, at=request.at)
    form = forms.Reasons(request.POST or None, version=page.version)
    form.ask(listed)
    return ask(
        request,
        "advocacy/exhibits/unused.html",
        form,
        do=lambda: contents.say_unused(
            actor=request.actor,
            ref=ref,
            reasons=form.reasons(),
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("exhibits:exhibit", ref),
        page={"page": page.victim, "exhibit": page, "listed": listed},
        done="The reasons are saved.",
    )


@require_http_methods(["GET", "POST"])
def finish(request: StaffRequest, ref: str) -> HttpResponse:
    """Finish an exhibit."""
    page = queries.finishing(actor=request.actor, ref=ref, at=request.at)
    form = forms.Finish(request.POST or None, version=page.version)
    return ask(
        request,
        "advocacy/exhibits/finish.html",
        form,
        do=lambda: commands.finish(actor=request.actor, ref=ref, version=form.version, at=request.at),
        then=lambda _: redirect("exhibits:exhibit", ref),
        page={"page": page.victim, "exhibit": page},
        done="The exhibit is finished. It is being made now.",
    )


@require_POST
def renew(request: StaffRequest, ref: str) -> HttpResponse:
    """Begin a new version of a finished exhibit."""
    return press(
        request,
        do=lambda: commands.renew(actor=request.actor, ref=ref, at=request.at),
        then=lambda own: redirect("exhibits:exhibit", own or ref),
        done="This is a new version, with everything that was on the one before. Change it, then finish it.",
    )


@require_POST
def save(request: StaffRequest, ref: str) -> HttpResponse:
    """Save a copy of an exhibit, or of a file in it, under a neutral name."""
    form = forms.Save(request.POST)
    said = form.cleaned_data if form.is_valid() else {}
    name, content = queries.content(
        actor=request.actor,
        ref=ref,
        what=said.get("what") or "",
        part=said.get("part") or 0,
        at=request.at,
    )
    commands.save(actor=request.actor, ref=ref, at=request.at)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
