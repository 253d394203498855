"""The pages about exhibits that are sent to the police."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.advocacy.sent_exhibits import commands, forms, queries
from desist.advocacy.sent_exhibits.policy import Action
from desist.disclosure.codes import Recall
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def send(request: StaffRequest, ref: str) -> HttpResponse:
    """Send a finished exhibit with a report."""
    page = queries.sending(actor=request.actor, exhibit=ref, at=request.at)
    if page.sent:
        return redirect("sent_exhibits:sent", page.sent)
    only = page.reports[0][0] if len(page.reports) == 1 else ""
    form = forms.Send(request.POST or None, initial={"report": only})
    form.offer("report", page.reports)
    return ask(
        request,
        "advocacy/sent_exhibits/send.html",
        form,
        do=lambda: commands.send(
            actor=request.actor,
            exhibit=ref,
            report=form.cleaned_data["report"],
            agreed=form.agreed(),
            submission=form.submission,
            at=request.at,
            why=form.why(),
        ),
        then=lambda made: redirect("sent_exhibits:sent", made),
        page={"page": page.about.victim, "sending": page},
    )


@require_safe
def sent(request: StaffRequest, ref: str) -> HttpResponse:
    """An exhibit that was sent, and what the police answered."""
    page = queries.sent(actor=request.actor, ref=ref, action=Action.SEE_SENT_EXHIBIT, at=request.at)
    return render(request, "advocacy/sent_exhibits/sent.html", {"page": page.about.victim, "sent": page})


@require_http_methods(["GET", "POST"])
def recall(request: StaffRequest, ref: str) -> HttpResponse:
    """Take back an exhibit that was sent."""
    page = queries.sent(actor=request.actor, ref=ref, action=Action.RECALL_EXHIBIT, at=request.at)
    form = forms.Recall(request.POST or None)
    return ask(
        request,
        "advocacy/sent_exhibits/recall.html",
        form,
        do=lambda: commands.recall(
            actor=request.actor, ref=ref, reason=Recall(form.cleaned_data["reason"]), at=request.at
        ),
        done="The exhibit was recalled. This page shows when the police’s system has deleted it.",
        then=lambda made: redirect("sent_exhibits:sent", made),
        page={"page": page.about.victim, "sent": page},
    )
