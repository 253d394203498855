"""The pages that ask the police for their judgement, and take down what a force without Desist told."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desist.programme.referrals.judgements import commands, forms, queries
from desist.programme.referrals.telephone_notices.forms import CHANGES
from desist.referral.answers import RISK
from desist.ui import asking
from desist.ui.dates import LONDON
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest, ref: str) -> HttpResponse:
    """Ask a force for its judgement of the person."""
    page = queries.to_ask(actor=request.actor, ref=ref, at=request.at)
    form = forms.Ask(
        request.POST or None, initial={"force": page.forces[0][0]} if len(page.forces) == 1 else {}
    )
    form.offer("force", page.forces)
    return asking.ask(
        request,
        "programme/judgements/ask.html",
        form,
        do=lambda: commands.ask(
            actor=request.actor, ref=ref, force=form.cleaned_data["force"], at=request.at
        ),
        done="The police were asked. Their answer will stand on this page.",
        then=lambda _: _back(page),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def type_in(request: StaffRequest, ref: str) -> HttpResponse:
    """Enter what a force without Desist told."""
    page = queries.to_type(actor=request.actor, ref=ref, at=request.at)
    form = CHANGES["risk"](request.POST or None, at=request.at, today=request.at.astimezone(LONDON).date())
    form.ask(form.new_names(page.answers))
    return asking.ask(
        request,
        "programme/judgements/type_in.html",
        form,
        do=lambda: commands.type_in(
            actor=request.actor,
            ref=ref,
            answers={name: form.cleaned_data[name] for name in RISK},
            told_by=form.told().by,
            told_at=form.told().at,
            no_names=form.no_names,
            override=form.override(),
            at=request.at,
        ),
        done="Saved. It stands on the referral and on the person’s risk page as the police’s.",
        then=lambda _: _back(page),
        page={"page": page},
    )


def _back(page: queries.JudgementPage) -> HttpResponse:
    """Return the page on which the referral is read."""
    if page.episode:
        return redirect("referrals:person", page.episode)
    return redirect("referrals:referral", page.ref)
