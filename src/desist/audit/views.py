"""The audit's pages, for the data protection officer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from desist.accounts.alerts import queries as alerts
from desist.audit import forms, queries
from desist.audit.downloads import queries as files
from desist.audit.downloads import views as downloads
from desist.ui.tables import Cursor
from desist.wall.requests import StaffRequest


@require_safe
def events(request: StaffRequest) -> HttpResponse:
    """Show the events and their actors once the purpose is given; before that, only what waits."""
    if not forms.Why(request.GET).is_valid():
        return _ask(request)
    form = _form(request)
    page = None
    if form.is_valid():
        cursor = Cursor.read(request.GET)
        page = queries.events(actor=request.actor, criteria=form.criteria(), cursor=cursor, at=request.at)
    return _draw(request, form, page)


@require_http_methods(["GET", "POST"])
def export(request: StaffRequest) -> HttpResponse:
    """Ask a second person to release these events as a file."""
    if not forms.Why(request.GET).is_valid():
        return _ask(request)
    form = _form(request)
    if form.is_valid():
        criteria = form.criteria()
        if queries.fits(actor=request.actor, criteria=criteria, at=request.at):
            title = queries.in_words(criteria)
            return downloads.ask(request, kind="audit.events", title=title, criteria=criteria.kept())
        form.add_error("since", str(queries.TooMany()))
    return _draw(request, form, None)


def _ask(request: StaffRequest) -> HttpResponse:
    """Ask for the purpose. No event is read before the answer."""
    form = forms.Why(request.GET or None)
    context = {
        "form": form,
        "alerts": alerts.waiting(actor=request.actor, at=request.at),
        "files": files.to_release(actor=request.actor, at=request.at),
    }
    return render(request, "audit/why.html", context, status=422 if form.errors else 200)


def _form(request: StaffRequest) -> forms.Events:
    form = forms.Events(request.GET)
    form.offer("who", [forms.ANY, *queries.people()])
    form.offer("action", [forms.ANY, *queries.actions()])
    return form


def _draw(request: StaffRequest, form: forms.Events, page: queries.Page | None) -> HttpResponse:
    context = {"form": form, "page": page}
    return render(request, "audit/events.html", context, status=422 if form.errors else 200)
