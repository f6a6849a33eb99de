"""What is wrong with one of the many files of a pattern: it may be mended, or left out."""

from collections.abc import Iterator
from contextlib import contextmanager

from mirage_lint.errors import MirageError
from mirage_lint.registry import paths


@contextmanager
def excusable(path: str, entry: str, where: str) -> Iterator[None]:
    """An error of ``path`` tells how to leave it out, where ``entry`` is a pattern that met it.

    Nothing is left out by itself: a registry without a file would pass what the file denies.
    """
    try:
        yield
    except MirageError as error:
        if not paths.is_glob(entry):
            raise
        is_named = path in f"{error.where} {error.problem}"
        told = error.problem if is_named else f"'{path}': {error.problem}"
        least = f'leave it out by exclude = ["{path}"]'
        place = "" if error.where == where else f" at {where}"
        mend = f"{error.mend}, or {least}{place}" if error.mend else f"{least}{place}"
        raise MirageError(error.where, told, mend) from None
