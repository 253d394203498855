"""The pages that give people to practitioners."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_http_methods

from desist.programme.calendar.planner import commands as planner
from desist.programme.service.allocation import commands, forms, queries
from desist.references import spoken
from desist.refusals import Changed
from desist.wall.requests import StaffRequest

BOOKED = "somebody has since booked one of the times. Send this again"


@require_http_methods(["GET", "POST"])
def allocate(request: StaffRequest, ref: str) -> HttpResponse:
    """Give a person to a practitioner."""
    page = queries.page(actor=request.actor, ref=ref, at=request.at)
    form = forms.Allocation(request.POST or None, page=page)
    if form.is_valid():
        try:
            left = commands.allocate(
                actor=request.actor,
                ref=ref,
                chosen=form.chosen(),
                version=form.version,
                submission=form.submission,
                at=request.at,
            )
        except Changed:
            form.keep("Somebody else changed this person's page since you opened it")
            form.version = page.version
        except planner.TimeTaken:
            form.keep(f"Not allocated: {BOOKED}")
        except commands.CannotBeAllocated as problem:
            form.keep(f"Not allocated. {problem}")
        except commands.NeedsReason:
            form.keep("Not allocated: a reason is missing. Open this page again, and give it")
        else:
            _tell(request, left)
            return redirect("episodes:episode", ref)
    blocked = [one for one in page.candidates if one.obstacles]
    free = len(blocked) < len(page.candidates)
    context = {"page": page, "form": form, "blocked": blocked, "free": free}
    return render(request, "programme/allocation/allocate.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def finish(request: StaffRequest, ref: str) -> HttpResponse:
    """Give a person who left to a practitioner who finishes the record."""
    page = queries.page(actor=request.actor, ref=ref, at=request.at, finishing=True)
    form = forms.Allocation(request.POST or None, page=page)
    if form.is_valid():
        try:
            commands.finish(
                actor=request.actor, ref=ref, chosen=form.chosen(), version=form.version, at=request.at
            )
        except Changed:
            form.keep("Somebody else changed this person's page since you opened it")
            form.version = page.version
        except commands.NothingToFinish:
            form.keep("Not allocated: nothing is left to finish")
        except commands.CannotBeAllocated as problem:
            form.keep(f"Not allocated. {problem}")
        except commands.NeedsReason:
            form.keep("Not allocated: a reason is missing. Open this page again, and give it")
        else:
            messages.success(request, "Saved. They can finish and put right the record of this person.")
            return redirect("episodes:episode", ref)
    blocked = [one for one in page.candidates if one.obstacles]
    context = {"page": page, "form": form, "blocked": blocked, "free": len(blocked) < len(page.candidates)}
    return render(request, "programme/allocation/finish.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def hand_over(request: StaffRequest, ref: str) -> HttpResponse:
    """Give all people of a practitioner to others at once."""
    page = queries.to_hand_over(actor=request.actor, ref=ref, at=request.at)
    form = forms.HandOver(request.POST or None, page=page, at=request.at)
    if form.is_valid():
        try:
            left = commands.hand_over(
                actor=request.actor, ref=ref, handed=form.handed(), version=form.version, at=request.at
            )
        except Changed:
            form.keep(
                f"Nothing is changed: somebody changed {page.name} or their people since you opened this page"
            )
            form.version = page.version
        except planner.TimeTaken:
            form.keep(f"Nothing is changed: {BOOKED}")
        except commands.CannotBeAllocated as problem:
            form.keep(f"Nothing is changed. {problem}")
        else:
            _tell(request, left)
            return redirect("team:practitioner", ref)
    context = {"page": page, "form": form}
    return render(request, "programme/allocation/hand_over.html", context, status=422 if form.errors else 200)


def _tell(request: StaffRequest, left: commands.Left) -> None:
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
    if left == commands.Left():
        messages.success(
            request, "Saved. The sessions and assessments to come moved to the new practitioner."
        )
