"""The coach in a shop: what surrounds a draft, which rules the shop wants, what agents make of the marks."""
