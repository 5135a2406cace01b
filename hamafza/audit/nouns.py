"""What a row of each table is called in a sentence. The models stand above, so they are named by their labels here."""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOUNS: dict[str, str | Promise] = {
    "accounts.duty": _("Duty"),
    "accounts.organization": _("Organisation"),
    "accounts.signin": _("Sign-in"),
    "accounts.user": _("User"),
    "documents.attachment": _("Document"),
    "intake.importbatch": _("Import"),
    "intake.rememberedmapping": _("Mapping of an office"),
    "needs.assessment": _("Assessment"),
    "needs.finding": _("Finding of an assessment"),
    "needs.need": _("Need"),
    "needs.needstep": _("Step of a need"),
    "needs.savedlist": _("Saved list"),
    "notices.message": _("Outgoing message"),
    "notices.notice": _("Notice"),
    "places.place": _("Place"),
    "places.placename": _("Former name of a place"),
    "places.population": _("Population"),
    "registry.disability": _("Disability"),
    "registry.duplicatecandidate": _("Possible duplicate"),
    "registry.hardshipcause": _("Cause of hardship"),
    "registry.household": _("Household"),
    "registry.identityclaim": _("Claim on an identity number"),
    "registry.person": _("Person"),
    "registry.targetgroupmembership": _("Target group"),
}


def noun_of(model: type[models.Model]) -> str:
    """The word for one row of ``model`` in the language of the page."""
    return str(NOUNS.get(model._meta.label_lower, model._meta.verbose_name))
