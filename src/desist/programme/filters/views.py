"""The buttons that keep and remove filters of lists."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from desist.programme.filters import commands, forms
from desist.programme.filters.states import ROUTES, List
from desist.ui.asking import press
from desist.wall.requests import StaffRequest


@require_POST
def keep(request: StaffRequest) -> HttpResponse:
    """Keep the filter of the list that is shown under a name."""
    form, query = forms.Keep(request.POST), request.POST.get("query", "")
    if not form.is_valid():
        messages.warning(request, "Not kept: give the filter a name of at most 40 letters.")
        of = request.POST.get("of", "")
        return redirect(f"{reverse(ROUTES.get(of, ROUTES[List.PEOPLE]))}?{query}")
    of, name = form.cleaned_data["of"], form.cleaned_data["name"]
    return press(
        request,
        do=lambda: commands.keep(actor=request.actor, of=of, name=name, query=query, at=request.at),
        done=f"The filter “{name}” is kept.",
        then=lambda _: redirect(f"{reverse(ROUTES[of])}?{query}"),
    )


@require_POST
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    """Remove a kept filter."""
    of = commands.remove(actor=request.actor, ref=ref, at=request.at)
    messages.success(request, "The filter is removed.")
    return redirect(ROUTES[of])
