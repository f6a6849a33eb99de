"""Attributes that are worked out when first asked for."""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

Value_co = TypeVar("Value_co", covariant=True)


class cached_property(Generic[Value_co]):  # noqa: N801 (as the standard one, which it replaces)
    """As ``functools.cached_property``, which takes a lock at each first look until Python 3.12."""

    def __init__(self, work_out: Callable[[Any], Value_co]) -> None:
        self._work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Value_co: ...
    def __get__(self, instance: object | None, owner: type) -> Self | Value_co:
        if instance is None:
            return self
        # Under the property's own name, where Python finds the value before the property.
        value = instance.__dict__[self._name] = self._work_out(instance)
        return value
