"""Files that are written at once or not at all."""

import os
import stat
import tempfile
from pathlib import Path

from mirage_lint.errors import MirageError


def replace(place: Path, text: str, was: bytes | None = None) -> None:
    """Write a file at once or not at all, with the mode that it had.

    Raises MirageError where that cannot be done, or where the file does not hold ``was`` any more;
    it then stands as it was.
    """
    shown = place
    place = Path(os.path.realpath(place))
    try:
        mode = stat.S_IMODE(place.stat().st_mode) if place.exists() else 0o666 & ~_umask()
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            os.chmod(name, mode)
            if was is not None and place.read_bytes() != was:
                raise MirageError(str(shown), "was changed meanwhile", "run this again")
            os.replace(name, place)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        problem = f"cannot be written ({error.strerror or error})"
        raise MirageError(str(place), problem, "make its directory writable") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
