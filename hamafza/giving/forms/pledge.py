"""Forms of a promise: what is promised, by which rule, for what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from hamafza.core import clock
from hamafza.core.widgets import AmountField, DigitsInput, JalaliDateField, OnceField
from hamafza.giving.choices import DedicationKind, Frequency, GiftKind, Intention, ScheduleCalendar
from hamafza.giving.models import Item, Pledge, PledgeVersion
from hamafza.giving.pledge_words import month_names, weekday_names
from hamafza.giving.promise import Promise
from hamafza.giving.queries.items import items_of
from hamafza.giving.queries.pledges import schedule_of
from hamafza.giving.schedule import Schedule
from hamafza.ledger.choices import SurplusRule
from hamafza.needs.choices import Domain
from hamafza.places.models.occasion import Occasion
from hamafza.places.queries.occasions import occasions
from hamafza.registry.choices import TargetGroup

#: Django's own sentence has a Latin figure in it.
WHOLE = {
    "min_value": gettext_lazy("Write a number of one or more."),
    "max_value": gettext_lazy("This number is too large."),
    "invalid": gettext_lazy("Write a whole number."),
}
_MONTHLY = {Frequency.MONTH, Frequency.YEAR}


def count_field(label: Any, *, most: int, least: int = 1, **more: Any) -> forms.IntegerField:
    """A small number, typed in any digits."""
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, widget=DigitsInput, error_messages=WHOLE, **more
    )


class RuleForm(forms.Form):
    """How much each time and when; of each frequency only its own fields count."""

    amount = AmountField(label=gettext_lazy("How much each time, in rials"), required=False)
    quantity = count_field(gettext_lazy("How many each time"), most=1_000_000, required=False)
    frequency = forms.ChoiceField(label=gettext_lazy("How often"), choices=Frequency.choices, initial=Frequency.WEEK)
    interval = count_field(
        gettext_lazy("Every how many"),
        most=366,
        initial=1,
        required=False,
        help_text=gettext_lazy("1: each time; 2: every second day, week, month or year."),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On which days of the week"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: the day of the week on which it begins."),
    )
    month_day = count_field(
        gettext_lazy("Day of the month"),
        most=31,
        required=False,
        help_text=gettext_lazy("In a shorter month its last day. Empty: the day on which it begins."),
    )
    month = forms.TypedChoiceField(label=gettext_lazy("Month"), coerce=int, required=False, empty_value=None)
    calendar = forms.ChoiceField(
        label=gettext_lazy("Calendar"),
        choices=ScheduleCalendar.choices,
        initial=ScheduleCalendar.JALALI,
        required=False,
    )
    occasion: forms.ModelChoiceField[Occasion] = forms.ModelChoiceField(
        label=gettext_lazy("Occasion"),
        queryset=None,
        required=False,
        help_text=gettext_lazy(
            "Lunar occasions are reckoned; the official day follows the sighting of the moon and may differ by a day."
        ),
    )
    starts_on = JalaliDateField(label=gettext_lazy("Begins on"), initial=clock.today)
    ends_on = JalaliDateField(label=gettext_lazy("Last day"), required=False)
    count = count_field(gettext_lazy("How many times in all"), most=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weekdays"].choices = weekday_names()  # type: ignore[attr-defined]  # a choice field
        self.fields["month"].choices = [("", _("The month in which it begins")), *month_names()]  # type: ignore[attr-defined]  # a choice field
        self.fields["occasion"].queryset = occasions()  # type: ignore[attr-defined]  # a model choice field
        self.needs("frequency", {"occasion": {Frequency.OCCASION}})

    def needs(self, by: str, fields: dict[str, set[str]]) -> None:
        """Fields that must be filled for some values of another one; only those are shown with them."""
        chosen = self[by].value() if self.is_bound else None
        for name, values in fields.items():
            self.fields[name].required = chosen is None or chosen in values

    def schedule(self) -> Schedule:
        """The rule as a value."""
        said = self.cleaned_data
        frequency = said["frequency"]
        is_monthly = frequency in _MONTHLY
        again = frequency != Frequency.ONCE
        return Schedule(
            frequency=frequency,
            starts_on=said["starts_on"],
            interval=(said["interval"] or 1) if again else 1,
            weekdays=tuple(sorted(said["weekdays"])) if frequency == Frequency.WEEK else (),
            month_day=said["month_day"] if is_monthly else None,
            month=said["month"] if frequency == Frequency.YEAR else None,
            calendar=(said["calendar"] or ScheduleCalendar.JALALI) if is_monthly else ScheduleCalendar.JALALI,
            occasion=said["occasion"].pk if frequency == Frequency.OCCASION else "",
            ends_on=said["ends_on"] if again else None,
            count=said["count"] if again else None,
        )

    def how_much(self, kind: str) -> int:
        """Rial, or units; 0 when nothing was written."""
        return int(self.cleaned_data["amount" if kind == GiftKind.MONEY else "quantity"] or 0)


class PledgeForm(RuleForm):
    """A new promise of a benefactor."""

    key = OnceField()
    kind = forms.ChoiceField(
        label=gettext_lazy("What is promised"),
        choices=GiftKind.choices,
        initial=GiftKind.MONEY,
        widget=forms.RadioSelect,
    )
    item: forms.ModelChoiceField[Item] = forms.ModelChoiceField(
        label=gettext_lazy("Item"),
        queryset=None,
        required=False,
        help_text=gettext_lazy("From the catalogue of this county."),
    )
    service = forms.CharField(
        label=gettext_lazy("Service"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Such as a visit to the dentist, an hour of lessons."),
    )
    intention = forms.ChoiceField(label=gettext_lazy("Intention"), choices=Intention.choices, initial=Intention.GENERAL)
    purpose = forms.ChoiceField(label=gettext_lazy("For which need"), required=False)
    target_group = forms.ChoiceField(label=gettext_lazy("Target group"), required=False)
    use_by = JalaliDateField(
        label=gettext_lazy("To be used until"),
        required=False,
        help_text=gettext_lazy("When the giver sets a limit; what is left then follows the rule below."),
    )
    surplus_rule = forms.ChoiceField(
        label=gettext_lazy("If something is left"), choices=SurplusRule.choices, initial=SurplusRule.SAME_PURPOSE
    )
    dedication = forms.ChoiceField(
        label=gettext_lazy("Dedication"), choices=DedicationKind.choices, initial=DedicationKind.NONE
    )
    dedicated_to = forms.CharField(label=gettext_lazy("Dedicated to"), max_length=120, required=False)
    own_words = forms.CharField(
        label=gettext_lazy("In the giver's own words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    condition = forms.CharField(
        label=gettext_lazy("Condition of the vow"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("With a condition nothing falls due before it has come about. Kept sealed."),
    )
    deadline = JalaliDateField(
        label=gettext_lazy("Waits until"),
        required=False,
        help_text=gettext_lazy("If the condition has not come about by this day, the vow lapses."),
    )
    remind_days_before = count_field(gettext_lazy("Remind how many days before"), most=30, least=0, initial=2)
    grace_days = count_field(
        gettext_lazy("Days of grace"),
        most=90,
        least=0,
        initial=7,
        help_text=gettext_lazy("An instalment that has not come by then counts as missed."),
    )

    def __init__(self, *args: Any, county: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items_of(county)  # type: ignore[attr-defined]  # a model choice field
        self.needs("kind", _NEEDED)
        self.fields["purpose"].choices = [("", _("Any need")), *Domain.choices]  # type: ignore[attr-defined]  # a choice field
        self.fields["target_group"].choices = [("", _("Any group")), *TargetGroup.choices]  # type: ignore[attr-defined]  # a choice field

    def promise(self) -> Promise:
        """What is promised, as a value."""
        said = self.cleaned_data
        kind = said["kind"]
        is_vow = said["intention"] == Intention.VOW
        is_dedicated = said["dedication"] != DedicationKind.NONE
        return Promise(
            kind=kind,
            quantity=self.how_much(kind),
            item=said["item"].pk if kind == GiftKind.GOODS and said["item"] else None,
            service=said["service"] if kind == GiftKind.SERVICE else "",
            condition=said["condition"] if is_vow else "",
            deadline=said["deadline"] if is_vow else None,
            dedicated_to=said["dedicated_to"] if is_dedicated else "",
            **{name: said[name] for name in _SAID},
        )


_NEEDED: dict[str, set[str]] = {
    "amount": {GiftKind.MONEY},
    "item": {GiftKind.GOODS},
    "service": {GiftKind.SERVICE},
    "quantity": {GiftKind.GOODS, GiftKind.SERVICE},
}
_SAID = (
    "intention", "purpose", "target_group", "use_by", "surplus_rule", "dedication", "own_words", "remind_days_before",
    "grace_days",
)  # fmt: skip


class AmendForm(RuleForm):
    """The promise as it is from a day on."""

    reason = forms.CharField(
        label=gettext_lazy("Why does the promise change?"),
        max_length=200,
        help_text=gettext_lazy("Such as: the giver asked for more, another day suits her better."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        left, unused = ("amount", "quantity") if kind == GiftKind.MONEY else ("quantity", "amount")
        del self.fields[unused]
        self.fields[left].required = True
        self.fields["starts_on"].label = _("The new rule holds from")
        self.fields["starts_on"].help_text = _(
            "Instalments before this day, and those already given for, stay as they are."
        )


def initial_of(pledge: Pledge, version: PledgeVersion, *, on: date) -> dict[str, Any]:
    """The amendment form as the promise stands."""
    rule = schedule_of(version)
    filled = replace(rule, weekdays=rule.weekdays or (rule.starts_on.weekday(),))
    return {
        "amount": version.quantity,
        "quantity": version.quantity,
        "frequency": filled.frequency,
        "interval": filled.interval,
        "weekdays": list(filled.weekdays),
        "month_day": filled.month_day,
        "month": filled.month,
        "calendar": filled.calendar,
        "occasion": version.occasion_id,
        "starts_on": max(on, rule.starts_on),
        "ends_on": filled.ends_on,
        "version": pledge.version,
    }


class StepForm(forms.Form):
    """A change of state: from which day, and why. Fields that a step does not ask for are left out."""

    since = JalaliDateField(label=gettext_lazy("From which day"), initial=clock.today)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)

    def __init__(self, *args: Any, asks: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name not in asks]:
            del self.fields[name]


def chosen_item(form: PledgeForm) -> Item | None:
    """The item that was chosen, for a preview of a form that is not whole yet."""
    found = getattr(form, "cleaned_data", {}).get("item")
    return found if isinstance(found, Item) else None


def uuid_or_none(text: str) -> UUID | None:
    """A key in an address, or nothing when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
