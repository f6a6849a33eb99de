"""Attributes that are worked out when first asked for."""

__all__ = ["cached_property"]
TYPE_CHECKING = False
if TYPE_CHECKING:
    from functools import cached_property
else:

    class cached_property:  # noqa: N801 (as the standard one, which it replaces)
        """As the standard one, which takes a lock at each first look until Python 3.12."""

        def __init__(self, work_out):
            self._work_out = work_out
            self._name = work_out.__name__
            self.__doc__ = work_out.__doc__

        def __get__(self, instance, owner):
            if instance is None:
                return self
            # Under the property's own name, where Python finds the value before the property.
            value = instance.__dict__[self._name] = self._work_out(instance)
            return value
