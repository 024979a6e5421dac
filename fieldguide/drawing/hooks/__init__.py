"""Numbers of figures that no record holds, worked out from a record's `inputs:`; a module for each subject, a
class for each `hook:`. MkDocs's own hooks are in `mkdocs_hooks.py`."""

from fieldguide.drawing.hooks import (
    arithmetic,
    business,
    companies,
    crypto_tokens,
    models,
    prices,
    runs,
    scaling,
    serving,
)
from fieldguide.drawing.hooks.base import HOOKS, Hook

__all__ = [
    "HOOKS",
    "Hook",
    "arithmetic",
    "business",
    "companies",
    "crypto_tokens",
    "models",
    "prices",
    "runs",
    "scaling",
    "serving",
]
