"""The governor's office asks about a row without names, and reads the answer. Nothing here reads a need or a person."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.desk.choices import QuestionState
from hamafza.desk.commands.questions import ask, close
from hamafza.desk.forms import QuestionForm
from hamafza.desk.models import Question
from hamafza.desk.queries.questions import line_of
from hamafza.desk.views.rows import question_row, questions_page
from hamafza.needs.exports.anonymous import in_words
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import districts_within, place_name

WRONG = 422


@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.ASK_ABOUT_NEEDS)
    needs_url = f"{reverse('needs:need-list-anonymous')}?county={county}"
    only = actor.districts_with(Permission.ASK_ABOUT_NEEDS, county)
    context = {**questions_page(request, county, only=only), "needs_url": needs_url}
    return render(request, "desk/question_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def question_create(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.ASK_ABOUT_NEEDS)
    row = request.POST.get("row") or request.GET.get("row") or ""
    needs_url = f"{reverse('needs:need-list-anonymous')}?county={county}"
    only = actor.districts_with(Permission.ASK_ABOUT_NEEDS, county)
    line = line_of(county, row, on=clock.today(), only=only)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = ask(county, row=row, text=form.cleaned_data["text"], by=actor, key=form.cleaned_data["key"])
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The question is sent. The answer comes here, and you are told."))
            return redirect("desk:question-record", pk=made.pk)
    districts = districts_within(county, only)
    context = {
        "form": form,
        "row": row,
        "county": county,
        "county_name": place_name(county, [] if only is None else districts),
        "about": in_words([line], {one.code: one.name for one in districts})[0] if line else None,
        "needs_url": needs_url,
        "cancel_url": needs_url,
    }
    return render(request, "desk/question_create.html", context, status=WRONG if form.errors else None)


@require_safe
def question_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    question = _load(request, pk)
    context = {
        "question": question,
        "row": question_row(question),
        "may_close": question.state == QuestionState.ANSWERED,
    }
    return render(request, "desk/question_record.html", context)


@require_POST
def question_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    question = _load(request, pk)
    try:
        close(question, by=actor_of(request))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The question is closed."))
    return redirect("desk:question-record", pk=question.pk)


def _load(request: HttpRequest, pk: UUID) -> Question:
    """404 in another county, and for a row of another district than hers."""
    question = load(request, Question, pk, may=Permission.ASK_ABOUT_NEEDS)
    if not actor_of(request).reaches(Permission.ASK_ABOUT_NEEDS, question.county_id, question.district_id):
        raise Http404
    return question
