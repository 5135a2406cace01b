from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "hamafza.intake"
    label = "intake"

    def ready(self) -> None:
        from hamafza.intake import menu, receivers
        from hamafza.intake.events import import_done, import_failed

        import_done.connect(receivers.tell_of_done_import, dispatch_uid="intake.import_done")
        import_failed.connect(receivers.tell_of_failed_import, dispatch_uid="intake.import_failed")
        menu.register_all()
