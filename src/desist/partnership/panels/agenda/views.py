"""The pages of a case on a panel's agenda."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.partnership.panels.agenda import commands, forms, queries
from desist.refusals import Changed
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def put(request: StaffRequest, ref: str) -> HttpResponse:
    """Put a case on the agenda of a meeting."""
    page = queries.to_put(actor=request.actor, referral=ref, at=request.at)
    form = forms.Put(request.POST or None)
    form.offer("meeting", page.meetings)
    return ask(
        request,
        "partnership/panels/put.html",
        form,
        do=lambda: commands.put(
            actor=request.actor, referral=ref, **form.cleaned_data, submission=form.submission, at=request.at
        ),
        done="The case is on the agenda.",
        then=lambda made: redirect("agenda:item", made),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, ref: str) -> HttpResponse:
    """Add a case to the agenda of a meeting, as its chair."""
    title = queries.to_add(actor=request.actor, meeting=ref, at=request.at)
    form = forms.Add(request.POST or None)
    return ask(
        request,
        "partnership/panels/add_case.html",
        form,
        do=lambda: commands.add(
            actor=request.actor, meeting=ref, **form.cleaned_data, submission=form.submission, at=request.at
        ),
        done="The case is on the agenda.",
        then=lambda made: redirect("agenda:item", made),
        page={"title_of": title, "ref": ref},
    )


@require_safe
def item(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one case on an agenda, with its papers and actions."""
    page = queries.item(actor=request.actor, ref=ref, at=request.at)
    return render(request, "partnership/panels/item.html", {"page": page})


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """Change what is said of a case on the agenda."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.Change(request.POST or None, known=page.known, version=page.version)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_change(actor=request.actor, ref=ref, at=request.at)
        form.keep("Not saved: a colleague has changed this case since you opened it")
        form.version = newer.version
        return {"page": newer}

    return ask(
        request,
        "partnership/panels/change_item.html",
        form,
        do=lambda: commands.change(
            actor=request.actor, ref=ref, **form.cleaned_data, version=form.version, at=request.at
        ),
        done="The agenda is saved.",
        then=lambda _: redirect("agenda:item", ref),
        page={"page": page},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def take_off(request: StaffRequest, ref: str) -> HttpResponse:
    """Take a case off the agenda."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    return ask(
        request,
        "partnership/panels/take_off.html",
        forms.TakeOff(request.POST or None),
        do=lambda: commands.take_off(actor=request.actor, ref=ref, at=request.at),
        done="The case is off the agenda. The agencies read nothing about it any more.",
        then=lambda meeting: redirect("panels:meeting", meeting),
        page={"page": page},
    )
