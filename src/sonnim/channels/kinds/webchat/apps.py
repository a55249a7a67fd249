"""Django's handle on the webchat channel's templates."""

from django.apps import AppConfig

from sonnim.channels.kinds.webchat import CHANNEL
from sonnim.conversations import reach


class WebchatConfig(AppConfig):
    name = "sonnim.channels.kinds.webchat"
    label = "webchat"

    def ready(self) -> None:
        reach.offer(CHANNEL.kind)
        reach.offer_calling_back(CHANNEL.kind)
