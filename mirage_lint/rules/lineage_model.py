"""MIR202 lineage-model

A model is named as the base model of a run that was made with another; often it is the model of a
neighbouring run. Or the text names it twice in one breath, in two sizes or versions: in a line and
in the sample that it leads to, before and within brackets, as a link and as its target. That needs
no registry.

Why it is bad: an adapter loaded on the wrong base fails at best, and runs with nonsense at worst;
and a result is credited to a model that never gave it.

Bad:  "The base model of the short run is Llama 3 70B.", where its configuration names the 8B.

Good: "The base model of the short run is Llama 3 8B."
"""

from mirage_lint.binding.binding import MODEL, Binding
from mirage_lint.rules import wording

CODE = "MIR202"
NAME = "lineage-model"
SEVERITY = "error"
CHANGE = MODEL


def message(binding: Binding) -> str:
    """The right base model and whose the named one is; or what else the text itself says."""
    claim, facts = binding.claim, binding.facts
    if binding.against:
        return f"{claim.text!r}, but {binding.against}"
    told = f"the {facts[0].metric} of {wording.families(facts)} is {wording.values(facts)}"
    if not binding.others:
        return f"{claim.text!r}: {told}"
    return f"{claim.text!r} is a model of {wording.families(binding.others)}; {told}"
