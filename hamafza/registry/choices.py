"""The words of the registry: codes are stored, labels are shown (glossary: docs/glossary.md)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")


class Relation(TextChoices):
    """A person's place in the household, seen from its head."""

    HEAD = "head", _("Head of household")
    SPOUSE = "spouse", _("Spouse")
    CHILD = "child", _("Child")
    FATHER = "father", _("Father")
    MOTHER = "mother", _("Mother")
    SIBLING = "sibling", _("Brother or sister")
    GRANDCHILD = "grandchild", _("Grandchild")
    GRANDPARENT = "grandparent", _("Grandparent")
    OTHER = "other", _("Other relation")


class HouseholdState(TextChoices):
    ACTIVE = "active", _("Active")
    WAITING = "waiting", _("On the waiting list")
    SUSPENDED = "suspended", _("Suspended")
    LEFT = "left", _("Left")


class HouseholdLeft(TextChoices):
    """Why a household's file is closed."""

    SELF_RELIANT = "self_reliant", _("Became self-reliant")
    MOVED = "moved", _("Moved to another county")
    NOT_ELIGIBLE = "not_eligible", _("No longer entitled")
    OWN_WISH = "own_wish", _("At its own wish")
    UNREACHABLE = "unreachable", _("Cannot be found")
    NOBODY_LEFT = "nobody_left", _("No member is left")
    OTHER = "other", _("Another reason")


class PersonLeft(TextChoices):
    """Why a person is no longer counted in the household."""

    DIED = "died", _("Died")
    MARRIED = "married", _("Married and left the household")
    MOVED = "moved", _("Moved to another county")
    OTHER = "other", _("Another reason")


class FileEventKind(TextChoices):
    """What happened to a file or to a person's place in it."""

    MOVED = "moved", _("Moved to another household")
    LEFT = "left", _("Left")
    RETURNED = "returned", _("Returned")
    SUSPENDED = "suspended", _("Suspended")
    WAITING = "waiting", _("Put on the waiting list")
    HEAD = "head", _("Became head of household")


class Tenure(TextChoices):
    OWNED = "owned", _("Owned")
    RENTED = "rented", _("Rented")
    FREE = "free", _("Lives free of charge")
    HOMELESS = "homeless", _("No home")
    OTHER = "other", _("Other tenure")


class JobStatus(TextChoices):
    EMPLOYED = "employed", _("Employed")
    UNEMPLOYED = "unemployed", _("Unemployed")
    HOMEMAKER = "homemaker", _("Homemaker")
    PUPIL = "pupil", _("Pupil or student")
    UNABLE = "unable", _("Unable to work")
    RETIRED = "retired", _("Retired")
    CHILD = "child", _("Under school age")
    OTHER = "other", _("Other occupation")


class Education(TextChoices):
    NONE = "none", _("Cannot read and write")
    PRIMARY = "primary", _("Primary school")
    LOWER_SECONDARY = "lower_secondary", _("Lower secondary school")
    DIPLOMA = "diploma", _("School diploma")
    ASSOCIATE = "associate", _("Associate degree")
    BACHELOR = "bachelor", _("Bachelor's degree")
    POSTGRADUATE = "postgraduate", _("Postgraduate degree")


class TargetGroup(TextChoices):
    DISABLED = "disabled", _("Person with disability")
    WOMAN_HEAD = "woman_head", _("Woman head of household")
    OLDER = "older", _("Older person")
    CHILD_NO_GUARDIAN = "child_no_guardian", _("Child without guardian")
    CHILD_UNFIT_GUARDIAN = "child_unfit_guardian", _("Child with unfit guardian")
    WORKING_CHILD = "working_child", _("Working or street child")
    ADDICTION_RECOVERY = "addiction_recovery", _("In recovery from addiction")
    MENTAL_ILLNESS = "mental_illness", _("Person with chronic mental illness")
    SOCIAL_HARM = "social_harm", _("Person affected by social harm")
    UNIDENTIFIED = "unidentified", _("Unidentified person")
    DEPRIVED = "deprived", _("Person in need")


#: Target groups of the special class: shown masked, each reading logged (model.md, Q5).
SPECIAL_GROUPS = frozenset(
    {
        TargetGroup.DISABLED,
        TargetGroup.ADDICTION_RECOVERY,
        TargetGroup.MENTAL_ILLNESS,
        TargetGroup.SOCIAL_HARM,
        TargetGroup.CHILD_NO_GUARDIAN,
        TargetGroup.CHILD_UNFIT_GUARDIAN,
        TargetGroup.WORKING_CHILD,
    }
)


class DisabilityType(TextChoices):
    PHYSICAL = "physical", _("Physical")
    SIGHT = "sight", _("Sight")
    HEARING = "hearing", _("Hearing")
    SPEECH = "speech", _("Voice and speech")
    INTELLECTUAL = "intellectual", _("Intellectual")
    PSYCHIATRIC = "psychiatric", _("Chronic psychiatric")
    AUTISM = "autism", _("Autism")
    MULTIPLE = "multiple", _("Multiple")


class DisabilitySeverity(TextChoices):
    MILD = "mild", _("Mild")
    MODERATE = "moderate", _("Moderate")
    SEVERE = "severe", _("Severe")
    VERY_SEVERE = "very_severe", _("Very severe")


class Cause(TextChoices):
    """What brought the hardship about (M-A4)."""

    ENVIRONMENTAL = "environmental", _("Environmental")
    SOCIAL = "social", _("Social")
    ECONOMIC = "economic", _("Economic")
    HEREDITARY = "hereditary", _("Hereditary")


class ConsentPurpose(TextChoices):
    """What a client may consent to in writing."""

    MEET_GIVER = "meet_giver", _("To meet the benefactor, with the social worker present")
    SHOW_CARD = "show_card", _("That the need is shown without a name")
