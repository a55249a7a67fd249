"""The Django app of what all channels share."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """Channels: what came in, raw, until it is in a timeline."""

    name = "sonnim.channels"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Channels bring things in and read them; who reads for which is known only up here."""
        from sonnim.channels import delivery, inbound, registry

        inbound.provide(registry.adapter)
        delivery.provide(registry.carrier, registry.adapters)
