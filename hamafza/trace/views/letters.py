"""Letters of thanks and certificates: list, form with preview, paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hamafza.accounts.choices import Permission
from hamafza.accounts.guard import load
from hamafza.core.errors import Refusal
from hamafza.core.parts import more_url
from hamafza.core.refusals import show_refusal
from hamafza.documents.pdf import pdf_download
from hamafza.needs.place import admit_county
from hamafza.needs.queries.counties import county_name
from hamafza.needs.queries.lists import count_capped
from hamafza.trace.commands.letters import facts_of, name_of, write_letter
from hamafza.trace.forms.letter import LetterForm
from hamafza.trace.models import Letter
from hamafza.trace.paper import body_of, letter_pdf, paper_of
from hamafza.trace.queries.letters import after, letters_of
from hamafza.trace.sentences import span_of

PAGE, WRONG = 50, 422


@require_safe
def letter_list(request: HttpRequest) -> HttpResponse:
    _actor, county = admit_county(request, Permission.WRITE_THANKS)
    letters = letters_of(county)
    count, capped = count_capped(letters)
    found = list(after(letters, request.GET.get("after", ""))[: PAGE + 1])
    page = found[:PAGE]
    context = {
        "county": county,
        "county_name": county_name(county),
        "rows": page,
        "count": count,
        "capped": capped,
        "more_url": more_url(request.GET, page[-1].pk) if len(found) > PAGE else "",
    }
    return render(request, "trace/letter_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def letter_create(request: HttpRequest) -> HttpResponse:
    actor, county = admit_county(request, Permission.WRITE_THANKS)
    searches = "search" in request.POST
    said = request.POST.dict() if searches else {"to": request.GET.get("to")}
    form = LetterForm(None if searches else request.POST or None, county=county, initial=said)
    preview: dict[str, Any] | None = None
    if request.method == "POST" and not searches and form.is_valid():
        try:
            if "write" in request.POST:
                letter = write_letter(county, wish=form.wish(), by=actor, key=form.cleaned_data["key"])
                messages.success(request, _("The letter is written. Print it and have it signed."))
                return redirect("trace:letter-record", pk=letter.pk)
            preview = _preview(county, form)
        except Refusal as refusal:
            show_refusal(form, refusal)
    context = {
        "form": form,
        "county": county,
        "preview": preview,
        "cancel_url": f"{reverse('trace:letter-list')}?county={county}",
    }
    return render(request, "trace/letter_create.html", context, status=WRONG if form.errors else None)


@require_safe
def letter_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    letter = load(request, Letter, pk, may=Permission.WRITE_THANKS)
    return render(request, "trace/letter_record.html", {"letter": letter, "paper": paper_of(letter)})


@require_safe
def letter_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    letter = load(request, Letter, pk, may=Permission.WRITE_THANKS)
    return pdf_download(letter_pdf(letter), name=f"letter-{letter.jalali_year}-{letter.number}")


def _preview(county: str, form: LetterForm) -> dict[str, Any]:
    wish = form.wish()
    facts = {**facts_of(county, wish), "name": name_of(wish.to)}
    return body_of(
        wish.kind, recipient=form.recipient, facts=facts, text=wish.text, span=span_of(wish.since, wish.until)
    )
