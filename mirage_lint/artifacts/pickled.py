"""What a pickle holds, without unpickling: its opcodes are walked and nothing is ever called.

Strings, numbers, dicts and lists are built as they stand. Whatever a pickle asks to import, call
or construct becomes an `Opaque` that only holds the attributes given to it; what is to be made of a
single text, as members of enumerations are, becomes that text.
"""

import pickletools
import warnings
from io import BytesIO
from typing import Any

from mirage_lint.errors import MirageError

MAX_PICKLE = 4 * 2**20
MAX_OPCODES = 500_000
_MAX_PICKLES = 8
"""A legacy ``torch.save`` file is five pickles in a row."""

_CONSTANTS = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False}
_LISTS = {"EMPTY_LIST", "LIST", "EMPTY_SET", "FROZENSET"}
_TUPLES = {"EMPTY_TUPLE", "TUPLE", "TUPLE1", "TUPLE2", "TUPLE3"}


class Opaque:
    """An object that was not made, with the attributes that it was to have."""

    __slots__ = ("state",)

    def __init__(self) -> None:
        self.state: dict[str, Any] = {}

    def update(self, state: object) -> None:
        """Takes attributes from a state: a dict, or dict and slots in a pair."""
        for part in state if isinstance(state, tuple) else (state,):
            if isinstance(part, dict):
                self.state.update(part)


def load(data: bytes, where: str) -> list[Any]:
    """The values of the pickles that stand one after another in ``data``, at most eight.

    Raises MirageError at ``where`` for broken ones and beyond a bound.
    """
    if len(data) > MAX_PICKLE:
        raise MirageError(where, f"is a pickle of more than {MAX_PICKLE:,} bytes, the most read")
    stream, found = BytesIO(data), list[Any]()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd escapes in strings: not our business
            while stream.tell() < len(data) and len(found) < _MAX_PICKLES:
                found.append(_Machine(where).run(stream))
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
        if not found:  # in a legacy file raw tensor bytes may follow the pickles
            raise MirageError(where, "is not a whole pickle", "fetch it again") from None
    return found


class _Machine:
    """The stack of a pickle, its marks and its memo."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._stack: list[Any] = []
        self._marks: list[int] = []
        self._memo: dict[int, Any] = {}

    def run(self, stream: BytesIO) -> Any:
        """Walks one pickle and returns what it leaves."""
        for count, (opcode, argument, _) in enumerate(pickletools.genops(stream)):
            if count > MAX_OPCODES:
                problem = f"is a pickle of more than {MAX_OPCODES:,} opcodes, the most that is read"
                raise MirageError(self._where, problem)
            self._step(opcode, argument)
        return self._result

    def _step(self, opcode: pickletools.OpcodeInfo, argument: Any) -> None:
        name = opcode.name
        if name == "MARK":
            self._marks.append(len(self._stack))
        elif name == "STOP":
            self._result = self._stack.pop()
        elif name in ("PUT", "BINPUT", "LONG_BINPUT", "MEMOIZE"):
            self._memo[len(self._memo) if argument is None else argument] = self._stack[-1]
        elif name == "DUP":
            self._stack.append(self._stack[-1])
        else:
            taken = self._take(opcode)
            if opcode.stack_after:
                self._stack.append(self._made(opcode, argument, taken))

    def _take(self, opcode: pickletools.OpcodeInfo) -> list[Any]:
        """Pops what the opcode consumes; what it takes from a mark on comes spread, last."""
        wanted, sliced = len(opcode.stack_before), list[Any]()
        if pickletools.markobject in opcode.stack_before:
            wanted = opcode.stack_before.index(pickletools.markobject)
            start = self._marks.pop()
            sliced = self._stack[start:]
            del self._stack[start:]
        if wanted > len(self._stack):
            raise ValueError("the stack is empty")
        fixed = self._stack[len(self._stack) - wanted :]
        del self._stack[len(self._stack) - wanted :]
        return fixed + sliced

    def _made(self, opcode: pickletools.OpcodeInfo, argument: Any, taken: list[Any]) -> Any:
        name = opcode.name
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        if name in ("GET", "BINGET", "LONG_BINGET"):
            return self._memo[argument]
        if name in _LISTS:
            return taken
        if name in _TUPLES:
            return tuple(taken)
        if name in ("EMPTY_DICT", "DICT"):
            return _with_items({}, taken)
        if name in ("APPEND", "APPENDS", "ADDITEMS", "SETITEM", "SETITEMS", "BUILD"):
            return _changed(name, taken[0], taken[1:])
        if opcode.stack_after != [pickletools.anyobject]:
            return argument  # a literal: its type is told, so nothing has to be looked up
        return _of_one_text(taken[1]) if name == "REDUCE" else Opaque()


def _of_one_text(arguments: Any) -> Any:
    match arguments:
        case (str() as text,):
            return text
    return Opaque()


def _changed(name: str, target: Any, parts: list[Any]) -> Any:
    if name == "BUILD" and isinstance(target, Opaque):
        target.update(parts[0])
    elif name.startswith("SETITEM") and isinstance(target, dict):
        _with_items(target, parts)
    elif not name.startswith("SETITEM") and isinstance(target, list):
        target.extend(parts)
    return target


def _with_items(target: dict[str, Any], parts: list[Any]) -> dict[str, Any]:
    for key, value in zip(parts[::2], parts[1::2], strict=True):
        if isinstance(key, str):
            target[key] = value
    return target
