"""The welfare office answers what it is asked: here alone a question stands beside the needs it is about."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import actor_of, load
from hamafza.audit.commands.record_read import record_reads
from hamafza.core import clock
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.desk.choices import QuestionState
from hamafza.desk.commands.questions import answer
from hamafza.desk.forms import AnswerForm
from hamafza.desk.models import Question
from hamafza.desk.queries.questions import needs_of
from hamafza.desk.row import Row
from hamafza.desk.views.rows import question_row, questions_page
from hamafza.needs.place import admit_county
from hamafza.needs.queries.anonymous import SPECIAL
from hamafza.needs.queries.lists import owner_of
from hamafza.needs.views.rows import need_row

NEEDS_SHOWN = 50
WRONG = 422


@require_safe
def asked_list(request: HttpRequest) -> HttpResponse:
    _actor, county = admit_county(request, Permission.ANSWER_ABOUT_NEEDS)
    context = questions_page(request, county)
    return render(request, "desk/asked_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def asked_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    question = load(request, Question, pk, may=Permission.ANSWER_ABOUT_NEEDS)
    form = AnswerForm(request.POST or None) if question.state == QuestionState.ASKED else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            answer(question, text=form.cleaned_data["text"], by=actor_of(request))
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The answer is sent."))
            return redirect("desk:asked-record", pk=question.pk)
    needs = list(needs_of(question)[: NEEDS_SHOWN + 1])
    if Row.from_json(question.row).cell.group == SPECIAL:
        # The row tells of everybody behind it that she is of the special class.
        record_reads([owner_of(need) or need.household for need in needs[:NEEDS_SHOWN]], fields=["target_group"])
    context = {
        "question": question,
        "row": question_row(question),
        "form": form,
        "needs": [need_row(need, on=clock.today()) for need in needs[:NEEDS_SHOWN]],
        "has_more": len(needs) > NEEDS_SHOWN,
        "list_url": f"{reverse('needs:need-list')}?county={question.county_id}&domain={question.domain}",
    }
    return render(request, "desk/asked_record.html", context, status=WRONG if form and form.errors else None)
