"""Django's handle on the search index."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "sonnim.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"
