"""Django's handle on the demo."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "sonnim.demo"
    label = "demo"
