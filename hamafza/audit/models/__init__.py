from hamafza.audit.models.change import Change
from hamafza.audit.models.read import ReadEntry
from hamafza.audit.models.seal import Seal

__all__ = ["Change", "ReadEntry", "Seal"]
