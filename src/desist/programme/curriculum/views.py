"""The pages of the curriculum: read it, write a draft, put it into use."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.curriculum import commands, forms, queries
from desist.refusals import Changed
from desist.ui.forms import Form
from desist.ui.words import Unclear
from desist.wall.requests import StaffRequest

CHANGED = "Not saved: somebody changed this draft since you opened the page. Look at it, then save again"
CLOSED = "Not saved: this version is no longer a draft. Start a new draft"
TAKEN = "Not saved: another module has this name. Choose another name"


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
    if form.is_valid():
        try:
            commands.add_module(
                actor=request.actor,
                ref=ref,
                **form.cleaned_data,
                version=form.version,
                override=form.override(),
                at=request.at,
            )
        except Unclear as unclear:
            form.refuse(unclear)
        except (Changed, commands.NotADraft, commands.NameTaken) as problem:
            _keep(form, problem, said)
        else:
            return redirect("curriculum:version", ref)
    context = {"version": said, "form": form, "heading": "Add a module"}
    return render(request, "programme/curriculum/module.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def module(request: StaffRequest, ref: str) -> HttpResponse:
    """Change a module of a draft."""
    said, part = queries.module(actor=request.actor, ref=ref, at=request.at)
    form = forms.Module(
        request.POST or None, initial={"name": part.name, "words": part.words}, version=said.version
    )
    if form.is_valid():
        try:
            commands.write_module(
                actor=request.actor,
                ref=ref,
                **form.cleaned_data,
                version=form.version,
                override=form.override(),
                at=request.at,
            )
        except Unclear as unclear:
            form.refuse(unclear)
        except (Changed, commands.NotADraft, commands.NameTaken) as problem:
            _keep(form, problem, said)
        else:
            return redirect("curriculum:version", said.ref)
    context = {"version": said, "form": form, "heading": "Change a module"}
    return render(request, "programme/curriculum/module.html", context, status=422 if form.errors else 200)


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
    if form.is_valid():
        try:
            commands.write_session(
                actor=request.actor, ref=ref, written=form.written(), version=form.version, at=request.at
            )
        except Unclear as unclear:
            form.refuse(unclear)
        except (Changed, commands.NotADraft) as problem:
            _keep(form, problem, said)
        else:
            return redirect("curriculum:version", said.ref)
    context = {"version": said, "form": form, "number": outline.number}
    return render(request, "programme/curriculum/session.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def use(request: StaffRequest, ref: str) -> HttpResponse:
    """Put a draft into use."""
    said = queries.to_write(actor=request.actor, ref=ref, at=request.at)
    form = forms.Use(request.POST or None, version=said.version)
    if form.is_valid():
        try:
            commands.use(
                actor=request.actor,
                ref=ref,
                reason=form.cleaned_data["reason"],
                version=form.version,
                at=request.at,
            )
        except (Changed, commands.NotADraft) as problem:
            _keep(form, problem, said)
        else:
            messages.success(request, "Now in use. Sessions planned from now on follow it.")
            return redirect("curriculum:curriculum")
    context = {"version": said, "form": form}
    return render(request, "programme/curriculum/use.html", context, status=422 if form.errors else 200)


@require_POST
def drop(request: StaffRequest, ref: str) -> HttpResponse:
    """Give a draft up."""
    try:
        commands.drop(actor=request.actor, ref=ref, at=request.at)
    except commands.NotADraft:
        messages.info(request, "This version was no longer a draft.")
    else:
        messages.success(request, "The draft has been discarded. The curriculum in use does not change.")
    return redirect("curriculum:curriculum")


def _keep(form: Form, problem: Exception, said: queries.Version) -> None:
    """Say in a sentence why a draft was not saved; after a look at it, the same words can be sent again."""
    sentences = {Changed: CHANGED, commands.NameTaken: TAKEN}
    form.keep(sentences.get(type(problem), CLOSED))
    form.version = said.version
