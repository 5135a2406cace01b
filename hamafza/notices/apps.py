from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "hamafza.notices"
    label = "notices"

    def ready(self) -> None:
        from hamafza.accounts.events import duty_ended, duty_given
        from hamafza.core.navigation import NavItem, register_user_item
        from hamafza.notices import receivers

        duty_given.connect(receivers.tell_of_given_duty, dispatch_uid="notices.duty_given")
        duty_ended.connect(receivers.tell_of_ended_duty, dispatch_uid="notices.duty_ended")
        register_user_item(NavItem(_("My messages"), "notices:notice-list", icon="bell", order=70))
