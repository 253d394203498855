"""The pages on which an agency's form is handed over, read back and kept: the same in the zones that refer people."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.agencies import SAY, Said
from desist.answering import links
from desist.answering.answer_files import papers
from desist.answering.answer_files.forms import Back, Check
from desist.refusals import Changed
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def form(request: StaffRequest, ref: str) -> HttpResponse:
    """Hand over the form of a referral: a plain text that names nobody."""
    paper = links.kind().paper(actor=request.actor, ref=ref, at=request.at)
    answer = HttpResponse(papers.form(paper), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="answer-form.txt"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "POST"])
def read(request: StaffRequest, ref: str) -> HttpResponse:
    """Read a filled-in form back, and show what it says before it is kept."""
    paper = links.kind().paper(actor=request.actor, ref=ref, at=request.at)
    chosen = Back(request.POST, request.FILES) if request.method == "POST" else Back()

    def then(answered: papers.Answered) -> HttpResponse:
        known = {"said": answered.said.value, "words": answered.words}
        found = Check(
            may_say=paper.may_say,
            version=paper.version,
            at=request.at,
            known={**known, "on": answered.on} if answered.on else known,
        )
        return render(request, "answering/keep_file.html", {"page": paper, "form": found})

    return ask(
        request,
        "answering/read_file.html",
        chosen,
        do=lambda: papers.read(chosen.cleaned_data["file"], paper),
        then=then,
        page={"page": paper},
    )


@require_POST
def keep(request: StaffRequest, ref: str) -> HttpResponse:
    """Keep what a form said, as a colleague looked at it."""
    paper = links.kind().paper(actor=request.actor, ref=ref, at=request.at)
    found = Check(request.POST, may_say=list(SAY.items()), version=paper.version, at=request.at)

    def anew(_: Changed) -> dict[str, object]:
        newer = links.kind().paper(actor=request.actor, ref=ref, at=request.at)
        found.keep(f"Not saved: by now this referral stands at: {newer.state}")
        found.version = newer.version
        found.offer("said", newer.may_say)
        return {"page": newer}

    return ask(
        request,
        "answering/keep_file.html",
        found,
        do=lambda: links.kind().bring(
            actor=request.actor,
            ref=ref,
            said=Said(found.cleaned_data["said"]),
            on=found.cleaned_data["on"],
            words=found.cleaned_data["words"],
            override=found.override(),
            submission=found.submission,
            version=found.version,
            at=request.at,
        ),
        done="The agency’s answer is kept.",
        then=lambda _: redirect(*paper.back),
        page={"page": paper},
        anew=anew,
    )
