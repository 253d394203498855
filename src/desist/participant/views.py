"""The person's own pages: today, homework, skills, plan, appointments, questions and rights. There is nothing else.

Every page works without a script. One that cannot be answered says so plainly and gives back what was typed.
"""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from desist import notices
from desist.instruments import fhir, library, scoring
from desist.letters import Variant
from desist.participant import calls, forms
from desist.participant.calls import Day
from desist.participant.drawing import errors, leads_nowhere, page, signed_in, typed
from desist.participant.here import PhoneRequest
from desist.skills import catalogue, texts
from desist.ui import dates

CHANGED = "This day was changed meanwhile, perhaps by your own first tap. What is saved stands below; what you wrote is kept under it"
NOT_TAKEN = "That could not be sent now. Ask your practitioner"
DAYS = 7
#: how a skill can be read
FORMS = {Variant.PLAIN: "Plain English", Variant.EASY: "Easy read", Variant.WELSH: "Cymraeg"}
#: the parts of a coping plan in the order of the paper -> its heading
PARTS = {"sign": "My early signs", "step": "What I do", "ring": "Who I ring", "help": "What helps me"}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def today(request: PhoneRequest) -> HttpResponse:
    """Note one of the last seven days, today unless the address names another."""
    last = dates.day_of(request.at)
    span = [last - timedelta(days=back) for back in range(DAYS)]
    day = next((one for one in span if one.isoformat() == request.GET.get("day")), last)
    sentence, said = "", ""
    if request.method == "POST":
        form = forms.Today(request.POST, day=Day(day), own=forms.posted(request.POST))
        if form.is_valid():
            said = _note(request, form, day)
        if said == "saved":
            return redirect(f"{request.path}?day={day.isoformat()}&saved=1")
        sentence = CHANGED if said == "changed" else errors(form) or NOT_TAKEN
    known = calls.diary(request.sitting, at=request.at)
    skill = calls.skills_used(request.sitting, at=request.at).get(day, "")
    own = [one for one in calls.own(request.sitting, at=request.at) if leads_nowhere(one.name)]
    # What is saved stands where another changed it; else what was typed.
    data = None if said == "changed" else request.POST or None
    form = forms.Today(data, day=known.get(day, Day(day)), own=own, skill=skill)
    return page(
        request,
        "today",
        sentence=sentence,
        typed=typed(request) if sentence else (),
        status=422 if sentence else 200,
        day=day,
        days=[(one, one in known) for one in span],
        form=form,
        late=day != last,
        ago=(last - day).days,
        modules=catalogue.by_module(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def appointments(request: PhoneRequest) -> HttpResponse:
    """The sessions and assessments ahead; a session can be called off, which is a task for the practitioner."""
    if request.method == "POST":
        return _send(request, "cannot_come", "appointments", str(request.POST.get("session", ""))[:12])
    return _appointments(request)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def homework(request: PhoneRequest) -> HttpResponse:
    """What was agreed in the last session: a tick, and a line."""
    if request.method == "POST":
        return _send(request, "homework", "homework", str(request.POST.get("session", ""))[:12])
    return _homework(request)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def rights(request: PhoneRequest) -> HttpResponse:
    """What the person may ask for: each is a task for the service."""
    if request.method == "POST":
        kind = str(request.POST.get("kind", ""))
        return _send(request, kind if kind in forms.RIGHTS else "", "rights", "")
    return _rights(request)


@require_safe
@signed_in
def notice(request: PhoneRequest) -> HttpResponse:
    """The information notice, as the person was given it."""
    given = calls.notice(request.sitting, at=request.at)
    shown = given and notices.with_own_words(notices.notice(version=given.version), given.own)
    return page(request, "notice", given=given, notice=shown)


@require_safe
@signed_in
def skills(request: PhoneRequest) -> HttpResponse:
    """Every skill, and what the person tried last."""
    tried = [
        (one, catalogue.name(one.skill), forms.HELPED[one.helped])
        for one in calls.practice(request.sitting, at=request.at)
    ]
    return page(request, "skills", modules=catalogue.by_module(), tried=tried)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def skill(request: PhoneRequest, key: str) -> HttpResponse:
    """One skill: its words and steps, and a line each time that it was tried."""
    if key not in catalogue.BY_KEY:
        raise Http404
    form = forms.Practice(request.POST or None)
    last = dates.day_of(request.at)
    span = [(back, last - timedelta(days=back)) for back in range(DAYS)]
    sentence = ""
    if request.method == "POST":
        if form.is_valid() and calls.practise(
            request.sitting,
            form.tried(skill=key, today=last),
            note=form.cleaned_data["note"],
            submission=form.submission,
            at=request.at,
        ):
            return redirect(f"{request.path}?saved=1")
        sentence = errors(form) or NOT_TAKEN
    known = texts.library().get(key)
    variant = next((one for one in FORMS if one.value == request.GET.get("form")), Variant.PLAIN)
    return page(
        request,
        "skill",
        sentence=sentence,
        typed=typed(request) if sentence else (),
        status=422 if sentence else 200,
        skill=catalogue.BY_KEY[key],
        text=known.texts[variant] if known else None,
        known=known,
        variant=variant,
        variants=FORMS if known else {},
        form=form,
        days=span,
    )


@require_safe
@signed_in
def plan(request: PhoneRequest) -> HttpResponse:
    """The coping plan and the goals. A line that looks like an address stays on the paper."""
    lines = calls.plan(request.sitting, at=request.at)
    shown = [
        one
        for one in lines
        if leads_nowhere(one.cue) and leads_nowhere(one.words, telephone=one.part == "ring")
    ]
    goals = calls.goals(request.sitting, at=request.at)
    kept = [one for one in goals if leads_nowhere(one.words) and leads_nowhere(one.steps)]
    parts = [(head, [one for one in shown if one.part == part]) for part, head in PARTS.items()]
    return page(
        request,
        "plan",
        parts=[(head, each) for head, each in parts if each],
        goals=kept,
        held=len(shown) < len(lines) or len(kept) < len(goals),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def questions(request: PhoneRequest) -> HttpResponse:
    """The forms to fill in before an appointment, and four questions about the last session."""
    form, sentence = forms.Feedback(request.POST or None), ""
    if request.method == "POST":
        session = str(request.POST.get("session", ""))[:12]
        if form.is_valid() and calls.tell(
            request.sitting, session=session, answers=form.answers(), at=request.at
        ):
            return redirect(f"{request.path}?saved=1")
        sentence = errors(form) or NOT_TAKEN
    return page(
        request,
        "questions",
        sentence=sentence,
        status=422 if sentence else 200,
        sheets=[fhir.kept(content) for content in calls.questions(request.sitting, at=request.at).values()],
        about=calls.feedback(request.sitting, at=request.at),
        form=form,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sheet(request: PhoneRequest, name: str) -> HttpResponse:
    """One form in its official words. An answer that asks for it shows help at once."""
    try:
        known = library.instrument(name=name)
    except library.UnknownInstrument:
        raise Http404 from None
    content = calls.questions(request.sitting, at=request.at).get(name)
    wording = fhir.kept(content) if content else None
    form, sentence = forms.Sheet(request.POST or None, instrument=known, wording=wording), ""
    if request.method == "POST" and form.is_valid():
        score = scoring.of_answers(instrument=known, answers=form.answers())
        asks = scoring.asks_for_safety(score, instrument=known)
        filled = calls.Filled(known.name, known.version, form.answers(), score.total, score.prorated, asks)
        # A form that is no longer asked was sent before: its second tap is shown the same page.
        if wording is None or calls.answer(
            request.sitting, filled, submission=form.submission, at=request.at
        ):
            return redirect("mine:help") if asks else redirect("/questions/?saved=1")
        sentence = NOT_TAKEN
    if wording is None:
        return redirect("mine:questions")
    sentence = sentence or errors(form)
    return page(
        request, "sheet", sentence=sentence, status=422 if sentence else 200, wording=wording, form=form
    )


@require_safe
@signed_in
def help_now(request: PhoneRequest) -> HttpResponse:
    """Where there is help now, day and night."""
    return page(request, "help")


def _note(request: PhoneRequest, form: forms.Today, day: date) -> str:
    said = calls.note(request.sitting, form.day(day), own=form.figures(), at=request.at)
    if said == "saved" and form.used is not None:
        calls.use_skill(request.sitting, day=day, skill=form.used, instead=True, at=request.at)
    return said


def _send(request: PhoneRequest, kind: str, place: str, session: str) -> HttpResponse:
    form = forms.Line(request.POST)
    sentence = NOT_TAKEN
    if form.is_valid():
        words, submission = form.cleaned_data["words"], form.submission
        sent = calls.ask(
            request.sitting, kind=kind, session=session, words=words, submission=submission, at=request.at
        )
        if sent:
            return redirect(f"/{place}/?saved=1")
    else:
        sentence = errors(form)
    draw = {"appointments": _appointments, "homework": _homework, "rights": _rights}[place]
    return draw(request, sentence=sentence, typed=typed(request), status=422)


def _appointments(request: PhoneRequest, **more: Any) -> HttpResponse:  # noqa: ANN401 -- as page
    rows = calls.appointments(request.sitting, at=request.at)
    return page(request, "appointments", rows=rows, form=forms.Line(), **more)


def _homework(request: PhoneRequest, **more: Any) -> HttpResponse:  # noqa: ANN401 -- as page
    one = calls.homework(request.sitting, at=request.at)
    return page(request, "homework", one=one, form=forms.Line(), **more)


def _rights(request: PhoneRequest, **more: Any) -> HttpResponse:  # noqa: ANN401 -- as page
    rows = calls.requests(request.sitting, at=request.at)
    own = [(forms.RIGHTS.get(one.kind, "I cannot come to a session"), one) for one in rows]
    return page(request, "rights", rows=own, kinds=forms.RIGHTS, form=forms.Line(), **more)
