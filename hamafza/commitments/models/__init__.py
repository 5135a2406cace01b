from hamafza.commitments.models.commitment import Commitment, Supporter
from hamafza.commitments.models.field import FieldPart, LadderStep, SupportField
from hamafza.commitments.models.follow_up import (
    DueDateChange,
    EscalationStep,
    ProgressUpdate,
    Reassignment,
    Verification,
)

__all__ = [
    "Commitment",
    "DueDateChange",
    "EscalationStep",
    "FieldPart",
    "LadderStep",
    "ProgressUpdate",
    "Reassignment",
    "SupportField",
    "Supporter",
    "Verification",
]
