"""What is typed about commitments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from hamafza.accounts.models import Organization
from hamafza.commitments.bodies import offer_bodies
from hamafza.commitments.choices import CommitmentState, Confidentiality, Obstacle, Priority, Rung, Source
from hamafza.commitments.division_forms import SuggestsOwner
from hamafza.commitments.ladder import LEVELS, MOST_DAYS, Step
from hamafza.commitments.models import Commitment, SupportField
from hamafza.commitments.order import Evidence, Order, Report, Supports
from hamafza.commitments.queries.commitments import LATE, OPEN, REVIEW, SETTLED, SORTS, Filters
from hamafza.core import wording
from hamafza.core.widgets import DigitsInput, JalaliDateField, OnceField

#: How many bodies that help a form has room for.
HELPERS = range(1, 5)
#: What is offered for one press; another number may be typed.
SHARES = (10, 25, 50, 75, 90)
#: What a phone offers: its camera, its pictures, its files.
EVIDENCE = "image/jpeg,image/png,application/pdf,.docx,.xlsx"


class OrderForm(SuggestsOwner):
    """A commitment that is written by hand: a new one, or a draft that is changed."""

    key = OnceField()
    title = forms.CharField(
        label=_("What is to be done"), max_length=200, help_text=_("Without the name or number of any client.")
    )
    description = forms.CharField(
        label=_("In more words"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    owner: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        label=_("Which body owes it"),
        queryset=None,
        empty_label=_("Choose"),
        help_text=_("Exactly one. Others can help it, below."),
    )
    due_on = JalaliDateField(label=_("Due on"))
    quantity = forms.IntegerField(
        label=_("How much"), required=False, min_value=1, max_value=10**12, widget=DigitsInput,
        error_messages={"min_value": _("Write a number of one or more.")},
    )  # fmt: skip
    unit = forms.CharField(
        label=_("Unit"), required=False, max_length=40, help_text=_("Such as: persons, loans, homes.")
    )
    field: forms.ModelChoiceField[SupportField] = forms.ModelChoiceField(
        label=_("Field of support"), queryset=None, required=False, empty_label=_("No field")
    )
    priority = forms.ChoiceField(label=_("Priority"), choices=Priority.choices, initial=Priority.NORMAL)
    confidentiality = forms.ChoiceField(
        label=_("Who may know"), choices=Confidentiality.choices, initial=Confidentiality.INTERNAL
    )
    review_on = JalaliDateField(label=_("To be looked at on"), required=False)

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_bodies(self.fields["owner"], place)
        self.fields["field"].queryset = SupportField.objects.filter(active=True)  # type: ignore[attr-defined]
        for number in HELPERS:
            helper: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
                label=_("Who helps"), queryset=None, required=False, empty_label=_("Nobody")
            )
            offer_bodies(helper, place)
            self.fields[f"helper_{number}"] = helper
            self.fields[f"share_{number}"] = forms.CharField(label=_("Its share"), required=False, max_length=200)
        self.suggest_owners(place)

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """All but the rows of who helps."""
        return [one for one in self.visible_fields() if not one.name.startswith(("helper_", "share_"))]

    @property
    def helper_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"helper_{number}"], self[f"share_{number}"]) for number in HELPERS]

    @property
    def has_helpers(self) -> bool:
        """Whether the rows are to be seen: somebody helps, or something there is wrong."""
        return any(one.value() or one.errors for row in self.helper_rows for one in row)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for number in HELPERS:
            if said.get(f"share_{number}") and not said.get(f"helper_{number}"):
                self.add_error(f"helper_{number}", _("Choose the body that has this share."))
        return said

    def order(self, *, issuer: Organization) -> Order:
        """Of a valid form."""
        said = self.cleaned_data
        helping = [(said[f"helper_{number}"], said[f"share_{number}"]) for number in HELPERS]
        return Order(
            title=said["title"],
            description=said["description"],
            issuer=issuer,
            owner=said["owner"],
            due_on=said["due_on"],
            supporters=tuple(Supports(body, share) for body, share in helping if body),
            field=said["field"],
            priority=Priority(said["priority"]),
            confidentiality=Confidentiality(said["confidentiality"]),
            quantity=said["quantity"],
            unit=said["unit"],
            review_on=said["review_on"],
        )


def written(draft: Commitment) -> dict[str, Any]:
    """What the form of a draft begins with."""
    names = (
        "title", "description", "owner", "due_on", "quantity", "unit", "field", "priority", "confidentiality", "review_on",
    )  # fmt: skip
    helping = enumerate(draft.supporters.select_related("organization").order_by("id"), start=1)
    rows = [(f"helper_{number}", f"share_{number}", one) for number, one in helping]
    return {
        **{name: getattr(draft, name) for name in names},
        **{helper: one.organization for helper, _share, one in rows},
        **{share: one.share for _helper, share, one in rows},
    }


class ReportForm(forms.Form):
    """How far it is, on a phone in under a minute: one press, a sentence, a picture."""

    key = OnceField()
    done_quantity = forms.IntegerField(
        label=_("Done so far"), required=False, min_value=0, max_value=10**12, widget=DigitsInput
    )
    share = forms.TypedChoiceField(
        label=_("Done so far"), required=False, coerce=int, empty_value=None, widget=forms.RadioSelect
    )
    percent = forms.IntegerField(
        label=_("Another number (percent)"), required=False, min_value=0, max_value=100, widget=DigitsInput,
        error_messages={
            "min_value": _("Write a number from 0 to 100."), "max_value": _("Write a number from 0 to 100."),
        },
    )  # fmt: skip
    is_claim = forms.BooleanField(label=_("All of it is done"), required=False)
    text = forms.CharField(
        label=_("What was done"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    file = forms.FileField(
        label=_("Picture or paper"), required=False, widget=forms.ClearableFileInput(attrs={"accept": EVIDENCE})
    )
    obstacle = forms.ChoiceField(
        label=_("What is in the way"), required=False, choices=[("", _("Nothing is in the way")), *Obstacle.choices]
    )
    obstacle_text = forms.CharField(label=_("The obstacle in words"), required=False, max_length=300)

    def __init__(self, *args: Any, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shares = [(share, wording.percent(share / 100)) for share in SHARES]
        self.fields["share"].choices = shares  # type: ignore[attr-defined]  # a choice
        unused = ("done_quantity",) if commitment.quantity is None else ("share", "percent")
        for name in unused:
            del self.fields[name]
        if commitment.quantity is not None:
            self.fields["done_quantity"].help_text = _("Of %(all)s %(unit)s, from the beginning until today.") % {
                "all": wording.number(commitment.quantity), "unit": commitment.unit,
            }  # fmt: skip
        if commitment.priority in {Priority.HIGH, Priority.URGENT}:
            self.fields["file"].help_text = _("When all of it is done, this one needs a picture or a paper.")

    @property
    def has_obstacle(self) -> bool:
        """Whether the part about obstacles is to be seen."""
        return any(self[name].value() or self[name].errors for name in ("obstacle", "obstacle_text"))

    def report(self) -> Report:
        """Of a valid form; a number that was typed goes before the one that was pressed."""
        said = self.cleaned_data
        file: UploadedFile[bytes] | None = said["file"]
        typed, pressed = said.get("percent"), said.get("share")
        return Report(
            text=said["text"],
            percent=pressed if typed is None else typed,
            done_quantity=said.get("done_quantity"),
            obstacle=Obstacle(said["obstacle"]) if said["obstacle"] else None,
            obstacle_text=said["obstacle_text"],
            is_claim=said["is_claim"],
            evidence=(Evidence(file.file, file.name or ""),) if file and file.file else (),  # type: ignore[arg-type]
        )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class NewDateForm(forms.Form):
    new = JalaliDateField(label=_("New date"))
    reason = forms.CharField(label=_("Why?"), max_length=300)


class DecideForm(forms.Form):
    """Yes or no, and a word; the word is needed with no."""

    said = forms.ChoiceField(
        label=_("Decision"), choices=[("yes", _("Yes")), ("no", _("No"))], widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("In words"), max_length=300, required=False)

    @property
    def is_yes(self) -> bool:
        return bool(self.cleaned_data["said"] == "yes")


class MoveForm(forms.Form):
    owner: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        label=_("To which body"), queryset=None, empty_label=_("Choose")
    )
    reason = forms.CharField(label=_("Why?"), max_length=300)

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_bodies(self.fields["owner"], place)


class FilterForm(forms.Form):
    """The filters of the commitments of a place."""

    q = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput(attrs={"data-live": True, "type": "search"})
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            (OPEN, _("Still owed")),
            (LATE, _("Past its due date")),
            (REVIEW, _("To be looked at")),
            (SETTLED, _("Settled")),
            *CommitmentState.choices,
        ],
    )
    owner: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        label=_("Owner"), queryset=None, required=False, empty_label=_("All")
    )
    field: forms.ModelChoiceField[SupportField] = forms.ModelChoiceField(
        label=_("Field of support"), queryset=SupportField.objects.all(), required=False, empty_label=_("All")
    )
    source = forms.ChoiceField(label=_("Follows from"), required=False, choices=[("", _("All")), *Source.choices])

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_bodies(self.fields["owner"], place)

    def filters(self) -> Filters:
        """What is asked for; a value that is not on offer is left out."""
        self.is_valid()
        said = self.cleaned_data
        owner, field = said.get("owner"), said.get("field")
        return Filters(
            state=said.get("state") or "",
            owner=str(owner.pk) if owner else "",
            field=str(field.pk) if field else "",
            source=said.get("source") or "",
            text=said.get("q") or "",
            sort=sort if (sort := self.data.get("sort", "")) in SORTS else "",
        )


class LadderForm(forms.Form):
    """Each rung with the days after the due date from which it is told; an empty one is left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rung in Rung:
            self.fields[rung.value] = forms.IntegerField(
                label=rung.label, required=False, help_text=_("Days after the due date"), min_value=1, max_value=MOST_DAYS, widget=DigitsInput,
                error_messages={
                    "min_value": _("Write one day or more."),
                    "max_value": _("Write a year at most, that is 365 days."),
                },
            )  # fmt: skip

    def steps(self) -> list[Step]:
        """Of a valid form, lowest first."""
        days = self.cleaned_data
        return [Step(LEVELS[rung], days[rung.value], rung) for rung in Rung if days[rung.value] is not None]
