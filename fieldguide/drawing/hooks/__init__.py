"""Hooks, by what they are about; each is a class of its own."""

from fieldguide.drawing.hooks import arithmetic, business, companies, models, runs, scaling, serving, tokens
from fieldguide.drawing.hooks.base import HOOKS, Hook

__all__ = [
    "HOOKS",
    "Hook",
    "arithmetic",
    "business",
    "companies",
    "models",
    "runs",
    "scaling",
    "serving",
    "tokens",
]
