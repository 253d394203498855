"""The pages of a chain: read it, share it, work on its links, analyse it. What works on it has a shared way too."""

from dataclasses import asdict

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme import saves
from desist.programme.chains import commands, contact, drawing, editing, forms, links, map_drawing, queries
from desist.programme.chains import versions as earlier
from desist.programme.chains.editing import ALONE, Screen
from desist.refusals import Changed, Refused
from desist.ui import autosave, dates
from desist.ui.asking import ask
from desist.ui.words import Unclear
from desist.wall.requests import StaffRequest

NOT_SHOWN = (
    "Saved, but not shown to the person yet. Reword what is named below, or say why it is safe to keep"
)


@require_safe
def person(request: StaffRequest, ref: str) -> HttpResponse:
    """A person's chains, and what comes back across them."""
    beside = request.GET.getlist("beside")
    page = queries.person(actor=request.actor, ref=ref, beside=beside, at=request.at)
    context = {"page": page, "map": map_drawing.draw(patterns=page.patterns)}
    return render(request, "programme/chains/person.html", context)


@require_safe
def chain(request: StaffRequest, ref: str) -> HttpResponse:
    """One chain to read and to print."""
    page = queries.chain(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/chains/chain.html", {"page": page, "drawing": _drawn(page)})


@require_safe
def versions(request: StaffRequest, ref: str) -> HttpResponse:
    """Show the earlier versions of a chain: who saved it and when."""
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
    """Show the chain alone, large, for the participant."""
    page = queries.chain(actor=request.actor, ref=ref, at=request.at, shared=True)
    return render(request, "programme/chains/shared.html", {"page": page, "drawing": _drawn(page)})


@require_http_methods(["GET", "POST"])
def start(request: StaffRequest, ref: str) -> HttpResponse:
    """Begin a chain in a session: say what it is about."""
    page = queries.begin(actor=request.actor, session=ref, at=request.at)
    form = forms.Behaviour(request.POST or None)
    form.until(dates.day_of(request.at))
    return ask(
        request,
        "programme/chains/start.html",
        form,
        do=lambda: commands.start(
            actor=request.actor,
            session=ref,
            behaviour=form.behaviour_typed(),
            submission=form.submission,
            override=form.override(),
            at=request.at,
        ),
        then=lambda chain: redirect("chains:edit", chain),
        page={"page": page},
    )


@require_safe
def edit(request: StaffRequest, ref: str, screen: Screen = ALONE) -> HttpResponse:
    """The chain with a line to type in below each part."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at, shared=screen.shared)
    return editing.editor(request, page, None, screen, focus=request.GET.get("at", ""))


@require_POST
def add(request: StaffRequest, ref: str, screen: Screen = ALONE) -> HttpResponse:
    """Add a link."""
    form = forms.Line(request.POST)

    def command(version: int | None) -> None:
        after = request.POST.get("after", "")
        commands.add(
            actor=request.actor,
            ref=ref,
            link=form.link(),
            after=after,
            version=version,
            override=form.override(),
            at=request.at,
            shared=screen.shared,
        )

    return editing.changed(request, ref, form, command, done="added", screen=screen)


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str, link: str, screen: Screen = ALONE) -> HttpResponse:
    """Change a link's words, type, intensity or part, or the skill at it."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at, shared=screen.shared)
    standing = page.link(link)
    if standing is None:
        return editing.back(request, ref, "gone", screen)
    form = forms.Change(
        request.POST or None,
        initial=editing.typed(standing),
        version=page.version,
        standing=standing,
        resisted=page.analysis.behaviour.resisted,
        spellings=() if screen.shared else page.words_before,
    )
    if not form.is_bound:
        return editing.editor(request, page, form, screen, changing=link, focus=link)

    def command(version: int | None) -> None:
        changed = form.link(ref=link)
        commands.change(
            actor=request.actor,
            ref=ref,
            link=changed,
            version=version,
            override=form.override(),
            at=request.at,
            shared=screen.shared,
        )

    return editing.changed(request, ref, form, command, done="changed", screen=screen, link=link)


@require_POST
def move(request: StaffRequest, ref: str, screen: Screen = ALONE) -> HttpResponse:
    """Move a link up or down, into the next part at the edge of its own."""
    form, up = forms.Touch(request.POST), "up" in request.POST
    link = request.POST.get("up" if up else "down", "")
    if "place" in request.POST:
        return _place(request, ref, form, screen)

    def command(version: int | None) -> None:
        commands.move(
            actor=request.actor,
            ref=ref,
            link=link,
            up=up,
            version=version,
            at=request.at,
            shared=screen.shared,
        )

    return editing.changed(request, ref, form, command, done="up" if up else "down", screen=screen, at=link)


def _place(request: StaffRequest, ref: str, form: forms.Touch, screen: Screen) -> HttpResponse:
    """Put a link where it was dropped: into a part, behind another link or first."""
    link, part = request.POST["place"], request.POST.get("into", "")

    def command(version: int | None) -> None:
        if part not in links.Part.values:
            raise Refused(links.NO_SUCH_LINK)
        commands.place(
            actor=request.actor,
            ref=ref,
            link=link,
            part=links.Part(part),
            after=request.POST.get("behind", ""),
            version=version,
            at=request.at,
            shared=screen.shared,
        )

    return editing.changed(request, ref, form, command, done="placed", screen=screen, at=link)


@require_POST
def remove(request: StaffRequest, ref: str, screen: Screen = ALONE) -> HttpResponse:
    """Take a link out."""
    form, link = forms.Touch(request.POST), request.POST.get("link", "")

    def command(version: int | None) -> None:
        commands.remove(
            actor=request.actor, ref=ref, link=link, version=version, at=request.at, shared=screen.shared
        )

    return editing.changed(request, ref, form, command, done="removed", screen=screen)


@require_POST
def undo(request: StaffRequest, ref: str, screen: Screen = ALONE) -> HttpResponse:
    """Take the newest change back."""
    form = forms.Touch(request.POST)

    def command(version: int | None) -> None:
        commands.undo(actor=request.actor, ref=ref, version=version, at=request.at, shared=screen.shared)

    return editing.changed(request, ref, form, command, done="undone", screen=screen)


@require_http_methods(["GET", "POST"])
def analysis(request: StaffRequest, ref: str, screen: Screen = ALONE) -> HttpResponse:
    """The behaviour and the solution analysis."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at, shared=screen.shared)
    initial = {**asdict(page.analysis), **asdict(page.analysis.behaviour)}
    form = forms.Analysis(request.POST or None, initial=initial, version=page.version)
    form.until(dates.day_of(request.at))
    form.without(page.hidden)

    def keep() -> None:
        form.version = commands.analyse(
            actor=request.actor,
            ref=ref,
            analysis=form.analysis(page.kept),
            version=form.version,
            at=request.at,
        )
        if not screen.shared:
            _show(request, ref, form)
        elif _means_contact(form):
            raise Refused(contact.WHY, field="repair")

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_change(actor=request.actor, ref=ref, at=request.at, shared=screen.shared)
        changed = editing.elsewhere(newer, screen)
        form.keep(f"Not saved: {changed}. Both are shown: combine them, then save")
        form.version = newer.version
        return {"page": newer, "other": newer.analysis}

    return ask(
        request,
        screen.analysis,
        form,
        do=keep,
        then=lambda _: redirect(screen.after, ref),
        page={"page": page, "other": None, "space": screen.space},
        anew=anew,
    )


def _show(request: StaffRequest, ref: str, form: forms.Analysis) -> None:
    try:
        commands.show(actor=request.actor, ref=ref, override=form.override(), at=request.at)
    except Unclear:
        form.add_error(None, NOT_SHOWN)
        raise


@require_POST
def save(request: StaffRequest, ref: str, screen: Screen = ALONE) -> HttpResponse:
    """Save the analysis while it is typed."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at, shared=screen.shared)
    form = forms.Analysis(request.POST)
    form.until(dates.day_of(request.at))
    form.without(page.hidden)
    if not form.is_valid():
        return autosave.incomplete(form)
    try:
        version = commands.analyse(
            actor=request.actor,
            ref=ref,
            analysis=form.analysis(page.kept),
            version=form.version,
            at=request.at,
        )
    except Changed:
        page = queries.to_change(actor=request.actor, ref=ref, at=request.at, shared=screen.shared)
        said = editing.elsewhere(page, screen)
        return autosave.conflict(f"{said}. Your words stay on this page. Press “Save” to show both.")
    if screen.shared:
        return autosave.saved(version=version, said=contact.WHY if _means_contact(form) else "")
    if not (form.found or form.unread):
        return autosave.saved(version=version)
    withheld = queries.to_change(actor=request.actor, ref=ref, at=request.at).withheld
    return autosave.saved(version=version, said=autosave.hidden(withheld))


def _means_contact(form: forms.Analysis) -> bool:
    """Return whether the repair means contact with the victim: the page says so in front of the person too."""
    return any(one.kind == contact.KIND for one in form.found.get("repair", ()))


def _drawn(page: queries.ChainPage | earlier.Earlier) -> drawing.Drawing:
    return drawing.draw(links=page.links, behaviour=page.analysis.behaviour.behaviour)
