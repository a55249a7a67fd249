"""Django's handle on the accounts domain."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sonnim.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from sonnim.accounts.sign_in import watch

        watch()
