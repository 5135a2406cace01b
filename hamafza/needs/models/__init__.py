from hamafza.needs.models.assessment import Assessment, Finding
from hamafza.needs.models.need import Need, NeedStep, SavedList

__all__ = ["Assessment", "Finding", "Need", "NeedStep", "SavedList"]
