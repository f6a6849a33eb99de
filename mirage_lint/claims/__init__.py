"""Passages to claims: quantities, equations, model names, checksums and paths, with exact spans."""

from __future__ import annotations
