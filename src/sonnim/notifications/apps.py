"""Django's handle on the notifications domain."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "sonnim.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"
