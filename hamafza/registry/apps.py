from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "hamafza.registry"
    label = "registry"
    verbose_name = _("Clients")

    def ready(self) -> None:
        from hamafza.core.navigation import NavItem, register
        from hamafza.documents import owners
        from hamafza.registry import papers, rules

        register(
            NavItem(_("Clients"), "registry:household-list", icon="users", key="c", may=rules.may_see_clients, order=20)
        )
        for owner in papers.OWNERS:
            owners.register(owner)
