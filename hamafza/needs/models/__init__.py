from hamafza.needs.models.aid import AidRecord
from hamafza.needs.models.assessment import Assessment, Finding
from hamafza.needs.models.need import Need, NeedStep, SavedList

__all__ = ["AidRecord", "Assessment", "Finding", "Need", "NeedStep", "SavedList"]
