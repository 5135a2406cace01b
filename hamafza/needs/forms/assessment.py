"""The assessment of a household: every domain on one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from hamafza.core.widgets import JalaliDateField
from hamafza.needs.choices import HOUSEHOLD_DOMAINS, Domain, Severity, Source
from hamafza.needs.commands.assess import AssessmentDetails, DomainFinding
from hamafza.needs.forms.need import SOURCES

#: What to look at in each domain, said under its name.
HELP = {
    Domain.JOB: gettext_lazy("Who can work and has no steady work? Is there a skill, a tool, a permit missing?"),
    Domain.HOUSING: gettext_lazy("Is there a safe home? Is rent overdue, or the contract near its end?"),
    Domain.HOUSEHOLD_GOODS: gettext_lazy("Fridge, stove, heater, bedding, a girl's dowry."),
    Domain.LIVELIHOOD: gettext_lazy("Is there enough food until the end of the month?"),
    Domain.REHABILITATION: gettext_lazy("Wheelchair, hearing aid, prosthesis, therapy, care at home."),
    Domain.HEALTH: gettext_lazy("Medicine, treatment, insurance, an operation that waits."),
    Domain.EDUCATION: gettext_lazy("Children out of school, fees, a device to learn with, reading and writing."),
    Domain.SOCIAL: gettext_lazy("Counselling, violence, custody, papers, a lawyer."),
}


@dataclass(frozen=True)
class DomainFields:
    """The boxes of one domain, for the page."""

    label: str
    help: str
    severity: Any
    person: Any
    standing: int


class AssessmentForm(forms.Form):
    """0 in a domain: nothing is lacking there. ``standing`` counts the live needs of each domain, shown beside it."""

    assessed_on = JalaliDateField(label=gettext_lazy("Date"))
    source = forms.ChoiceField(label=gettext_lazy("Source"), choices=SOURCES)
    note = forms.CharField(
        label=gettext_lazy("Observations"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Kept sealed; reading it is recorded."),
    )
    next_due_on = JalaliDateField(label=gettext_lazy("Next assessment due"), required=False)

    def __init__(self, *args: Any, persons: Any, standing: dict[str, int], **kwargs: Any) -> None:
        kwargs["initial"] = {
            "assessed_on": timezone.localdate(),
            "source": Source.HOME_VISIT,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        self.persons = {str(person.pk): person for person in persons}
        self.standing = standing
        names = [(pk, person.full_name) for pk, person in self.persons.items()]
        for domain in Domain:
            self.fields[domain.value] = forms.TypedChoiceField(
                label=domain.label,
                choices=[(0, _("Nothing lacking")), *Severity.choices],
                coerce=int,
                initial=0,
                required=False,
                widget=forms.RadioSelect,
            )
            if domain not in HOUSEHOLD_DOMAINS:
                self.fields[f"{domain}_person"] = forms.ChoiceField(
                    label=_("Who: %(domain)s") % {"domain": domain.label}, choices=names, required=False
                )

    def domains(self) -> Iterator[DomainFields]:
        """The domains in order, for the page."""
        for domain in Domain:
            person = self[f"{domain}_person"] if f"{domain}_person" in self.fields else None
            yield DomainFields(
                str(domain.label), str(HELP[domain]), self[domain.value], person, self.standing.get(domain, 0)
            )

    def details(self) -> AssessmentDetails:
        """What is said of the assessment as a whole."""
        said = self.cleaned_data
        return AssessmentDetails(
            assessed_on=said["assessed_on"], source=said["source"], note=said["note"], next_due_on=said["next_due_on"]
        )

    def findings(self) -> list[DomainFinding]:
        """The domains in which something is lacking."""
        return [
            DomainFinding(
                domain=domain, severity=severity, person=self.persons.get(self.cleaned_data.get(f"{domain}_person", ""))
            )
            for domain in Domain.values
            if (severity := self.cleaned_data[domain] or 0)
        ]
