"""The pages of a chain: read it, share it, work on its links, analyse it."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme import saves
from desist.programme.chains import commands, drawing, forms, links, map_drawing, queries
from desist.programme.chains import versions as earlier
from desist.ui import autosave, dates
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest

#: what is said where a change of the links cannot be made
REFUSALS: dict[type[Exception], str] = {
    links.NoSuchLink: "Not done: that link is no longer in the chain. Undo brings back what was removed",
    links.AtTheEnd: "Not moved: the link already stands at the end of its part",
    links.TooMany: f"Not added: a chain holds at most {links.MOST} links",
    commands.NothingToUndo: "There is nothing to undo",
}


@require_safe
def person(request: StaffRequest, ref: str) -> HttpResponse:
    """A person's chains, and what comes back across them."""
    page = queries.person(actor=request.actor, ref=ref, at=request.at)
    context = {"page": page, "map": map_drawing.draw(patterns=page.patterns)}
    return render(request, "programme/chains/person.html", context)


@require_safe
def chain(request: StaffRequest, ref: str) -> HttpResponse:
    """One chain to read and to print."""
    page = queries.chain(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/chains/chain.html", {"page": page, "drawing": _drawn(page)})


@require_safe
def versions(request: StaffRequest, ref: str) -> HttpResponse:
    """The earlier versions of a chain: who saved it and when."""
    before = saves.number(request.GET.get("before", ""))
    page = earlier.versions(actor=request.actor, ref=ref, before=before, at=request.at)
    return render(request, "programme/chains/versions.html", {"page": page})


@require_safe
def version(request: StaffRequest, ref: str, number: int) -> HttpResponse:
    """One version of a chain, to read."""
    page = earlier.version(actor=request.actor, ref=ref, number=number, at=request.at)
    return render(request, "programme/chains/version.html", {"page": page, "drawing": _drawn(page)})


@require_safe
def shared(request: StaffRequest, ref: str) -> HttpResponse:
    """The chain alone, large, for the participant's eyes."""
    page = queries.chain(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/chains/shared.html", {"page": page, "drawing": _drawn(page)})


@require_http_methods(["GET", "POST"])
def start(request: StaffRequest, ref: str) -> HttpResponse:
    """Begin a chain in a session: say what it is about."""
    page = queries.begin(actor=request.actor, session=ref, at=request.at)
    form = forms.Behaviour(request.POST or None)
    form.until(dates.day_of(request.at))
    if form.is_valid():
        chain = commands.start(
            actor=request.actor,
            session=ref,
            behaviour=form.behaviour_typed(),
            submission=form.submission,
            at=request.at,
        )
        return redirect("chains:edit", chain)
    context = {"page": page, "form": form}
    return render(request, "programme/chains/start.html", context, status=422 if form.errors else 200)


@require_safe
def edit(request: StaffRequest, ref: str) -> HttpResponse:
    """The chain on the left, one line to type in on the right."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    after = page.link(request.GET.get("after", ""))
    part = after.part.value if after else request.GET.get("part", links.Part.LINK.value)
    form = forms.Line(initial={"part": part}, version=page.version)
    return _editor(request, page, form, focus=request.GET.get("at", ""))


@require_POST
def add(request: StaffRequest, ref: str) -> HttpResponse:
    """Add a link."""
    form = forms.Line(request.POST)

    def command(version: int | None) -> None:
        after = request.POST.get("after", "")
        commands.add(
            actor=request.actor, ref=ref, link=form.link(), after=after, version=version, at=request.at
        )

    return _changed(request, ref, form, command, "The link is added.")


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str, link: str) -> HttpResponse:
    """Change a link's words, type, intensity or part, or the skill at it."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    standing = page.link(link)
    if standing is None:
        messages.warning(request, "That link is no longer in the chain. Undo brings back what was removed.")
        return redirect("chains:edit", ref)
    form = forms.Change(
        request.POST or None,
        initial=_typed(standing),
        version=page.version,
        resisted=page.analysis.behaviour.resisted,
    )
    if not form.is_bound:
        return _editor(request, page, form, changing=link, focus=link)

    def command(version: int | None) -> None:
        changed = form.link(ref=link)
        commands.change(actor=request.actor, ref=ref, link=changed, version=version, at=request.at)

    return _changed(request, ref, form, command, "The link is changed.", link=link)


@require_POST
def move(request: StaffRequest, ref: str) -> HttpResponse:
    """Move a link up or down within its part."""
    form, up = forms.Touch(request.POST), "up" in request.POST
    link = request.POST.get("up" if up else "down", "")

    def command(version: int | None) -> None:
        commands.move(actor=request.actor, ref=ref, link=link, up=up, version=version, at=request.at)

    return _changed(request, ref, form, command, f"The link is moved {'up' if up else 'down'}.", at=link)


@require_POST
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    """Take a link out."""
    form, link = forms.Touch(request.POST), request.POST.get("link", "")

    def command(version: int | None) -> None:
        commands.remove(actor=request.actor, ref=ref, link=link, version=version, at=request.at)

    return _changed(request, ref, form, command, "The link is removed. Undo brings it back.")


@require_POST
def undo(request: StaffRequest, ref: str) -> HttpResponse:
    """Take the newest change back."""
    form = forms.Touch(request.POST)

    def command(version: int | None) -> None:
        commands.undo(actor=request.actor, ref=ref, version=version, at=request.at)

    return _changed(request, ref, form, command, "The last change is undone.")


@require_http_methods(["GET", "POST"])
def analysis(request: StaffRequest, ref: str) -> HttpResponse:
    """The behaviour and the solution analysis."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    initial = {**asdict(page.analysis), **asdict(page.analysis.behaviour)}
    form = forms.Analysis(request.POST or None, initial=initial, version=page.version)
    form.until(dates.day_of(request.at))
    other = None
    if form.is_valid():
        try:
            commands.analyse(
                actor=request.actor, ref=ref, analysis=form.analysis(), version=form.version, at=request.at
            )
        except commands.ChangedElsewhere:
            form.keep(f"Not saved: {changed(page)}. Both are shown: bring them together, then save")
            form.version, other = page.version, page.analysis
        else:
            return redirect("chains:chain", ref)
    context = {"page": page, "form": form, "other": other}
    return render(request, "programme/chains/analysis.html", context, status=422 if form.errors else 200)


@require_POST
def save(request: StaffRequest, ref: str) -> HttpResponse:
    """Where the analysis saves itself to while somebody types."""
    form = forms.Analysis(request.POST)
    form.until(dates.day_of(request.at))
    if not form.is_valid():
        return autosave.incomplete(form)
    try:
        version = commands.analyse(
            actor=request.actor, ref=ref, analysis=form.analysis(), version=form.version, at=request.at
        )
    except commands.ChangedElsewhere:
        page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
        return autosave.conflict(f"{changed(page)}. Your words stay on this page. Press “Save” to show both.")
    return autosave.saved(version=version)


def changed(page: queries.Page) -> str:
    """ "changed elsewhere at 2:32pm by you"."""
    return autosave.changed(at=page.changed_at, by=page.changed_by)


def _changed(
    request: StaffRequest,
    ref: str,
    form: Form,
    command: Callable[[int | None], None],
    said: str,
    *,
    link: str = "",
    at: str = "",
) -> HttpResponse:
    """Carry one change of the links out and lead back to the editor; what was typed stays where that fails."""
    if form.is_valid():
        try:
            command(form.version)
        except commands.ChangedElsewhere:
            page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
            form.keep(
                f"Not done: {changed(page)}. The chain is shown as it stands now; do it again if it still fits"
            )
        except tuple(REFUSALS) as refused:
            form.keep(REFUSALS[type(refused)])
        else:
            messages.success(request, said)
            where = {"part": request.POST.get("part", ""), "at": at or link}
            query = urlencode({name: value for name, value in where.items() if value})
            return redirect(f"{reverse('chains:edit', args=[ref])}?{query}")
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form.version = page.version
    if isinstance(form, forms.Touch):
        line = forms.Line(initial={"part": links.Part.LINK.value}, version=page.version)
        return _editor(request, page, line, problem=form)
    return _editor(request, page, form, changing=link, focus=link)


def _editor(
    request: StaffRequest,
    page: queries.Page,
    form: Form,
    *,
    changing: str = "",
    focus: str = "",
    problem: Form | None = None,
) -> HttpResponse:
    """The editor's page. `problem` is a refused button: its errors are told, the line is empty."""
    told = problem or form
    after = page.link(request.POST.get("after", "") or request.GET.get("after", ""))
    context = {
        "page": page,
        "form": form,
        "told": told,
        "changing": changing,
        "focus": focus,
        "after": after,
    }
    return render(request, "programme/chains/edit.html", context, status=422 if told.errors else 200)


def _typed(link: links.Link) -> dict[str, Any]:
    intensity = "" if link.intensity is None else str(link.intensity)
    return {**asdict(link), "intensity": intensity}


def _drawn(page: queries.Page | earlier.Earlier) -> drawing.Drawing:
    return drawing.draw(links=page.links, behaviour=page.analysis.behaviour.behaviour)
