"""The Django app of this channel."""

from django.apps import AppConfig


class PostboxConfig(AppConfig):
    """E-mail."""

    name = "sonnim.channels.kinds.postbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the desk what this channel lets it do."""
        from sonnim.channels.kinds.postbox import CHANNEL
        from sonnim.channels.kinds.postbox.afar.queries import can_follow
        from sonnim.conversations import reach

        reach.offer(CHANNEL.kind)
        reach.offer_carrying(CHANNEL.kind)
        reach.offer_following(can_follow)
