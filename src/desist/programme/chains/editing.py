"""The answers of a chain's editor, alone or on a shared screen: carried out, refused, or changed elsewhere."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from desist.programme.chains import forms, links, queries
from desist.refusals import Changed, Refused
from desist.ui import autosave, dates
from desist.ui.forms import Form
from desist.ui.words import Unclear
from desist.wall.requests import StaffRequest

#: the sentence for each act that was carried out
DONE = {
    "added": "The link is added.",
    "changed": "The link is changed.",
    "up": "The link is moved up.",
    "down": "The link is moved down.",
    "placed": "The link is moved.",
    "removed": "The link is removed. Use Undo to restore it.",
    "undone": "The last change is undone.",
    "gone": "That link is no longer in the chain. Use Undo to restore what was removed.",
}


#: the type with which the line of a part begins: a prompting event is an event
FIRST = {links.Part.PROMPT: links.Kind.EVENT.value}


@dataclass(frozen=True)
class Screen:
    """The screen on which the editor stands, and who sees it.

    `space` begins the names of its routes; `after` is where a saved analysis leads. A shared screen names no colleague
    and shows no message that another page left behind: its address says what was done, as a word of DONE.
    """

    shared: bool
    space: str
    edit: str
    analysis: str
    after: str


ALONE = Screen(
    shared=False,
    space="chains:",
    edit="programme/chains/edit.html",
    analysis="programme/chains/analysis.html",
    after="chains:chain",
)
SHARED = Screen(
    shared=True,
    space="chains:shared-",
    edit="programme/chains/shared_edit.html",
    analysis="programme/chains/shared_analysis.html",
    after="chains:shared",
)


def changed(
    request: StaffRequest,
    ref: str,
    form: Form,
    command: Callable[[int | None], None],
    *,
    done: str,
    screen: Screen,
    link: str = "",
    at: str = "",
) -> HttpResponse:
    """Carry one change of the links out and lead back to the editor; the typed words stay where that fails."""
    form.before_the_person = screen.shared
    if form.is_valid():
        try:
            command(form.version)
        except Changed:
            page = queries.to_change(actor=request.actor, ref=ref, at=request.at, shared=screen.shared)
            form.keep(
                f"Not done: {elsewhere(page, screen)}. The current chain is shown; do it again if it still "
                "fits"
            )
        except Unclear as unclear:
            form.refuse(unclear)
        except Refused as refused:
            form.deny(refused)
        else:
            where = {"part": request.POST.get("part", ""), "at": at or link}
            return back(request, ref, done, screen, **where)
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at, shared=screen.shared)
    form.version = page.version
    return editor(request, page, form, screen, changing=link, focus=link)


def back(request: StaffRequest, ref: str, done: str, screen: Screen, **where: str) -> HttpResponse:
    """Lead to the editor, which says what was done."""
    if screen.shared:
        where["done"] = done
    elif done == "gone":
        messages.warning(request, DONE[done])
    else:
        messages.success(request, DONE[done])
    query = urlencode({name: value for name, value in where.items() if value})
    return redirect(f"{reverse(f'{screen.space}edit', args=[ref])}{'?' if query else ''}{query}")


def editor(
    request: StaffRequest,
    page: queries.ChainPage,
    form: Form | None,
    screen: Screen,
    *,
    changing: str = "",
    focus: str = "",
) -> HttpResponse:
    """Return the editor's page. `form` is the one that was sent or opened: a line, a change or a refused button."""
    told = form or forms.Touch()
    after = page.link(request.POST.get("after", "") or request.GET.get("after", ""))
    done = request.GET.get("done", "") if screen.shared and not told.errors else ""
    context = {
        "page": page,
        "lines": lines(page, form),
        "form": form,
        "told": told,
        "changing": changing,
        "focus": focus,
        "after": after,
        "space": screen.space,
        "undoes": page.undoes_shared if screen.shared else page.undoes,
        "offered": own_words(page) if screen.shared else page.words_before,
        "said": DONE.get(done, ""),
        "gone": done == "gone",
    }
    return render(request, screen.edit, context, status=422 if told.errors else 200)


def lines(page: queries.ChainPage, form: Form | None) -> dict[links.Part, forms.Line]:
    """Return the line below each part; the one that was sent keeps its words."""
    found = {
        part: forms.Line(initial={"part": part.value, "kind": FIRST.get(part, "")}, version=page.version)
        for part in links.Part
    }
    if isinstance(form, forms.Line) and not isinstance(form, forms.Change):
        found[form.where] = form
    return found


def own_words(page: queries.ChainPage) -> tuple[str, ...]:
    """Return the words of the chain's own links: the participant's screen does not show those of other chains."""
    return tuple(dict.fromkeys(link.words for link in page.links))


def elsewhere(page: queries.ChainPage, screen: Screen) -> str:
    """Return "changed elsewhere at 2:32pm by you"; on a screen that the participant sees, without the name."""
    if screen.shared:
        return f"changed elsewhere at {dates.clock(page.changed_at)}"
    return autosave.changed(at=page.changed_at, by=page.changed_by)


def typed(link: links.Link) -> dict[str, Any]:
    """Return a link as the form begins with it."""
    intensity = "" if link.intensity is None else str(link.intensity)
    return {**asdict(link), "intensity": intensity}
