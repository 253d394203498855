"""The pages of a panel's meetings."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.partnership.pages.panels import queries
from desist.partnership.panels import commands, forms
from desist.refusals import Changed
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_safe
def panels(request: StaffRequest) -> HttpResponse:
    """Show the meetings to come, or those that were held."""
    past = request.GET.get("meetings") == "past"
    page = queries.panels(actor=request.actor, past=past, at=request.at)
    return render(request, "partnership/panels/panels.html", {"page": page, "past": past})


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """Add a meeting."""
    choices = queries.to_add(actor=request.actor, at=request.at)
    form = forms.Meeting(
        request.POST or None, chairs=choices.chairs, agencies=choices.agencies, known={"chair": choices.chair}
    )
    form.limit("on", earliest=request.at)
    return ask(
        request,
        "partnership/panels/add.html",
        form,
        do=lambda: commands.add(
            actor=request.actor,
            terms=form.terms(),
            agencies=form.cleaned_data["agencies"],
            submission=form.submission,
            at=request.at,
        ),
        done="The meeting is on the list. Cases are put on its agenda from their referral.",
        then=lambda ref: redirect("panels:meeting", ref),
        page={},
    )


@require_safe
def meeting(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one meeting with its agenda."""
    page = queries.meeting(actor=request.actor, ref=ref, at=request.at)
    return render(request, "partnership/panels/meeting.html", {"page": page})


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """Change a meeting and who is invited."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    choices = page.choices
    form = forms.Meeting(
        request.POST or None,
        chairs=choices.chairs,
        agencies=choices.agencies,
        known=page.known,
        version=page.version,
    )

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_change(actor=request.actor, ref=ref, at=request.at)
        form.keep("Not saved: a colleague has changed this meeting since you opened it")
        form.version = newer.version
        return {"page": newer}

    return ask(
        request,
        "partnership/panels/change.html",
        form,
        do=lambda: commands.change(
            actor=request.actor,
            ref=ref,
            terms=form.terms(),
            agencies=form.cleaned_data["agencies"],
            version=form.version,
            at=request.at,
        ),
        done="The meeting is saved. The agencies see it as it is now.",
        then=lambda _: redirect("panels:meeting", ref),
        page={"page": page},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def attendance(request: StaffRequest, ref: str) -> HttpResponse:
    """Record which agencies came."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.WhoCame(request.POST or None, seats=page.seats, version=page.version)
    return ask(
        request,
        "partnership/panels/attendance.html",
        form,
        do=lambda: commands.note_attendance(
            actor=request.actor, ref=ref, came=form.attendance(), version=form.version, at=request.at
        ),
        done="It is recorded who came.",
        then=lambda _: redirect("panels:meeting", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def call_off(request: StaffRequest, ref: str) -> HttpResponse:
    """Call a meeting off."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    return ask(
        request,
        "partnership/panels/call_off.html",
        forms.CallOff(request.POST or None),
        do=lambda: commands.call_off(actor=request.actor, ref=ref, at=request.at),
        done="The meeting is called off. The agencies see that.",
        then=lambda _: redirect("panels:meeting", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def reader(request: StaffRequest, ref: str) -> HttpResponse:
    """Name an account that should read both sides at the meeting."""
    page = queries.readers(actor=request.actor, ref=ref, at=request.at)
    form = forms.Reader(request.POST or None)
    form.offer("account", page.accounts)
    return ask(
        request,
        "partnership/panels/reader.html",
        form,
        do=lambda: commands.name_reader(actor=request.actor, ref=ref, **form.cleaned_data, at=request.at),
        done="A second person must agree. Until then this reader has one side.",
        then=lambda _: redirect("panels:reader", ref),
        page={"page": page},
    )


@require_POST
def agree(request: StaffRequest, ref: str, reader: str) -> HttpResponse:
    """Agree, as the second person, that an account reads both sides."""
    return press(
        request,
        do=lambda: commands.agree_to_reader(actor=request.actor, ref=ref, reader=reader, at=request.at),
        done="This reader has both sides at this meeting.",
        then=lambda _: redirect("panels:reader", ref),
    )


@require_POST
def end_reader(request: StaffRequest, ref: str, reader: str) -> HttpResponse:
    """End that an account reads both sides."""
    return press(
        request,
        do=lambda: commands.end_reader(actor=request.actor, ref=ref, reader=reader, at=request.at),
        done="This reader has one side again.",
        then=lambda _: redirect("panels:reader", ref),
    )
