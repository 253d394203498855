"""The pages on which a colleague answers what is handed over to them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from desist.programme.service.allocation.commands import LeftBehind
from desist.programme.service.handovers import commands, forms, queries
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def handover(request: StaffRequest, ref: str) -> HttpResponse:
    """Show what is to be taken over; refuse it with a sentence."""
    page = queries.handover(actor=request.actor, ref=ref, at=request.at)
    form = forms.Refusal(request.POST or None)

    def then(_: None) -> HttpResponse:
        stays = "You stay responsible until a manager decides" if page.at_once else _responsible(page)
        messages.success(request, f"You refused {page.what or page.name}. {stays}.")
        return redirect("home:home")

    return ask(
        request,
        "programme/handovers/handover.html",
        form,
        do=lambda: commands.refuse(
            actor=request.actor, ref=ref, words=form.cleaned_data["words"], at=request.at
        ),
        then=then,
        page={"page": page},
    )


@require_POST
def accept(request: StaffRequest, ref: str) -> HttpResponse:
    """Take over what was asked."""
    page = queries.handover(actor=request.actor, ref=ref, at=request.at)

    def then(left: LeftBehind | None) -> HttpResponse:
        if left is None:
            return redirect("handovers:handover", ref)
        what = f"{page.what} with {page.name}" if page.what else page.name
        messages.success(request, f"You accepted {what}. You are responsible from now on.")
        if left.sessions or left.assessments:
            messages.warning(
                request,
                f"You are not free for {left.sessions + len(left.assessments)} of the meetings ahead. "
                "Each is marked: move it.",
            )
        return redirect("episodes:episode", page.episode)

    return press(request, do=lambda: commands.accept(actor=request.actor, ref=ref, at=request.at), then=then)


@require_POST
def withdraw(request: StaffRequest, ref: str) -> HttpResponse:
    """Leave everything as it is."""
    episode = commands.withdraw(actor=request.actor, ref=ref, at=request.at)
    messages.success(request, "The request is withdrawn. Nothing changed hands by it.")
    return redirect("episodes:episode", episode)


def _responsible(page: queries.HandoverPage) -> str:
    return f"{page.responsible} stays responsible" if page.responsible else "A manager decides who takes it"
