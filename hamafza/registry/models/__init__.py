from hamafza.registry.models.circumstance import Disability, HardshipCause, TargetGroupMembership
from hamafza.registry.models.consent import Consent
from hamafza.registry.models.duplicate import DuplicateCandidate
from hamafza.registry.models.event import FileEvent
from hamafza.registry.models.household import Household
from hamafza.registry.models.person import IdentityClaim, Person

__all__ = [
    "Consent",
    "Disability",
    "DuplicateCandidate",
    "FileEvent",
    "HardshipCause",
    "Household",
    "IdentityClaim",
    "Person",
    "TargetGroupMembership",
]
