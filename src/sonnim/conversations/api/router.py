"""The one router of conversations: a path that two modules serve with different methods must be in one router."""

from sonnim.accounts.http import ShopRouter

router = ShopRouter(tag="conversations")
