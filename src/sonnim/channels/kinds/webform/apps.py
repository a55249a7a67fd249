"""The Django app of this channel."""

from django.apps import AppConfig


class WebformConfig(AppConfig):
    """Web forms."""

    name = "sonnim.channels.kinds.webform"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the desk what this channel lets it do: answer, not begin."""
        from sonnim.channels.kinds.webform import CHANNEL
        from sonnim.conversations import reach

        reach.offer_carrying(CHANNEL.kind)
