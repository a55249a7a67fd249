"""Django's handle on the contacts domain."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "sonnim.contacts"
    label = "contacts"
    default_auto_field = "django.db.models.BigAutoField"
