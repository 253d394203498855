"""The pages that give people to practitioners."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_http_methods

from desist.programme.service.allocation import commands, forms, queries
from desist.references import spoken
from desist.refusals import Changed
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def allocate(request: StaffRequest, ref: str) -> HttpResponse:
    """Give a person to a practitioner."""
    page = queries.page(actor=request.actor, ref=ref, at=request.at)
    form = forms.Allocation(request.POST or None, page=page)

    def then(left: commands.LeftBehind) -> HttpResponse:
        chosen = dict(form.names)[form.cleaned_data["practitioner"]]
        _tell(request, left, f"{chosen} now works with {page.name}.")
        return redirect("episodes:episode", ref)

    return ask(
        request,
        "programme/allocation/allocate.html",
        form,
        do=lambda: commands.allocate(
            actor=request.actor,
            ref=ref,
            chosen=form.chosen(),
            version=form.version,
            submission=form.submission,
            at=request.at,
        ),
        then=then,
        page=_drawn(page),
        anew=lambda _: _newer(request, form, ref),
    )


@require_http_methods(["GET", "POST"])
def finish(request: StaffRequest, ref: str) -> HttpResponse:
    """Give a person who left to a practitioner who finishes the record."""
    page = queries.page(actor=request.actor, ref=ref, at=request.at, finishing=True)
    form = forms.Allocation(request.POST or None, page=page)
    return ask(
        request,
        "programme/allocation/finish.html",
        form,
        do=lambda: commands.finish(
            actor=request.actor, ref=ref, chosen=form.chosen(), version=form.version, at=request.at
        ),
        done="Saved. They can finish and put right the record of this person.",
        then=lambda _: redirect("episodes:episode", ref),
        page=_drawn(page),
        anew=lambda _: _newer(request, form, ref, finishing=True),
    )


def _drawn(page: queries.AllocationPage) -> dict[str, object]:
    """The page, and the practitioners that cannot be chosen."""
    blocked = [one for one in page.candidates if one.obstacles]
    return {"page": page, "blocked": blocked, "free": len(blocked) < len(page.candidates)}


def _newer(
    request: StaffRequest, form: forms.Allocation, ref: str, *, finishing: bool = False
) -> dict[str, object]:
    page = queries.page(actor=request.actor, ref=ref, at=request.at, finishing=finishing)
    form.keep("A colleague changed this person's page after you opened it")
    form.version = page.version
    return _drawn(page)


@require_http_methods(["GET", "POST"])
def hand_over(request: StaffRequest, ref: str) -> HttpResponse:
    """Give all people of a practitioner to others at once."""
    page = queries.to_hand_over(actor=request.actor, ref=ref, at=request.at)
    form = forms.HandOver(request.POST or None, page=page, at=request.at)

    def then(left: commands.LeftBehind) -> HttpResponse:
        _tell(request, left, f"The people of {page.name} are handed over, with the meetings to come.")
        return redirect("team:practitioner", ref)

    def anew(_: Changed) -> dict[str, object]:
        form.keep(
            f"Nothing is changed: a colleague changed {page.name} or their people after you opened this page"
        )
        form.version = page.version
        return {}

    return ask(
        request,
        "programme/allocation/hand_over.html",
        form,
        do=lambda: commands.hand_over(
            actor=request.actor, ref=ref, handed=form.handed(), version=form.version, at=request.at
        ),
        then=then,
        page={"page": page},
        anew=anew,
    )


def _tell(request: StaffRequest, left: commands.LeftBehind, done: str) -> None:
    """Say what did not go along: sessions are marked where they are moved, an assessment is named with its page."""
    if left.sessions:
        sentence = (
            f"Saved. Sessions to come that could not be moved to the new practitioner: {left.sessions}. "
            "Each is marked on its person’s planner: move it."
        )
        messages.warning(request, sentence)
    if left.assessments:
        pages = format_html_join(
            ", ",
            '<a class="govuk-link" href="{}">of {}</a>',
            ((reverse("assessments:assessments", args=[ref]), spoken(ref)) for ref in left.assessments),
        )
        sentence = "Saved. Assessments to come that could not be moved to the new practitioner: {}, {}. Move or cancel each on its page."
        messages.warning(request, format_html(sentence, len(left.assessments), pages))
    if left.asked:
        names = " and ".join(dict.fromkeys(left.asked))
        messages.success(
            request,
            f"Asked: {names}. Nothing changes hands until {'they accept' if len(left.asked) > 1 else names + ' accepts'}. "
            "A refusal comes back to you.",
        )
    if left == commands.LeftBehind():
        messages.success(request, done)
