"""The pages of letters."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.letters import commands, facts, forms, queries
from desist.programme.letters.states import Kind, Way
from desist.refusals import Changed
from desist.ui import dates
from desist.ui.asking import ask, press
from desist.ui.tables import Cursor, Sort
from desist.wall.requests import StaffRequest

SORTED = ("written_at", "kind")


@require_safe
def register(request: StaffRequest) -> HttpResponse:
    """The letters that were written, and how each went out."""
    narrow = forms.Narrow(request.GET)
    sort = Sort.read(request.GET, allowed=SORTED, default="-written_at")
    rows, paging = queries.register(
        actor=request.actor,
        state=narrow.said("state"),
        sort=sort,
        cursor=Cursor.read(request.GET),
        at=request.at,
    )
    page = {"rows": rows, "paging": paging, "sort": sort, "narrow": narrow}
    return render(request, "programme/letters/register.html", page)


@require_safe
def letters(request: StaffRequest, ref: str) -> HttpResponse:
    """A person's letters."""
    page = queries.letters(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/letters/letters.html", {"page": page, "kinds": Kind.choices})


@require_http_methods(["GET", "POST"])
def write(request: StaffRequest, ref: str, kind: str) -> HttpResponse:
    """Write one letter."""
    page = queries.to_write(actor=request.actor, episode=ref, kind=kind, at=request.at)
    form = forms.Write(request.POST or None, initial={"variant": page.first})
    return ask(
        request,
        "programme/letters/write.html",
        form,
        do=lambda: commands.write(
            actor=request.actor,
            episode=ref,
            writing=form.writing(page.kind),
            submission=form.submission,
            at=request.at,
        ),
        done="The letter is written, and kept under Documents. Save a copy, print it, and record how it went out.",
        then=lambda _: redirect("letters:letters", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def send(request: StaffRequest, ref: str) -> HttpResponse:
    """Record how a letter went out."""
    row = queries.to_send(actor=request.actor, ref=ref, at=request.at)
    today = dates.day_of(request.at)
    form = forms.Send(request.POST or None, initial={"on": today})
    form.limit("on", latest=today)
    return ask(
        request,
        "programme/letters/send.html",
        form,
        do=lambda: commands.send(
            actor=request.actor,
            ref=ref,
            way=Way(form.cleaned_data["way"]),
            on=form.cleaned_data["on"],
            at=request.at,
        ),
        done="Recorded in the register.",
        then=lambda _: redirect("letters:letters", row.episode),
        page={"row": row},
    )


@require_POST
def drop(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that a letter is not sent."""
    row = queries.to_send(actor=request.actor, ref=ref, at=request.at)
    return press(
        request,
        do=lambda: commands.drop(actor=request.actor, ref=ref, at=request.at),
        done="Recorded: this letter is not sent.",
        then=lambda _: redirect("letters:letters", row.episode),
    )


@require_safe
def templates(request: StaffRequest) -> HttpResponse:
    """The words of every letter."""
    page = queries.words(actor=request.actor, at=request.at)
    return render(request, "programme/letters/templates.html", {"page": page})


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, kind: str, variant: str) -> HttpResponse:
    """Change the words of one letter."""
    row = queries.template(actor=request.actor, kind=kind, variant=variant, at=request.at)
    form = forms.Template(
        request.POST or None,
        initial={"title": row.words.title, "text": row.words.text, "replaces": row.words.ref},
    )

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.template(actor=request.actor, kind=kind, variant=variant, at=request.at)
        form.keep("A colleague changed these words first. Theirs are above")
        form.follow(newer.words.ref)
        return {"newer": newer.words}

    return ask(
        request,
        "programme/letters/change.html",
        form,
        do=lambda: commands.change(
            actor=request.actor,
            kind=row.kind,
            variant=row.variant,
            words=form.words(),
            override=form.override(),
            at=request.at,
        ),
        done="Saved. Letters written from now on say this.",
        then=lambda _: redirect("letters:templates"),
        page={"row": row, "newer": None, "names": facts.names(row.kind)},
        anew=anew,
    )
