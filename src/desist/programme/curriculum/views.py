"""The pages of the curriculum: read it, write a draft, put it into use."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.curriculum import commands, forms, queries
from desist.ui.asking import ask, press
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest

CHANGED = "Not saved: this draft was changed after you opened the page. Check the draft, then save again"


@require_safe
def curriculum(request: StaffRequest) -> HttpResponse:
    """What plans follow now, and what they followed before."""
    page = queries.curriculum(actor=request.actor, at=request.at)
    return render(request, "programme/curriculum/curriculum.html", {"page": page})


@require_safe
def version(request: StaffRequest, ref: str) -> HttpResponse:
    """One version; a draft with its forms."""
    said, parts = queries.version(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/curriculum/version.html", {"version": said, "parts": parts})


@require_POST
def start(request: StaffRequest) -> HttpResponse:
    """Begin a draft, or go on with the one there is."""
    ref = commands.start(actor=request.actor, at=request.at)
    return redirect("curriculum:version", ref)


@require_http_methods(["GET", "POST"])
def add_module(request: StaffRequest, ref: str) -> HttpResponse:
    """Add a module to a draft."""
    said = queries.to_write(actor=request.actor, ref=ref, at=request.at)
    form = forms.Module(request.POST or None, version=said.version)
    return ask(
        request,
        "programme/curriculum/module.html",
        form,
        do=lambda: commands.add_module(
            actor=request.actor,
            ref=ref,
            **form.cleaned_data,
            version=form.version,
            override=form.override(),
            at=request.at,
        ),
        then=lambda _: redirect("curriculum:version", ref),
        page={"version": said, "heading": "Add a module"},
        anew=lambda _: _overtaken(form, queries.to_write(actor=request.actor, ref=ref, at=request.at)),
    )


@require_http_methods(["GET", "POST"])
def module(request: StaffRequest, ref: str) -> HttpResponse:
    """Change a module of a draft."""
    said, part = queries.module(actor=request.actor, ref=ref, at=request.at)
    form = forms.Module(
        request.POST or None, initial={"name": part.name, "words": part.words}, version=said.version
    )
    return ask(
        request,
        "programme/curriculum/module.html",
        form,
        do=lambda: commands.write_module(
            actor=request.actor,
            ref=ref,
            **form.cleaned_data,
            version=form.version,
            override=form.override(),
            at=request.at,
        ),
        then=lambda _: redirect("curriculum:version", said.ref),
        page={"version": said, "heading": "Change a module"},
        anew=lambda _: _overtaken(form, queries.module(actor=request.actor, ref=ref, at=request.at)[0]),
    )


@require_http_methods(["GET", "POST"])
def session(request: StaffRequest, ref: str) -> HttpResponse:
    """Change one of the twelve sessions of a draft."""
    said, outline, modules = queries.session(actor=request.actor, ref=ref, at=request.at)
    form = forms.Session(
        request.POST or None,
        initial=asdict(outline),
        modules=modules,
        instruments=queries.instruments(),
        version=said.version,
    )
    return ask(
        request,
        "programme/curriculum/session.html",
        form,
        do=lambda: commands.write_session(
            actor=request.actor, ref=ref, written=form.written(), version=form.version, at=request.at
        ),
        then=lambda _: redirect("curriculum:version", said.ref),
        page={"version": said, "number": outline.number},
        anew=lambda _: _overtaken(form, queries.session(actor=request.actor, ref=ref, at=request.at)[0]),
    )


@require_http_methods(["GET", "POST"])
def use(request: StaffRequest, ref: str) -> HttpResponse:
    """Put a draft into use."""
    said = queries.to_write(actor=request.actor, ref=ref, at=request.at)
    form = forms.Use(request.POST or None, version=said.version)

    def leave(_: None) -> HttpResponse:
        messages.success(request, "Now in use. Sessions planned from now on follow it.")
        return redirect("curriculum:curriculum")

    return ask(
        request,
        "programme/curriculum/use.html",
        form,
        do=lambda: commands.use(
            actor=request.actor,
            ref=ref,
            reason=form.cleaned_data["reason"],
            version=form.version,
            at=request.at,
        ),
        then=leave,
        page={"version": said},
        anew=lambda _: _overtaken(form, queries.to_write(actor=request.actor, ref=ref, at=request.at)),
    )


@require_POST
def drop(request: StaffRequest, ref: str) -> HttpResponse:
    """Give a draft up."""

    def give_up() -> None:
        commands.drop(actor=request.actor, ref=ref, at=request.at)
        messages.success(request, "The draft has been discarded. The curriculum in use does not change.")

    return press(request, do=give_up, then=lambda _: redirect("curriculum:curriculum"))


def _overtaken(form: Form, newer: queries.Version) -> dict[str, object]:
    """Say on a form that its draft was changed; after a look at it, the words on the form can be sent again."""
    form.keep(CHANGED)
    form.version = newer.version
    return {"version": newer}
