"""All rules, in the order of their codes. Imported only where there is something to judge."""

from types import ModuleType

from mirage_lint.rules import (
    absent_artifact,
    arithmetic,
    blanket_claim,
    broken_binding,
    checksum,
    dead_path,
    denominator_mixup,
    dimension_mixup,
    documents_differ,
    lineage_model,
    lineage_number,
    rounding,
    sources_conflict,
    stale_lock,
    unit_mismatch,
    unused_suppression,
    value_mismatch,
)

RULES: tuple[ModuleType, ...] = (
    value_mismatch,
    rounding,
    denominator_mixup,
    unit_mismatch,
    dimension_mixup,
    lineage_number,
    lineage_model,
    blanket_claim,
    arithmetic,
    documents_differ,
    checksum,
    dead_path,
    stale_lock,
    sources_conflict,
    absent_artifact,
    unused_suppression,
    broken_binding,
)
