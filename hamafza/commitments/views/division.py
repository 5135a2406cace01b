"""The division of labour of a place: the matrix for everybody who takes part, and one field of it for the secretary."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamafza.accounts.actor import Actor
from hamafza.accounts.choices import Permission
from hamafza.accounts.models import Organization
from hamafza.accounts.queries.bodies import bodies_of
from hamafza.commitments.admission import admit_place
from hamafza.commitments.choices import Part
from hamafza.commitments.commands.division import clear_part, set_part
from hamafza.commitments.division_admission import admit_together, places_together
from hamafza.commitments.division_forms import ClearForm, PartForm
from hamafza.commitments.models import FieldPart, SupportField
from hamafza.commitments.queries.division import FieldRow, Matrix, field_named, matrix_of, parts_in, places_titled
from hamafza.core.errors import Refusal
from hamafza.core.refusals import show_refusal
from hamafza.places.models import Place

UNPROCESSABLE = 422
#: With more bodies than this the page opens by part, names in three columns, and never grows sideways.
MOST_COLUMNS = 8
BY_BODY, BY_PART = "body", "part"
PART_TONES = {Part.OWNER: "green", Part.HELPS: "blue", Part.INFORMED: "grey"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one body does in one field; nothing, for most."""

    body: Organization
    held: FieldPart | None

    @property
    def tone(self) -> str:
        return PART_TONES[Part(self.held.part)] if self.held else ""


@require_safe
def division(request: HttpRequest) -> HttpResponse:
    actor, place = admit_together(request)
    matrix = matrix_of(place)
    by = request.GET.get("by", "")
    if by not in {BY_BODY, BY_PART}:
        by = BY_BODY if len(matrix.bodies) <= MOST_COLUMNS else BY_PART
    context = {
        **_place(actor, place),
        "matrix": matrix,
        "rows": [(row, _cells(row, matrix)) for row in matrix.rows],
        "by": by,
        "may_keep": actor.may(Permission.ISSUE_COMMITMENTS, place),
    }
    return render(request, "commitments/division.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def division_field(request: HttpRequest, code: str) -> HttpResponse:
    actor, place = admit_place(request, Permission.ISSUE_COMMITMENTS)
    field = _field(code)
    form = PartForm(request.POST or None, place=place)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            set_part(place, field=field, organization=said["organization"], part=Part(said["part"]), by=actor)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The part is written down."))
            return redirect(_field_url(field, place))
    held = list(parts_in(place, field=field))
    context = {
        **_place(actor, place),
        "form": form,
        "field": field,
        "row": FieldRow(field, {one.organization_id: one for one in held}),
        "parts": [(one, PART_TONES[Part(one.part)]) for one in held],
        "cancel_url": f"{reverse('commitments:division')}?place={place}",
    }
    return render(request, "commitments/division_field.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def division_clear(request: HttpRequest, code: str) -> HttpResponse:
    actor, place = admit_place(request, Permission.ISSUE_COMMITMENTS)
    field, form = _field(code), ClearForm(request.POST)
    body = bodies_of(place).filter(pk=form.cleaned_data["organization"]).first() if form.is_valid() else None
    if body is not None and clear_part(place, field=field, organization=body, by=actor):
        messages.success(request, _("The part is taken back."))
    return redirect(_field_url(field, place))


def _cells(row: FieldRow, matrix: Matrix) -> list[Cell]:
    return [Cell(body, row.parts.get(body.pk)) for body in matrix.bodies]


def _place(actor: Actor, place: str) -> dict[str, object]:
    places: dict[str, Place] = {one.code: one for one in places_titled(places_together(actor))}
    return {"place": place, "place_name": places[place].title, "places": list(places.values())}


def _field(code: str) -> SupportField:
    found = field_named(code)
    if found is None:
        raise Http404
    return found


def _field_url(field: SupportField, place: str) -> str:
    return f"{reverse('commitments:division-field', args=[field.code])}?place={place}"
