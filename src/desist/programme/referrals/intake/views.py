"""The pages on which a referral is typed in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.accounts.searching import allowed
from desist.programme.referrals import queries as referrals
from desist.programme.referrals.intake import commands, forms, queries
from desist.referral.alike import Person
from desist.referral.answers import BY_KEY, following, may_be_names
from desist.referral.forms import FORMS, LABELS
from desist.refusals import Changed
from desist.ui.asking import ask
from desist.ui.dates import LONDON
from desist.ui.tables import Cursor
from desist.wall.requests import StaffRequest

CHANGED = (
    "Not saved: this draft was changed after you opened the page. What this part says now is shown above the form. "
    "Save again to use what you typed instead"
)
OTHERS = "A colleague started this draft. Ask them or a manager to discard it"


@require_safe
def drafts(request: StaffRequest) -> HttpResponse:
    """Show what is begun and not taken in."""
    page = queries.drafts(actor=request.actor, cursor=Cursor.read(request.GET), at=request.at)
    return render(request, "programme/intake/drafts.html", {"page": page})


@require_safe
def discarded(request: StaffRequest) -> HttpResponse:
    """Drafts that were discarded."""
    rows, paging = queries.discarded(actor=request.actor, cursor=Cursor.read(request.GET), at=request.at)
    return render(request, "programme/intake/discarded.html", {"rows": rows, "paging": paging})


@require_http_methods(["GET", "POST"])
def start(request: StaffRequest) -> HttpResponse:
    """Look the person up, then begin."""
    form = forms.Start(request.POST or None, partners=queries.partners(actor=request.actor))
    found: tuple[referrals.Alike, ...] = ()
    if form.is_valid() and (form.looked or allowed(request, form, typed=form.called())):
        person = form.person()
        if not form.looked:
            found = referrals.alike(actor=request.actor, person=Person(**person), at=request.at)
        if not found:
            ref = commands.start(
                actor=request.actor,
                partner=form.told(),
                answers=person,
                submission=form.submission,
                at=request.at,
            )
            return _onwards(request, ref)
    status = 422 if form.errors else 200
    return render(request, "programme/intake/start.html", {"form": form, "found": found}, status=status)


@require_safe
def draft(request: StaffRequest, ref: str) -> HttpResponse:
    """The parts of one draft."""
    page = queries.draft(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/intake/draft.html", {"page": page})


@require_http_methods(["GET", "POST"])
def section(request: StaffRequest, ref: str, key: str) -> HttpResponse:
    """One section."""
    if key not in BY_KEY:
        raise Http404
    page = queries.draft(actor=request.actor, ref=ref, at=request.at)
    form = FORMS[key](
        request.POST or None,
        initial={name: page.answers[name] for name in BY_KEY[key].names},
        version=page.version,
        today=request.at.astimezone(LONDON).date(),
    )

    def then(_: None) -> HttpResponse:
        for sentence in form.warnings():
            messages.warning(request, sentence)
        return _onwards(request, ref, key)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.draft(actor=request.actor, ref=ref, at=request.at)
        form.keep(CHANGED)
        form.version = newer.version
        return {"newer": newer}

    return ask(
        request,
        "programme/intake/section.html",
        form,
        do=lambda: commands.write(
            actor=request.actor,
            ref=ref,
            section=BY_KEY[key],
            answers=form.answers(),
            version=form.version,
            override=form.override(),
            at=request.at,
        ),
        then=then,
        page={"page": page, "section": BY_KEY[key], "newer": None, "labels": LABELS},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def check(request: StaffRequest, ref: str) -> HttpResponse:
    """Check the answers, then take the referral in."""
    page = queries.draft(actor=request.actor, ref=ref, at=request.at)
    today = request.at.astimezone(LONDON).date()
    form = forms.TakeIn(
        request.POST or None,
        initial={"complete_on": page.came_on or today},
        version=page.version,
        today=today,
    )
    form.ask(may_be_names(page.answers))

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.draft(actor=request.actor, ref=ref, at=request.at)
        form.keep("This was changed elsewhere. Check the answers again")
        form.version = newer.version
        return {"page": newer}

    return ask(
        request,
        "programme/intake/check.html",
        form,
        do=lambda: commands.take_in(
            actor=request.actor,
            ref=ref,
            version=form.version,
            complete_on=form.cleaned_data["complete_on"],
            no_names=form.no_names,
            override=form.override(),
            at=request.at,
        ),
        done=f"Referral {page.spoken} has been submitted. A manager will decide it.",
        then=lambda _: redirect("intake:drafts"),
        page={"page": page, "labels": LABELS},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def discard(request: StaffRequest, ref: str) -> HttpResponse:
    """Put a draft aside for good."""
    page = queries.draft(actor=request.actor, ref=ref, at=request.at)
    form = forms.Discard(request.POST or None, version=page.version)
    if form.is_valid() and not page.may_discard:
        form.keep(OTHERS)

    def anew(_: Changed) -> dict[str, object]:
        form.keep("A colleague changed this after you opened the page. Check it again before you discard it")
        return {}

    return ask(
        request,
        "programme/intake/discard.html",
        form,
        do=lambda: commands.discard(
            actor=request.actor, ref=ref, reason=form.why(), version=form.version, at=request.at
        ),
        done="The draft was discarded. What was entered has been deleted.",
        then=lambda _: redirect("intake:drafts"),
        page={"page": page},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def told(request: StaffRequest, ref: str) -> HttpResponse:
    """Choose which partner is told of a referral that has none yet."""
    page = queries.to_tell(actor=request.actor, ref=ref, at=request.at)
    form = forms.Told(request.POST or None, partners=page.partners)
    return ask(
        request,
        "programme/intake/told.html",
        form,
        do=lambda: commands.say_who_is_told(
            actor=request.actor, ref=ref, partner=form.cleaned_data["partner"], at=request.at
        ),
        then=lambda _: redirect("referrals:referral", ref),
        page={"page": page},
    )


def _onwards(request: StaffRequest, ref: str, key: str = "person") -> HttpResponse:
    """Go to the draft's next unfinished section after this one, or to the check once there is none."""
    page = queries.draft(actor=request.actor, ref=ref, at=request.at)
    after = following(key, page.answers)
    return redirect("intake:section", ref, after) if after else redirect("intake:check", ref)
