"""Values that are worked out when they are first asked for, and then kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class lazy(Generic[T]):
    """`functools.cached_property` as it is from Python 3.12 on: without the lock that it holds before.

    A thread that works a value out may wait for another lock, and who holds that one may ask for the value.
    Two threads that ask at once may both work it out.
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        self.work = work
        self.__doc__ = work.__doc__

    def __get__(self, instance: object, owner: type) -> T:
        value: T = self.work(instance)
        instance.__dict__[self.work.__name__] = value  # found first from now on: `lazy` has no `__set__`
        return value
