"""The pages of quarterly returns."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.quarterly import commands, forms, printing, queries
from desist.quarterly.kinds import kind
from desist.returns.files import NOT_MADE, Form
from desist.ui import documents
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_safe
def all_quarters(request: StaffRequest) -> HttpResponse:
    """Show the last quarters, each with its return."""
    page = queries.all_quarters(actor=request.actor, at=request.at)
    return render(request, "quarterly/all.html", {"page": page, "from": kind().back})


@require_http_methods(["GET", "POST"])
def count(request: StaffRequest, ref: str) -> HttpResponse:
    """Count the quarter that begins on the day of the address."""
    found = queries.to_count(actor=request.actor, quarter=ref, at=request.at)
    if found is None:
        raise Http404
    chosen, corrects = found
    form = forms.Count(request.POST or None, complete=kind().complete, corrects=corrects)
    return ask(
        request,
        "quarterly/count.html",
        form,
        do=lambda: commands.count(
            actor=request.actor,
            quarter=chosen,
            complete=form.cleaned_data["complete"],
            why=form.why_said(),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda ref: redirect("quarterly:return", ref),
        page={"quarter": chosen, "corrects": corrects},
        done="The quarter is counted. Read the numbers, then sign the return.",
    )


@require_safe
def one(request: StaffRequest, ref: str) -> HttpResponse:
    """Show a return."""
    page = queries.one(actor=request.actor, ref=ref, at=request.at)
    return render(request, "quarterly/return.html", {"page": page})


@require_safe
def file(request: StaffRequest, ref: str) -> HttpResponse:
    """Return a return as a file: CSV, or what `as` names."""
    try:
        found = printing.as_file(
            actor=request.actor, ref=ref, form=Form(request.GET.get("as", Form.CSV)), at=request.at
        )
    except ValueError:
        raise Http404 from None
    except documents.NotMade:
        messages.warning(request, NOT_MADE)
        return redirect("quarterly:return", ref)
    disposition = f'attachment; filename="{found.name}"'
    return HttpResponse(found.content, content_type=found.type, headers={"Content-Disposition": disposition})


@require_POST
def sign(request: StaffRequest, ref: str) -> HttpResponse:
    """Sign a return."""
    return press(
        request,
        do=lambda: commands.sign(actor=request.actor, ref=ref, at=request.at),
        then=lambda _: redirect("quarterly:return", ref),
        done="You signed the return. A second person sends it.",
    )


@require_http_methods(["GET", "POST"])
def send(request: StaffRequest, ref: str) -> HttpResponse:
    """Send a signed return."""
    page, offered = queries.to_send(actor=request.actor, ref=ref, at=request.at)
    form = forms.Send(request.POST or None, offered=offered, version=page.version)
    return ask(
        request,
        "quarterly/send.html",
        form,
        do=lambda: commands.send(
            actor=request.actor,
            ref=ref,
            partner=form.cleaned_data["partner"],
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("quarterly:return", ref),
        page={"page": page, "closed": not offered},
        done="The return is sent.",
    )


@require_POST
def set_aside(request: StaffRequest, ref: str) -> HttpResponse:
    """Set aside a return that was not sent."""
    return press(
        request,
        do=lambda: commands.set_aside(actor=request.actor, ref=ref, at=request.at),
        then=lambda _: redirect("quarterly:all"),
        done="The return is set aside. The quarter can be counted again.",
    )


@require_http_methods(["GET", "POST"])
def recall(request: StaffRequest, ref: str) -> HttpResponse:
    """Recall a return that was sent."""
    page = queries.to_recall(actor=request.actor, ref=ref, at=request.at)
    form = forms.Recall(request.POST or None, version=page.version)
    return ask(
        request,
        "quarterly/recall.html",
        form,
        do=lambda: commands.recall(
            actor=request.actor, ref=ref, why=form.cleaned_data["why"], version=form.version, at=request.at
        ),
        then=lambda _: redirect("quarterly:return", ref),
        page={"page": page},
        done="The return is recalled.",
    )


@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, ref: str) -> HttpResponse:
    """Answer a question of the commissioner."""
    asked, of, title = queries.to_answer(actor=request.actor, ref=ref, at=request.at)
    form = forms.Answer(request.POST or None)
    return ask(
        request,
        "quarterly/answer.html",
        form,
        do=lambda: commands.answer(
            actor=request.actor,
            ref=ref,
            said=form.cleaned_data["words"],
            override=form.override(),
            at=request.at,
        ),
        then=lambda found: redirect("quarterly:return", found),
        page={"asked": asked, "of": of, "title_of": title},
        done="Your answer is sent.",
    )
