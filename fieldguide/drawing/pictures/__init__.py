"""Drawings that are code, one module a renderer."""
