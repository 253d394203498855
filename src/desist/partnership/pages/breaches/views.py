"""The pages about breaches."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.partnership.breaches import commands, forms, queries
from desist.partnership.pages.order import queries as orders
from desist.ui.asking import ask
from desist.ui.dates import day_of
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def record(request: StaffRequest, ref: str) -> HttpResponse:
    """Record a breach."""
    page = orders.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.Report(
        request.POST or None, initial={"conditions": request.GET.getlist("condition")}, version=page.version
    )
    form.until(day_of(request.at), "happened_on", "reported_on")
    form.offer(
        "conditions", [(str(one.number), f"{one.number}. {one.text[:120]}") for one in page.conditions]
    )

    def do() -> None:
        answers = {**form.cleaned_data, "conditions": tuple(int(n) for n in form.cleaned_data["conditions"])}
        commands.record(
            actor=request.actor,
            ref=ref,
            report=commands.Report(**answers),
            submission=form.submission,
            version=form.version,
            override=form.override(),
            at=request.at,
        )

    return ask(
        request,
        "partnership/breaches/record.html",
        form,
        do=do,
        then=lambda _: redirect("orders:order", ref),
        page={"page": page},
    )


@require_safe
def case(request: StaffRequest, ref: str) -> HttpResponse:
    """Lead to the page of a breach by its reference alone."""
    order = queries.case(actor=request.actor, ref=ref, at=request.at)
    return redirect("breaches:breach", order, ref)


@require_http_methods(["GET", "POST"])
def breach(request: StaffRequest, ref: str, breach: str) -> HttpResponse:
    """One breach, with the form to decide for those who keep the register until a decision is recorded."""
    page = queries.breach_of(actor=request.actor, order=ref, ref=breach, at=request.at)
    if request.method == "GET" and (page.decision or not page.may_decide):
        return render(request, "partnership/breaches/breach.html", {"page": page})
    known = {"crime_reference": page.crime_reference, "also_stalking": page.also_stalking}
    form = forms.Decision(request.POST or None, initial=known, version=page.version)

    return ask(
        request,
        "partnership/breaches/decide.html",
        form,
        do=lambda: commands.decide(
            actor=request.actor,
            ref=ref,
            breach=breach,
            decision=commands.Decision(**form.cleaned_data),
            version=form.version,
            override=form.override(),
            at=request.at,
        ),
        then=lambda _: redirect("orders:order", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def follow(request: StaffRequest, ref: str, breach: str) -> HttpResponse:
    """Record the next step of the case."""
    page = queries.to_follow(actor=request.actor, order=ref, breach=breach, at=request.at)
    known = {"officer": page.officer or request.actor.who}
    form = forms.Follow(request.POST or None, initial=known, version=page.version)
    form.offer("kind", page.following)
    form.offer("officer", queries.officers(actor=request.actor))

    return ask(
        request,
        "partnership/breaches/follow.html",
        form,
        do=lambda: commands.follow(
            actor=request.actor,
            ref=ref,
            breach=breach,
            what=form.followed(),
            submission=form.submission,
            version=form.version,
            override=form.override(),
            at=request.at,
        ),
        then=lambda _: redirect("breaches:breach", ref, breach),
        page={"page": page},
    )
