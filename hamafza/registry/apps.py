from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "hamafza.registry"
    label = "registry"
    verbose_name = _("Clients")

    def ready(self) -> None:
        from hamafza.core.navigation import NavItem, register, register_search
        from hamafza.documents import owners
        from hamafza.registry import papers, receivers, rules
        from hamafza.registry.panels import register_panel
        from hamafza.registry.views.consents import consents_panel

        register(
            NavItem(_("Clients"), "registry:household-list", icon="users", key="c", may=rules.may_see_clients, order=20)
        )
        for owner in papers.OWNERS:
            owners.register(owner)
        register_panel(
            "household", _("Written consents"), "registry/_consents_panel.html", context=consents_panel, order=60
        )
        register(
            NavItem(
                _("Duplicates"),
                "registry:duplicate-list",
                icon="users-group",
                key="m",
                may=rules.may_review_duplicates,
                order=40,
            )
        )
        register_search(
            NavItem(_("Search clients"), "registry:search", icon="search", may=rules.may_see_clients, order=10)
        )
        post_migrate.connect(receivers.keep_name_search, sender=self, dispatch_uid="registry.keep_name_search")
