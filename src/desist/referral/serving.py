"""A kept file as a response that no browser runs, guesses at or keeps."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from desist.referral.files import Media


def as_download(*, name: str, media: Media, content: bytes) -> HttpResponse:
    """The file to be saved; a picture drawn by one of our own pages is the same response."""
    kind = f"{media.value}; charset=utf-8" if media is Media.TEXT else media.value
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
