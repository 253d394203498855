"""The pages on which files of a client are brought in and kept."""

from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.advocacy.evidence import commands, forms, keeping, queries
from desist.advocacy.evidence.states import Came, State
from desist.refusals import Changed, Refused
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def files(request: StaffRequest, ref: str) -> HttpResponse:
    """A client's files, and the form that brings one in."""
    page, rows = queries.files(actor=request.actor, ref=ref, at=request.at)
    form = forms.Upload(request.POST or None, request.FILES)

    def do() -> str:
        name, content = form.cleaned_data["file"]
        return commands.upload(
            actor=request.actor,
            ref=ref,
            name=name,
            content=content,
            came=Came(form.cleaned_data["came"]),
            submission=form.submission,
            at=request.at,
        )

    return ask(
        request,
        "advocacy/evidence/files.html",
        form,
        do=do,
        then=lambda own: redirect("evidence:file", own),
        page={"page": page, "rows": rows, "piece": keeping.PIECE},
    )


@require_POST
def begin(request: StaffRequest, ref: str) -> HttpResponse:
    """Begin an upload in pieces; a script asks."""
    form = forms.Begin(request.POST)
    if not form.is_valid():
        return _no(" ".join(str(one) for errors in form.errors.values() for one in errors))
    try:
        own, done = commands.begin(
            actor=request.actor,
            ref=ref,
            name=form.cleaned_data["name"],
            size=form.cleaned_data["size"],
            came=Came(form.cleaned_data["came"]),
            submission=form.submission,
            at=request.at,
        )
    except Refused as refused:
        return _no(f"{refused}.")
    send, page = reverse("evidence:piece", args=[own]), reverse("evidence:file", args=[own])
    return JsonResponse({"piece": send, "page": page, "done": done})


@require_POST
def piece(request: StaffRequest, ref: str) -> HttpResponse:
    """Take in a piece; a script asks."""
    form = forms.Piece(request.POST, request.FILES)
    if not form.is_valid():
        return _no(f"{commands.CUT}.")
    try:
        done = commands.add_piece(
            actor=request.actor,
            ref=ref,
            number=form.cleaned_data["number"],
            content=form.content(),
            at=request.at,
        )
    except Refused as refused:
        return _no(f"{refused}.")
    return JsonResponse({"done": done})


@require_safe
def file(request: StaffRequest, ref: str) -> HttpResponse:
    """One file, how far it is, and its custody log."""
    page = queries.file(actor=request.actor, ref=ref, at=request.at)
    context = {"page": page.victim, "file": page, "piece": keeping.PIECE}
    return render(request, "advocacy/evidence/file.html", context)


@require_safe
def record(request: StaffRequest, ref: str, number: int) -> HttpResponse:
    """One record of an export, with the place in the file from which it was read."""
    page = queries.record(actor=request.actor, ref=ref, number=number, at=request.at)
    return render(request, "advocacy/evidence/record.html", {"page": page.victim, "source": page})


@require_safe
def picture(request: StaffRequest, ref: str) -> HttpResponse:
    """A picture of a client, drawn without the camera's data."""
    kind, content = queries.picture(actor=request.actor, ref=ref, at=request.at)
    answer = HttpResponse(content, content_type=kind)
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "POST"])
def choose(request: StaffRequest, ref: str) -> HttpResponse:
    """Say who is who in an export and what is kept of it; later, correct who is who."""
    page = queries.choosing(actor=request.actor, ref=ref, at=request.at)
    said, typed = page.answers, request.POST or None
    if page.found.question:
        form: forms.Order | forms.People = forms.Order(typed, initial={"zone": said.zone})
    else:
        kind = forms.People if page.row.state == State.KEPT else forms.Choose
        form = kind(typed, initial={"zone": said.zone, "client": said.client, "person": said.person})
        form.ask(page.found)

    def do() -> None:
        if isinstance(form, forms.Order | forms.Choose):
            commands.choose(actor=request.actor, ref=ref, answers=form.answers(said), at=request.at)
        else:
            client, person = form.places("client"), form.places("person")
            commands.put_right(actor=request.actor, ref=ref, client=client, person=person, at=request.at)

    return ask(
        request,
        "advocacy/evidence/choose.html",
        form,
        do=do,
        then=lambda _: redirect("evidence:file", ref),
        page={"page": page.victim, "file": page},
    )


@require_POST
def save(request: StaffRequest, ref: str) -> HttpResponse:
    """Save a copy of a file as it came, or a part of a large one."""
    form = forms.Copy(request.POST)
    part = form.cleaned_data["part"] if form.is_valid() else 0
    commands.save(actor=request.actor, ref=ref, part=part, at=request.at)
    name, content = queries.content(actor=request.actor, ref=ref, part=part, at=request.at)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "POST"])
def recording(request: StaffRequest, ref: str) -> HttpResponse:
    """Play a recording, and write down what is said in it."""
    page = queries.recording(actor=request.actor, ref=ref, at=request.at)
    form = forms.Transcript(request.POST or None, initial={"words": page.words}, version=page.version)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.recording(actor=request.actor, ref=ref, at=request.at)
        form.keep(
            f"Not saved: {newer.written_by} wrote down other words. Both are shown: bring them together"
        )
        form.version = newer.version
        return {"recording": newer, "other": newer.words}

    answer = ask(
        request,
        "advocacy/evidence/recording.html",
        form,
        do=lambda: commands.write_down(
            actor=request.actor,
            ref=ref,
            words=form.cleaned_data["words"],
            version=form.version,
            at=request.at,
            why=form.why(),
        ),
        then=lambda _: redirect("evidence:recording", ref),
        page={"page": page.victim, "recording": page, "other": ""},
        anew=anew,
        done="What is said is saved.",
    )
    # this page alone may play, and only this one recording
    source = request.build_absolute_uri(reverse("evidence:play", args=[ref]))
    csp_update({"media-src": [source]})(lambda _: answer)(request)
    return answer


@require_safe
def play(request: StaffRequest, ref: str) -> HttpResponse:
    """A stretch of a recording; a player asks."""
    found = queries.stretch(
        actor=request.actor, ref=ref, asked=request.headers.get("Range", ""), at=request.at
    )
    last = found.first + len(found.content) - 1
    whole = len(found.content) == found.size
    answer = HttpResponse(
        found.content,
        content_type=found.media,
        status=416 if not found.content else 200 if whole and "Range" not in request.headers else 206,
    )
    answer["Accept-Ranges"] = "bytes"
    if answer.status_code != 200:
        here = f"{found.first}-{last}" if found.content else "*"
        answer["Content-Range"] = f"bytes {here}/{found.size}"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def drop(request: StaffRequest, ref: str) -> HttpResponse:
    """Have a file removed with all its bytes."""
    victim = commands.drop(actor=request.actor, ref=ref, at=request.at)
    messages.success(request, "The file is being removed. Its custody log stays.")
    return redirect("evidence:files", victim)


def _no(sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=422, content_type="text/plain; charset=utf-8")
