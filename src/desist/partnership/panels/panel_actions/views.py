"""The pages of an action of a panel, for the chair and for the police account that does it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.partnership.panels.panel_actions import commands, forms, queries
from desist.partnership.panels.policy import Action
from desist.partnership.panels.states import What
from desist.refusals import Changed
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def give(request: StaffRequest, ref: str) -> HttpResponse:
    """Give an action about a case."""
    page = queries.to_give(actor=request.actor, item=ref, at=request.at)
    form = forms.Give(request.POST or None, owners=page.owners, others=page.others, at=request.at)
    return ask(
        request,
        "partnership/panels/give.html",
        form,
        do=lambda: commands.give(
            actor=request.actor,
            item=ref,
            given=form.given(),
            override=form.override(),
            submission=form.submission,
            at=request.at,
        ),
        done="The action is given.",
        then=lambda _: redirect("agenda:item", ref),
        page={"page": page, "ref": ref},
    )


@require_safe
def action(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one action."""
    page = queries.action(actor=request.actor, ref=ref, at=request.at)
    return render(request, "partnership/panels/action.html", {"page": page})


@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, ref: str) -> HttpResponse:
    """Say how far an action is."""
    page = queries.to_answer(actor=request.actor, ref=ref, at=request.at)
    form = forms.Answer(request.POST or None, may_say=page.may_say, version=page.version)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_answer(actor=request.actor, ref=ref, at=request.at)
        form.keep(f"Not saved: by now this action stands at: {newer.row.state}")
        form.version = newer.version
        form.offer("said", newer.may_say)
        return {"page": newer}

    return ask(
        request,
        "partnership/panels/answer.html",
        form,
        do=lambda: commands.answer(
            actor=request.actor,
            ref=ref,
            rule=Action.ANSWER_PANEL_ACTION,
            said=What(form.cleaned_data["said"]),
            words=form.cleaned_data["words"],
            override=form.override(),
            submission=form.submission,
            version=form.version,
            at=request.at,
        ),
        done="It is recorded.",
        then=lambda _: redirect("panel_actions:action", ref),
        page={"page": page},
        anew=anew,
    )


@require_POST
def chased(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that the owner of an action was asked about it."""
    return press(
        request,
        do=lambda: commands.chase(actor=request.actor, ref=ref, at=request.at),
        done="It is recorded that you asked today.",
        then=lambda _: redirect("panel_actions:action", ref),
    )
