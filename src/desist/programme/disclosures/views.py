"""The pages of questions to the police."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.disclosure.codes import Recall, Refusal
from desist.programme.disclosures import commands, forms, queries
from desist.ui import asking
from desist.wall.requests import StaffRequest

CHOOSE = ("", "Choose one")


@require_safe
def disclosures(request: StaffRequest, ref: str) -> HttpResponse:
    """What was asked about a person, and how much the police disclosed."""
    page = queries.disclosures(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/disclosures/disclosures.html", {"page": page})


@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest, ref: str) -> HttpResponse:
    """Ask the police."""
    person = queries.to_ask(actor=request.actor, episode=ref, at=request.at)
    form = forms.Ask(request.POST or None)
    return asking.ask(
        request,
        "programme/disclosures/ask.html",
        form,
        do=lambda: commands.ask(
            actor=request.actor,
            episode=ref,
            question=form.question_asked(),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: _back(request, ref, "The question is on its way to the police."),
        page={"person": person},
    )


@require_http_methods(["GET", "POST"])
def type_in(request: StaffRequest, ref: str) -> HttpResponse:
    """Enter what a force without software told by telephone or on paper."""
    page = queries.by_hand(actor=request.actor, episode=ref, at=request.at)
    form = forms.TypeIn(request.POST or None, at=request.at)
    form.offer("request", [("", "None of them"), *page.questions])
    return asking.ask(
        request,
        "programme/disclosures/type_in.html",
        form,
        do=lambda: commands.type_in(
            actor=request.actor, episode=ref, told=form.typed(), submission=form.submission, at=request.at
        ),
        then=lambda _: _back(
            request, ref, "Saved. You can read it on the page that prepares a session, and nowhere else."
        ),
        page={"person": page.person},
    )


@require_http_methods(["GET", "POST"])
def type_in_refusal(request: StaffRequest, ref: str) -> HttpResponse:
    """Enter that a force without software discloses nothing."""
    page = queries.by_hand(actor=request.actor, episode=ref, at=request.at)
    form = forms.Refused(request.POST or None, at=request.at)
    form.offer("request", [CHOOSE, *page.questions])
    return asking.ask(
        request,
        "programme/disclosures/heard.html",
        form,
        do=lambda: commands.type_in_refusal(
            actor=request.actor,
            episode=ref,
            request=form.cleaned_data["request"],
            reason=Refusal(form.cleaned_data["reason"]),
            told_by=form.cleaned_data["heard_from"],
            told_at=form.heard_at(),
            at=request.at,
        ),
        then=lambda _: redirect("disclosures:disclosures", ref),
        page={
            "person": page.person,
            "heading": "They disclose nothing",
            "choices": page.questions,
            "nothing": "No question is waiting for an answer.",
        },
    )


@require_http_methods(["GET", "POST"])
def type_in_recall(request: StaffRequest, ref: str) -> HttpResponse:
    """Enter that a force without software recalls what it told."""
    page = queries.by_hand(actor=request.actor, episode=ref, at=request.at)
    form = forms.Recalled(request.POST or None, at=request.at)
    form.offer("disclosure", [CHOOSE, *page.told])
    return asking.ask(
        request,
        "programme/disclosures/heard.html",
        form,
        do=lambda: commands.type_in_recall(
            actor=request.actor,
            episode=ref,
            disclosure=form.cleaned_data["disclosure"],
            reason=Recall(form.cleaned_data["reason"]),
            told_by=form.cleaned_data["heard_from"],
            at=request.at,
        ),
        then=lambda _: _back(
            request, ref, "Its text has been removed. Do not use it in sessions or in reports."
        ),
        page={
            "person": page.person,
            "heading": "They recalled something",
            "choices": page.told,
            "nothing": "Nothing entered here is still in use: there is nothing to recall.",
        },
    )


def _back(request: StaffRequest, ref: str, sentence: str) -> HttpResponse:
    """The person's disclosures, with what was done on top."""
    messages.success(request, sentence)
    return redirect("disclosures:disclosures", ref)
