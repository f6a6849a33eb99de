"""The registry: claims.toml and the artifacts it names, made into facts, kept in claims.lock."""

from __future__ import annotations
