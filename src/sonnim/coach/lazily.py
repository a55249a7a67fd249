"""Attributes that are read when they are asked for, and kept; without the lock of `functools.cached_property`."""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

Value = TypeVar("Value")


class lazy(Generic[Value]):
    """What two threads ask for at the same time is read twice; it is the same both times."""

    def __init__(self, read: Callable[[Any], Value]) -> None:
        self._read = read
        self._name = read.__name__
        self.__doc__ = read.__doc__

    @overload
    def __get__(self, owner: None, kind: type | None = None) -> Self: ...

    @overload
    def __get__(self, owner: object, kind: type | None = None) -> Value: ...

    def __get__(self, owner: object | None, kind: type | None = None) -> Self | Value:
        if owner is None:
            return self
        value = owner.__dict__[self._name] = self._read(owner)
        return value
