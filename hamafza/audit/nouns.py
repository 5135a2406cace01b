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
    "distribution.delivery": _("Delivery"),
    "distribution.deliverycode": _("Code sent to a household"),
    "distribution.round": _("Distribution round"),
    "distribution.roundentry": _("Place on the list of a round"),
    "distribution.roundlot": _("Goods set aside for a round"),
    "documents.attachment": _("Document"),
    "giving.instalment": _("Instalment"),
    "giving.instalmentreminder": _("Reminder of an instalment"),
    "giving.pledge": _("Pledge"),
    "giving.pledgeversion": _("Pledge version"),
    "giving.benefactor": _("Benefactor"),
    "giving.capacity": _("Offer of a benefactor"),
    "giving.capacitymatch": _("Match"),
    "giving.item": _("Item of the catalogue"),
    "intake.importbatch": _("Import"),
    "intake.rememberedmapping": _("Mapping of an office"),
    "needs.assessment": _("Assessment"),
    "needs.finding": _("Finding of an assessment"),
    "needs.need": _("Need"),
    "needs.needstep": _("Step of a need"),
    "needs.savedlist": _("Saved list"),
    "notices.message": _("Outgoing message"),
    "notices.notice": _("Notice"),
    "places.occasion": _("Occasion"),
    "places.occasiondate": _("Official date of an occasion"),
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
