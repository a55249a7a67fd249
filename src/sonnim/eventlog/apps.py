"""Django's handle on the eventlog domain."""

from django.apps import AppConfig


class EventlogConfig(AppConfig):
    name = "sonnim.eventlog"
    label = "eventlog"
    default_auto_field = "django.db.models.BigAutoField"
