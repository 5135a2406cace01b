from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "hamafza.notices"
    label = "notices"

    def ready(self) -> None:
        from hamafza.accounts.choices import Permission
        from hamafza.accounts.events import duty_ended, duty_given
        from hamafza.accounts.guard import actor_of
        from hamafza.core.navigation import NavItem, register, register_user_item
        from hamafza.notices import receivers

        duty_given.connect(receivers.tell_of_given_duty, dispatch_uid="notices.duty_given")
        duty_ended.connect(receivers.tell_of_ended_duty, dispatch_uid="notices.duty_ended")
        register_user_item(NavItem(_("My messages"), "notices:notice-list", icon="bell", order=70))
        register(
            NavItem(
                _("Outgoing messages"),
                "notices:message-list",
                icon="send",
                may=lambda request: actor_of(request).may(Permission.SEE_GIVING),
                order=90,
            )
        )
