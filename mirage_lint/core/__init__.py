"""Plain values that every stage shares: facts, exact intervals, words, model names."""

from __future__ import annotations
