"""The HTTP server around the one process, and how it ends: clients are asked to come back before lines are closed."""

import signal
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn

from sonnim.realtime import node

GRACE_S = 8  # what is left of the ten seconds of a drain goes to the jobs and the writer


def serve(listener: socket.socket, *, on_listening: Callable[[], None]) -> int:
    """Serves until a signal says stop; returns the exit code."""

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                on_listening()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            live = node.running()
            if live is not None:
                await live.drain()  # while the sockets still carry it: uvicorn's next step closes them
            await super().shutdown(sockets)

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            # uvicorn would raise the signal again after its clean end, and turn success into "killed".
            self.force_exit = self.should_exit and sig == signal.SIGINT
            self.should_exit = True

    server = Server(server_config())
    server.run(sockets=[listener])
    return 0 if server.started else 1


def server_config() -> uvicorn.Config:
    return uvicorn.Config(
        "sonnim.asgi:application",
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=2**21,  # what is over the protocol's own limit gets an answer, what is over this gets a close
        ws_per_message_deflate=False,  # it costs 35 KB a connection
        lifespan="on",
        timeout_keep_alive=75,
        timeout_graceful_shutdown=GRACE_S,
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=True,
    )
