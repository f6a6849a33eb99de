"""`typing.NamedTuple` for modules that every run imports.

Where a class is made, the standard one looks at the types of its fields, compiles a constructor
and makes methods for it alone, and it needs `typing`: together a tenth of what a short run took.
Modules that use this one have ``from __future__ import annotations``.
"""

from __future__ import annotations

from collections import namedtuple
from functools import cache
from types import FunctionType

__all__ = ["NamedTuple"]
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:
    _PLACES = [f"at_{at}" for at in range(24)]
    """For as many fields as a class may have."""
    _ANY = vars(namedtuple("_Any", _PLACES))
    _GETTERS = [_ANY[place] for place in _PLACES]
    """What finds a field by its place, in a tuple of any class."""

    class _Maker(type):
        """Turns the body of a class into that of a tuple with names."""

        def __new__(cls, name, bases, body):
            if "__annotations__" in body:
                fields = tuple(body["__annotations__"])
                defaults = tuple(body.pop(field) for field in fields if field in body)
                body["__new__"] = _constructor(fields, defaults)
                body.update(zip(fields, _GETTERS[: len(fields)], strict=True))
                body["__slots__"] = ()
                body["_fields"] = body["__match_args__"] = fields
            return super().__new__(cls, name, bases, body)

    def _constructor(fields, defaults):
        """That of any class with as many fields, its arguments named anew."""
        made = _template(len(fields))
        code = made.__code__.replace(co_varnames=("_cls", *fields))
        return FunctionType(code, made.__globals__, "__new__", defaults)

    @cache
    def _template(count):
        names = ", ".join(_PLACES[:count])
        return eval(f"lambda _cls, {names}: _new(_cls, ({names},))", {"_new": tuple.__new__})

    class NamedTuple(tuple, metaclass=_Maker):
        """The base of named tuples."""

        __slots__ = ()

        def _replace(self, **changes):
            made = tuple.__new__(type(self), map(changes.pop, self._fields, self))
            if changes:
                raise TypeError(f"{type(self).__name__} has no {', '.join(changes)}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            told = (f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({', '.join(told)})"

        def __getnewargs__(self):
            return tuple(self)
