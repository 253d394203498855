"""The pages on which advocates make links for clients, and decide about what came through them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.accounts import sessions
from desist.advocacy.contacts.states import Channel
from desist.advocacy.submissions import commands, forms, queries
from desist.advocacy.submissions.policy import Action
from desist.post import codes
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest

CODE = "code of the link for "


@require_safe
def client(request: StaffRequest, ref: str) -> HttpResponse:
    """A client's links and what came through them."""
    found = queries.client(actor=request.actor, ref=ref, at=request.at)
    return render(request, "advocacy/submissions/client.html", {"page": found.victim, "found": found})


@require_http_methods(["GET", "POST"])
def agree(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that a client agrees to send things by a link."""
    found = queries.client(actor=request.actor, ref=ref, at=request.at, action=Action.AGREE_TO_LINKS)
    form = forms.Agree(request.POST or None, at=request.at)
    form.offer("channel", [(one.value, one.label) for one in found.safe])
    return ask(
        request,
        "advocacy/submissions/agree.html",
        form,
        do=lambda: commands.agree(
            actor=request.actor,
            ref=ref,
            channel=Channel(form.cleaned_data["channel"]),
            agreed_on=form.cleaned_data["agreed_on"],
            at=request.at,
        ),
        then=lambda _: redirect("submissions:client", ref),
        page={"page": found.victim},
        done="It is recorded. You can make a link.",
    )


@require_POST
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """End a client's agreement, and every link of theirs."""
    commands.end(actor=request.actor, ref=ref, at=request.at)
    messages.success(request, "No link of theirs works any more.")
    return redirect("submissions:client", ref)


@require_http_methods(["GET", "POST"])
def make(request: StaffRequest, ref: str) -> HttpResponse:
    """Make a link, to be shown once."""
    found = queries.client(actor=request.actor, ref=ref, at=request.at, action=Action.MAKE_LINK)
    form = forms.Make(request.POST or None)

    def do() -> None:
        code = commands.make(
            actor=request.actor,
            ref=ref,
            hours=int(form.cleaned_data["hours"]),
            submission=form.submission,
            at=request.at,
        )
        if code:
            sessions.keep(request, name=f"{CODE}{ref}", text=code)

    return ask(
        request,
        "advocacy/submissions/make.html",
        form,
        do=do,
        then=lambda _: redirect("submissions:made", ref),
        page={"page": found.victim, "found": found},
    )


@require_safe
def made(request: StaffRequest, ref: str) -> HttpResponse:
    """Show the new link and its code, once."""
    found = queries.client(actor=request.actor, ref=ref, at=request.at, action=Action.MAKE_LINK)
    code = sessions.kept(request, name=f"{CODE}{ref}")
    sessions.forget(request, name=f"{CODE}{ref}")
    here = request.build_absolute_uri(reverse("send:start")).rstrip("/")
    address = queries.outside().address or here
    context = {"page": found.victim, "found": found, "address": address}
    context |= {"code": codes.spoken(code), "link": f"{address}/{code}/"}
    return render(request, "advocacy/submissions/made.html", context)


@require_POST
def revoke(request: StaffRequest, ref: str) -> HttpResponse:
    """Revoke a link at once."""
    victim = commands.revoke(actor=request.actor, ref=ref, at=request.at)
    messages.success(
        request, "The link is revoked: nothing more can be sent with it. What came whole is listed here."
    )
    return redirect("submissions:client", victim)


@require_safe
def one(request: StaffRequest, ref: str) -> HttpResponse:
    """One of the things that a client sent."""
    found = queries.one(actor=request.actor, ref=ref, at=request.at)
    context = {"page": found.victim, "found": found}
    return render(request, "advocacy/submissions/one.html", context)


@require_safe
def picture(request: StaffRequest, ref: str) -> HttpResponse:
    """A picture that a client sent, drawn without the camera's data."""
    kind, content = queries.picture(actor=request.actor, ref=ref, at=request.at)
    answer = HttpResponse(content, content_type=kind)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def save(request: StaffRequest, ref: str) -> HttpResponse:
    """Save a copy of what a client sent, or a part of something large, to look at it with another program."""
    form = forms.Copy(request.POST)
    part = form.cleaned_data["part"] if form.is_valid() else 0
    name, content = queries.content(actor=request.actor, ref=ref, part=part, at=request.at)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def accept(request: StaffRequest, ref: str) -> HttpResponse:
    """Accept what a client sent: it becomes a file of theirs."""
    return press(
        request,
        do=lambda: commands.accept(actor=request.actor, ref=ref, at=request.at),
        then=lambda own: redirect("evidence:file", own) if own else redirect("submissions:one", ref),
        done="Accepted. It becomes one of their files within a minute.",
    )


@require_http_methods(["GET", "POST"])
def aside(request: StaffRequest, ref: str) -> HttpResponse:
    """Set aside what a client sent, with a reason."""
    found = queries.one(actor=request.actor, ref=ref, at=request.at, action=Action.SET_SUBMITTED_ASIDE)
    form = forms.Aside(request.POST or None)
    return ask(
        request,
        "advocacy/submissions/aside.html",
        form,
        do=lambda: commands.set_aside(
            actor=request.actor,
            ref=ref,
            reason=form.cleaned_data["reason"],
            at=request.at,
            why=form.why(),
        ),
        then=lambda victim: redirect("submissions:client", victim),
        page={"page": found.victim, "found": found},
        done="It is set aside. It stays locked here, and can still be accepted.",
    )


@require_http_methods(["GET", "POST"])
def page(request: StaffRequest) -> HttpResponse:
    """Choose how the page without sign-in is called, and its address."""
    now = queries.to_name(actor=request.actor, at=request.at)
    said = {"title": now.title, "address": now.address}
    form = forms.Page(request.POST or None, initial=said, names=queries.site_names())
    return ask(
        request,
        "advocacy/submissions/page.html",
        form,
        do=lambda: commands.name_page(
            actor=request.actor,
            title=form.cleaned_data["title"],
            address=form.cleaned_data["address"],
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: redirect("submissions:page"),
        page={},
        done="It is saved. Links that were made before lead to the page all the same.",
    )
