"""The one process: sockets and polls go to the live side, everything else to Django in a thread pool."""

import asyncio
import os
import sys
from importlib import import_module
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sonnim.config.settings")

import django

django.setup()

from django.core.wsgi import get_wsgi_application

from sonnim.channels import registry
from sonnim.config import wiring
from sonnim.config.bridge import ThreadedWSGI
from sonnim.config.ticker import Ticker
from sonnim.kernel import collecting
from sonnim.realtime import node
from sonnim.realtime.gateway import Receive, Scope, Send
from sonnim.routing.router import router

# The loop, the writer and the request threads share one interpreter; the default of 5 ms makes them wait in convoys.
sys.setswitchinterval(0.0005)


class Application:
    """ASGI entry point."""

    def __init__(self) -> None:
        self._django = ThreadedWSGI(get_wsgi_application())
        self._tickers: list[Ticker] = []
        self._services: list[Any] = []  # what keeps running: routing, channels' modules with start() and stop()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = scope["type"]
        if kind == "lifespan":
            await self._lifespan(receive, send)
            return
        live = node.running()
        if kind == "websocket":
            if scope["path"] == "/ws" and live is not None:
                await live.gateway.websocket(scope, receive, send)
            else:
                await receive()
                await send({"type": "websocket.close", "code": 1000})
        elif scope["path"] == "/realtime/poll" and live is not None:
            await live.gateway.poll(scope, receive, send)
        else:
            await self._django(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        wiring.connect()
        await node.start()
        self._tickers = [
            Ticker(wiring.CLOCK),
            Ticker(wiring.TIMERS, name="timers", look_s=0.1, at_once=True),
            Ticker(wiring.ERRANDS, name="errands"),
            Ticker(wiring.ARRIVALS, name="arrivals"),
        ]
        self._services = [router, *(import_module(name) for name in registry.modules("service"))]
        for each in (*self._tickers, *self._services):
            each.start()
        collecting.settle()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for each in (*self._services, *self._tickers):
            await asyncio.to_thread(each.stop)
        await node.stop()
        await send({"type": "lifespan.shutdown.complete"})


application: Any = Application()
