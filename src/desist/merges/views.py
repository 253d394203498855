"""The pages about two records of one person."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from desist.merges import commands, forms, queries
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def merges(request: StaffRequest) -> HttpResponse:
    """Show merges and likely pairs, and find two records by their references."""
    form = forms.Find(request.POST or None)
    return ask(
        request,
        "merges/merges.html",
        form,
        do=lambda: queries.pair(actor=request.actor, at=request.at, **form.cleaned_data),
        then=lambda found: redirect("merges:compare", *found),
        page={
            "rows": queries.merges(actor=request.actor, at=request.at),
            "likely": queries.likely(actor=request.actor, at=request.at),
        },
    )


@require_http_methods(["GET", "POST"])
def compare(request: StaffRequest, first: str, second: str) -> HttpResponse:
    """Show two records side by side, and ask a colleague to merge them."""
    page = queries.compare(actor=request.actor, first=first, second=second, at=request.at)
    differing = [(one.name, one.label, one.first, one.second) for one in page.differing]
    form = forms.Compare(
        request.POST or None, differing=differing, stays=bool(page.stays), second=page.second.spoken
    )
    return ask(
        request,
        "merges/compare.html",
        form,
        do=lambda: commands.ask(
            actor=request.actor,
            first=first,
            second=second,
            taken=form.taken,
            reason=form.cleaned_data["reason"],
            submission=form.submission,
            agreed=form.agreed,
            at=request.at,
        ),
        done="A colleague has to confirm it. Until then nothing changes.",
        then=lambda ref: redirect("merges:merge", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def merge(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one merge; a second person answers it."""
    page = queries.merge(actor=request.actor, ref=ref, at=request.at)
    form = forms.Answer(request.POST or None, version=page.version)

    def do() -> None:
        answer = commands.confirm if form.cleaned_data["answer"] == "yes" else commands.refuse
        answer(actor=request.actor, ref=ref, version=form.version, at=request.at)

    return ask(
        request,
        "merges/merge.html",
        form,
        do=do,
        then=lambda _: redirect("merges:merge", ref),
        page={"page": page},
    )


@require_POST
def withdraw(request: StaffRequest, ref: str) -> HttpResponse:
    """Withdraw a merge that waits for a second person."""
    return press(
        request,
        do=lambda: commands.withdraw(actor=request.actor, ref=ref, at=request.at),
        then=lambda _: redirect("merges:merge", ref),
        done="Withdrawn. Nothing was merged.",
    )


@require_http_methods(["GET", "POST"])
def split(request: StaffRequest, ref: str) -> HttpResponse:
    """Split two records again."""
    page = queries.merge(actor=request.actor, ref=ref, at=request.at)
    people = tuple(f"{one.name}, {one.spoken}" for one in (page.row.first, page.row.second))
    form = forms.Split(
        request.POST or None, since=page.since, people=(people[0], people[1]), version=page.version
    )
    return ask(
        request,
        "merges/split.html",
        form,
        do=lambda: commands.split(
            actor=request.actor,
            ref=ref,
            seconds=form.seconds,
            reason=form.cleaned_data["reason"],
            version=form.version,
            at=request.at,
        ),
        done="Split. Each record has its own rows again.",
        then=lambda _: redirect("merges:merge", ref),
        page={"page": page},
    )
