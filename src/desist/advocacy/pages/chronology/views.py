"""The page of a client's chronology, and those that put records of it on an exhibit, or tags on what it shows."""

import functools

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from desist.accounts.searching import opened, seal
from desist.advocacy.exhibits import commands as exhibits
from desist.advocacy.exhibits import contents
from desist.advocacy.exhibits.forms import Put
from desist.advocacy.pages.chronology import drawing, forms, queries
from desist.advocacy.pages.chronology import pictures as drawn
from desist.advocacy.pages.chronology.narrowing import Asked
from desist.advocacy.tags import commands as tags
from desist.ui.asking import ask
from desist.ui.tables import Cursor
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def chronology(request: StaffRequest, ref: str) -> HttpResponse:
    """Show what happened; typed words go to an address in which they are sealed."""
    words = forms.Words(request.POST or None)
    if words.is_valid():
        sealed = seal(words.cleaned_data["search"], who=request.actor.who)
        return redirect(f"{reverse('chronology:chronology', args=[ref])}?found={sealed}")
    narrow = forms.Narrow(request.GET)
    asked = _asked(request, narrow)
    page = queries.chronology(
        actor=request.actor, ref=ref, asked=asked, cursor=Cursor.read(request.GET), at=request.at
    )
    for name in ("since", "until"):
        narrow.offer(name, [("", "Any"), *page.months])
    narrow.offer("tag", [("", "Any"), *page.tags])
    narrow.offer("file", [("", "Any"), *page.files])
    context = {
        "page": page.victim,
        "chronology": page,
        "asked": asked,
        "form": words,
        "narrow": narrow,
        "chosen": _chosen(asked),
    }
    return render(
        request, "advocacy/chronology/chronology.html", context, status=422 if words.errors else 200
    )


@require_http_methods(["GET", "POST"])
def put(request: StaffRequest, ref: str) -> HttpResponse:
    """Put the ticked records, or all that were asked for, on an exhibit; the address names them."""
    every = request.GET.get("which") == "all"
    page = queries.chosen(
        actor=request.actor,
        ref=ref,
        asked=_asked(request, forms.Narrow(request.GET)),
        ticked=None if every else request.GET.getlist("row"),
        at=request.at,
    )
    initial = {"initials": page.initials, "statement": page.statement}
    if not page.exhibits:
        initial["exhibit"] = "new"
    form = Put(request.POST or None, initial=initial)
    form.offer("exhibit", [*page.exhibits, ("new", "A new exhibit")])

    def do() -> str:
        said = form.cleaned_data
        if said["exhibit"] != "new":
            contents.put(actor=request.actor, ref=said["exhibit"], rows=page.places, at=request.at)
            return str(said["exhibit"])
        words = {name: said[name] for name in ("initials", "caption", "statement")}
        return exhibits.begin(
            actor=request.actor,
            ref=ref,
            submission=form.submission,
            at=request.at,
            why=form.why(),
            rows=page.places,
            **words,
        )

    return ask(
        request,
        "advocacy/chronology/put.html",
        form,
        do=do,
        then=lambda own: redirect("exhibits:exhibit", own),
        page={"page": page.victim, "chosen": page},
        done="The records are on the exhibit.",
    )


@require_http_methods(["GET", "POST"])
def tag(request: StaffRequest, ref: str) -> HttpResponse:
    """Put a tag on the ticked records and incidents, or on all that were asked for, or take it off."""
    every = request.GET.get("which") == "all"
    page = queries.to_tag(
        actor=request.actor,
        ref=ref,
        asked=_asked(request, forms.Narrow(request.GET)),
        ticked=None if every else request.GET.getlist("row"),
        incidents=request.GET.getlist("incident"),
        at=request.at,
    )
    form = forms.TagRows(request.POST or None, initial={"what": "on"})
    form.ask(page.tags)

    def do() -> None:
        said = form.cleaned_data
        put_on = functools.partial(
            tags.put_on, words=said["words"] or dict(page.tags).get(said["tag"], said["tag"]), why=form.why()
        )
        take_off = functools.partial(tags.take_off, tag=said["tag"])
        (take_off if said["what"] == "off" else put_on)(
            actor=request.actor, ref=ref, records=page.places, incidents=page.incidents, at=request.at
        )

    return ask(
        request,
        "advocacy/chronology/tag.html",
        form,
        do=do,
        then=lambda _: redirect("chronology:chronology", ref),
        page={"page": page.victim, "tagging": page},
        done="The tags are changed.",
    )


def _asked(request: StaffRequest, narrow: forms.Narrow) -> Asked:
    """What the address asks for."""
    return narrow.asked(words=opened(request.GET.get("found", ""), who=request.actor.who))


@require_safe
def pictures(request: StaffRequest, ref: str) -> HttpResponse:
    """Show the chronology in pictures, with a table behind each."""
    page = drawn.pictures(actor=request.actor, ref=ref, at=request.at)
    context = {"page": page.victim, "pictures": page, "draw": drawing}
    return render(request, "advocacy/chronology/pictures.html", context)


def _chosen(asked: Asked) -> list[tuple[str, str]]:
    """What no drop-down shows, in words, with its name in the address."""
    return [(one.words, name) for one, name in ((asked.span, "span"), (asked.hour, "hour")) if one]
