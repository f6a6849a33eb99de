"""Claims in context to bindings: which facts a claim is about, and whether they bear it out."""

from __future__ import annotations
