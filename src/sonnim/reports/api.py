"""The HTTP side of reports."""

from django.http import HttpResponse

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import ShopRouter, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.reports.board import board_of
from sonnim.reports.shapes import BoardObject

router = ShopRouter(tag="reports")
routers = (router,)


@router.get("/board", needs=P.CONVERSATION_READ, response=BoardObject)
def show_board(caller: Caller) -> HttpResponse:
    """The desk at this moment."""
    return encoded(board_of(caller))
