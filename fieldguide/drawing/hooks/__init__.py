"""Hooks: numbers of a figure that no record holds, worked out from its inputs. A hook gives data and draws nothing."""
