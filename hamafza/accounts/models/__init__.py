from hamafza.accounts.models.organization import Organization
from hamafza.accounts.models.user import Duty, SignIn, User

__all__ = ["Duty", "Organization", "SignIn", "User"]
