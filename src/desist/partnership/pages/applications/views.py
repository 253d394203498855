"""The pages about applications to vary, renew or discharge an order, and of appeals."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desist.partnership.applications import commands, forms, queries
from desist.partnership.pages.order import queries as orders
from desist.ui.asking import ask
from desist.ui.dates import day_of
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def file(request: StaffRequest, ref: str) -> HttpResponse:
    """Record an application or appeal."""
    page = orders.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.Filing(request.POST or None, version=page.version).until(day_of(request.at), "filed_on")

    return ask(
        request,
        "partnership/applications/file.html",
        form,
        do=lambda: commands.file(
            actor=request.actor,
            ref=ref,
            filing=commands.Filing(**form.cleaned_data),
            submission=form.submission,
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("orders:order", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def decide(request: StaffRequest, ref: str, application: str) -> HttpResponse:
    """Record the court's decision."""
    page = queries.application(actor=request.actor, order=ref, application=application, at=request.at)
    form = forms.Ruling(request.POST or None, version=page.version).about(page.kind, day_of(request.at))

    def do() -> None:
        answers = form.cleaned_data
        ruling = commands.Ruling(
            outcome=answers["outcome"],
            decided_on=answers["decided_on"],
            note=answers["note"],
            ends_on=answers.get("ends_on"),
            consents=tuple(answers.get("consents", ())),
            lives_elsewhere=answers.get("lives_elsewhere", False),
        )
        commands.decide(
            actor=request.actor,
            ref=ref,
            application=application,
            ruling=ruling,
            version=form.version,
            at=request.at,
        )

    return ask(
        request,
        "partnership/applications/decide.html",
        form,
        do=do,
        then=lambda _: redirect("orders:order", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def settle(request: StaffRequest, ref: str, application: str) -> HttpResponse:
    """Settle the conditions as the court changed them."""
    page = queries.application(actor=request.actor, order=ref, application=application, at=request.at)
    form = Form(request.POST or None, version=page.version)

    return ask(
        request,
        "partnership/applications/settle.html",
        form,
        do=lambda: commands.settle(
            actor=request.actor,
            ref=ref,
            application=application,
            on=day_of(request.at),
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("orders:order", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def serve(request: StaffRequest, ref: str, application: str) -> HttpResponse:
    """Record the service of a change."""
    page = queries.application(actor=request.actor, order=ref, application=application, at=request.at)
    form = forms.Serve(request.POST or None, version=page.version).until(day_of(request.at), "on")

    return ask(
        request,
        "partnership/applications/serve.html",
        form,
        do=lambda: commands.serve(
            actor=request.actor,
            ref=ref,
            application=application,
            on=form.cleaned_data["on"],
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("orders:order", ref),
        page={"page": page},
    )
