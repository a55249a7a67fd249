"""Django's handle on routing."""

from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "sonnim.routing"
    label = "routing"
    default_auto_field = "django.db.models.BigAutoField"
