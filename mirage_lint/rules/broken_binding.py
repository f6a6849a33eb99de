"""MIR906 broken-binding

A comment that binds a number to a fact, or tells what a section speaks of, does neither: the name
in it is not known, or there is no number at its place.

Why it is bad: its writer trusts that the number is held against that fact, and it is held against
nothing.

Bad:  ``<!-- claim: balanced.accuracy -->``, where the registry has ``balanced.pivot accuracy``.

Good: ``<!-- claim: balanced.pivot_accuracy -->``, as ``mirage-lint facts`` lists it.
"""

CODE = "MIR906"
NAME = "broken-binding"
SEVERITY = "error"
