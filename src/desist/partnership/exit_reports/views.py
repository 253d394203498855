"""The exit report as a document to be saved."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from desist.partnership.exit_reports import queries
from desist.referral import serving
from desist.referral.files import Media, Spoilt
from desist.ui import errors
from desist.wall.requests import StaffRequest


@require_safe
def document(request: StaffRequest, ref: str) -> HttpResponse:
    """Download one version."""
    try:
        found = queries.document(actor=request.actor, ref=ref, at=request.at)
    except Spoilt:
        return errors.unprocessable(
            "The saved document cannot be opened: it was changed or belongs to another site. Tell your administrator."
        )
    return serving.as_download(name=found.name, media=Media.PDF, content=found.content)
