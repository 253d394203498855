"""The pages of certificates of attendance."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.leaving.certificates import commands, forms, queries
from desist.referral import serving
from desist.referral.files import Media, Spoilt
from desist.ui import documents, errors
from desist.ui.words import Unclear
from desist.wall.requests import StaffRequest


@require_safe
def certificates(request: StaffRequest, ref: str) -> HttpResponse:
    """A person's certificates."""
    page = queries.certificates(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/certificates/certificates.html", {"page": page})


@require_http_methods(["GET", "POST"])
def issue(request: StaffRequest, ref: str) -> HttpResponse:
    """Certify the sessions attended so far."""
    page = queries.to_issue(actor=request.actor, episode=ref, at=request.at)
    form = forms.Certificate(request.POST or None, requirements=page.requirements, counting=page.counting)
    if form.is_valid():
        try:
            commands.issue(
                actor=request.actor,
                episode=ref,
                issue=form.issue(),
                submission=form.submission,
                at=request.at,
            )
        except commands.NothingAttended:
            form.keep(
                "Not issued: no attended session has been recorded yet that counts against this requirement"
            )
        except commands.UnknownRequirement:
            form.keep("Not issued: the requirements have since changed. Choose again")
        except Unclear as unclear:
            form.refuse(unclear)
        except documents.NotMade:
            form.keep(
                "Not issued: the document could not be made. Try again; if it happens again, tell your administrator"
            )
        else:
            messages.success(request, f"Issued. {page.sending}.")
            return redirect("certificates:certificates", ref)
    context = {"page": page, "form": form}
    return render(request, "programme/certificates/issue.html", context, status=422 if form.errors else 200)


@require_safe
def document(request: StaffRequest, ref: str) -> HttpResponse:
    """One certificate, to be saved or printed."""
    try:
        found = queries.document(actor=request.actor, ref=ref, at=request.at)
    except Spoilt:
        return errors.unprocessable(
            "The saved document cannot be opened: it was changed or belongs to another site. Tell your administrator."
        )
    return serving.as_download(name=found.name, media=Media.PDF, content=found.content)
