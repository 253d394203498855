"""The pages of certificates of attendance."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.leaving.certificates import commands, forms, queries
from desist.referral import serving
from desist.referral.files import Media, Spoilt
from desist.ui import errors
from desist.ui.asking import ask
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
    return ask(
        request,
        "programme/certificates/issue.html",
        form,
        do=lambda: commands.issue(
            actor=request.actor, episode=ref, issue=form.issue(), submission=form.submission, at=request.at
        ),
        done=f"Issued. {page.sending}.",
        then=lambda _: redirect("certificates:certificates", ref),
        page={"page": page},
    )


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
