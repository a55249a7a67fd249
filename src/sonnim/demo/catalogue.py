"""What the demo store sells and says: the JSON under content/, in one language at a time."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"
KINDS = ("table", "tea", "home")
FACTS = ("size", "made", "care")


@dataclass(frozen=True)
class Product:
    """One thing on the shelf as a shopper of one language sees it. `amount` is in `price`'s own currency."""

    slug: str
    kind: str
    name: str
    line: str
    story: str
    amount: int
    price: str
    facts: tuple[tuple[str, str], ...]
    picture: str


def read_content(name: str) -> Any:
    """Parse one file of content/."""
    return json.loads((CONTENT / name).read_text("utf-8"))


def price_text(amount: int, locale: str) -> str:
    """An amount the way the store's shoppers of this language write it: won, yuan or dollars."""
    return {"ko": f"{amount:,}원", "zh": f"¥{amount:,}"}.get(locale, f"${amount:,}")


@cache
def texts(locale: str) -> dict[str, str]:
    """Every sentence of the store's pages in one language."""
    return {key: by_locale[locale] for key, by_locale in read_content("store.json").items()}


@cache
def products(locale: str) -> tuple[Product, ...]:
    """The whole shelf, in its order."""
    return tuple(_product(raw, locale) for raw in read_content("products.json"))


def find_product(slug: str, *, locale: str) -> Product | None:
    """The product of this address, or None."""
    return next((product for product in products(locale) if product.slug == slug), None)


def goes_with(product: Product, *, locale: str, count: int = 4) -> list[Product]:
    """What to show beside a product: its own kind first, then its neighbours on the shelf."""
    shelf = products(locale)
    start = shelf.index(product)
    others = [*shelf[start + 1 :], *shelf[:start]]
    return sorted(others, key=lambda other: other.kind != product.kind)[:count]


def _product(raw: dict[str, Any], locale: str) -> Product:
    amount = raw["prices"][locale]
    words = texts(locale)
    return Product(
        slug=raw["slug"],
        kind=raw["kind"],
        name=raw["name"][locale],
        line=raw["line"][locale],
        story=raw["story"][locale],
        amount=amount,
        price=price_text(amount, locale),
        facts=tuple((words[f"fact_{key}"], raw["facts"][key][locale]) for key in FACTS),
        picture=f"demo/products/{raw['slug']}.svg",
    )
