"""The page behind "no more mails about this conversation"."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sonnim.channels.kinds.postbox.afar import actions, stopping, wording
from sonnim.conversations.models import Conversation
from sonnim.kernel.text import pick_locale


# The link itself is the key, and mail programs that press it (RFC 8058) have no cookie of ours.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first, since scanners of mail open every link; a POST stops the mails. Again and again answers the same."""
    pk = stopping.conversation_of(token)
    about = Conversation.objects.select_related("shop").filter(pk=pk).first() if pk is not None else None
    if about is None:
        asked = str(request.headers.get("Accept-Language", ""))[:20].split(",")[0]
        return _page(request, "stop_wrong", pick_locale(asked), status=404)
    locale = pick_locale(about.locale)
    if request.method == "POST":
        actions.stop_following(shop_id=about.shop_id, conversation_id=about.pk)
    stopped = stopping.has_stopped(about.pk)
    button = "" if stopped else wording.texts_in(locale)["stop_button"]
    return _page(request, "stopped" if stopped else "stop", locale, shop=about.shop.name, button=button)


def _page(request: HttpRequest, key: str, locale: str, *, status: int = 200, **more: str) -> HttpResponse:
    words = wording.texts_in(locale)
    told = {"locale": locale, "title": words[f"{key}_title"], "text": words[f"{key}_text"], **more}
    page = render(request, "postbox/stop.html", told, status=status)
    page["Referrer-Policy"] = "same-origin"  # the address is a key; without any referrer the form itself were foreign
    page["Cache-Control"] = "no-store"
    return page
