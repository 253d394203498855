"""The pages of an agency about panels: its own papers, minutes and actions, and nothing else."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.partnership.panels.our_panels import queries
from desist.partnership.panels.panel_actions import commands, forms
from desist.partnership.panels.policy import Action
from desist.partnership.panels.states import What
from desist.refusals import Changed
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def panels(request: StaffRequest) -> HttpResponse:
    """Show what the agency has to do, and its meetings."""
    page = queries.panels(actor=request.actor, at=request.at)
    return render(request, "partnership/our_panels/panels.html", {"page": page})


@require_safe
def meeting(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one meeting, with what the agency is given."""
    page = queries.meeting(actor=request.actor, ref=ref, at=request.at)
    return render(request, "partnership/our_panels/meeting.html", {"page": page})


@require_safe
def paper(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one paper."""
    page = queries.paper(actor=request.actor, ref=ref, at=request.at)
    return render(request, "partnership/our_panels/paper.html", {"page": page})


@require_safe
def action(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one action of the agency."""
    page = queries.action(actor=request.actor, ref=ref, at=request.at)
    return render(request, "partnership/our_panels/action.html", {"page": page})


@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, ref: str) -> HttpResponse:
    """Say how far an action is."""
    page = queries.to_answer(actor=request.actor, ref=ref, at=request.at)
    form = forms.Answer(request.POST or None, may_say=page.may_say, version=page.version)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_answer(actor=request.actor, ref=ref, at=request.at)
        form.keep(f"Not sent: by now this action stands at: {newer.row.state}")
        form.version = newer.version
        form.offer("said", newer.may_say)
        return {"page": newer}

    return ask(
        request,
        "partnership/our_panels/answer.html",
        form,
        do=lambda: commands.answer(
            actor=request.actor,
            ref=ref,
            rule=Action.ANSWER_OUR_ACTION,
            said=What(form.cleaned_data["said"]),
            words=form.cleaned_data["words"],
            override=form.override(),
            submission=form.submission,
            version=form.version,
            at=request.at,
        ),
        done="The chair of the panel reads your answer.",
        then=lambda _: redirect("our_panels:action", ref),
        page={"page": page},
        anew=anew,
    )
