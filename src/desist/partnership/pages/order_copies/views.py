"""The pages about certified copies."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from desist.partnership.order_copies import commands, forms, queries
from desist.partnership.pages.order import queries as orders
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def store(request: StaffRequest, ref: str) -> HttpResponse:
    """Store a certified copy."""
    page = orders.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.Store(
        request.POST if request.method == "POST" else None, request.FILES or None, version=page.version
    )

    return ask(
        request,
        "partnership/order_copies/store.html",
        form,
        do=lambda: commands.store(
            actor=request.actor,
            ref=ref,
            title=form.cleaned_data["title"],
            content=form.cleaned_data["file"].read(),
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("orders:order", ref),
        page={"page": page},
    )


@require_safe
def copy(request: StaffRequest, ref: str, copy: str) -> HttpResponse:
    """Download a copy. Its file name tells nothing."""
    content = queries.content(actor=request.actor, ref=ref, copy=copy, at=request.at)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="copy.pdf"'
    return answer
