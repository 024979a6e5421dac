"""What a hook is: numbers of a figure that no record holds, worked out from the record's `inputs:`. It gives
data and draws nothing.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import Any

from fieldguide.book import Book
from fieldguide.records.base import Strict

Filling = dict[str, Any]
HOOKS: dict[str, type[Hook]] = {}
"""By the name that a record gives as its `hook:`, which is that of the class with hyphens."""


class Hook(Strict):
    """One hook; its keys are those of `inputs:`."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        HOOKS[re.sub(r"(?<=[a-z])(?=[A-Z])", "-", cls.__name__).lower()] = cls

    @abstractmethod
    def compute(self, book: Book) -> Filling:
        """A part of the record's `data:`. Raises ValueError and KeyError for inputs that the records
        contradict or do not have.
        """
