"""The page of a guest's link: it sets nothing in the browser, and shows nothing without the code.

No link is looked up before a code is typed: a program that opens links in messages learns nothing.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from desist.partnership.panels.guest import commands, forms
from desist.wall.requests import StaffRequest


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: StaffRequest, token: str) -> HttpResponse:
    """Ask for the code; with the right one, show the one paper."""
    form = forms.Code(request.POST if request.method == "POST" else None)
    shown = None
    if form.is_valid():
        shown = commands.read(token=token, code=form.cleaned_data["code"], at=request.at)
        if shown is None:
            form.add_error("code", commands.CLOSED)
    status = 422 if form.errors else 200
    answer = render(request, "partnership/guest/read.html", {"form": form, "shown": shown}, status=status)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
