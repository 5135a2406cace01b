from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "hamafza.accounts"
    label = "accounts"

    def ready(self) -> None:
        from hamafza.accounts import menu

        menu.register_pages()
