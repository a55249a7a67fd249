"""Django's handle on the conversations domain."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "sonnim.conversations"
    label = "conversations"
    default_auto_field = "django.db.models.BigAutoField"
