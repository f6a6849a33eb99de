"""Variables of Makefiles, which are read and never made."""

import pytest
from fields_told import known

from mirage_lint.core.facts import SCRIPT, Datum

MAKEFILE = r"""# EPOCHS = 1
EPOCHS ?= 3   # as a default
export N_EVENTS := 200
override BASE_MODEL = org/base-7B
SEEDS ::= 5
NAME = run_$(N_EVENTS)_${SEEDS}
MODELS += one
MODELS += two
HOME_DIR = $(HOME)/x
OUT := $(shell rm -rf /)
EMPTY =
LONG = a \
  b
ifeq ($(CI),true)
  LR = 1e-4
endif
define RECIPE
HIDDEN = 5
endef
train: export LATER = 7
	ITERS=600; train --iters 600
"""


def test_a_makefile_tells_its_variables(read) -> None:
    reading = read("Makefile", MAKEFILE.replace("\n", "\r\n"))
    assert (reading.name, reading.tier) == ("Makefile", SCRIPT)
    epochs, model = (
        known("training epochs", "3", "EPOCHS"),
        known("base model", "org/base-7B", "BASE_MODEL"),
    )
    rate = known("learning rate", "1e-4", "LR")
    assert reading.content.told == (epochs, model, rate)
    assert reading.content.data == (
        epochs,
        Datum("n_events", "200", "N_EVENTS"),
        model,
        Datum("seeds", "5", "SEEDS"),
        Datum("name", "run_200_5", "NAME", "text"),
        Datum("long", "a    b", "LONG", "text"),
        rate,
    )


@pytest.mark.parametrize("name", ["Makefile", "makefile", "sub/GNUmakefile", "rules.mk"])
def test_a_makefile_is_told_by_its_name(read, name: str) -> None:
    assert read(name, "N = 1\n").content.data == (Datum("n", "1", "N"),)


def test_variables_that_double_one_another_are_given_up(read) -> None:
    doubling = "A0 = xxxxxxxxxx\n"
    doubling += "".join(f"A{n + 1} = $(A{n})$(A{n})\n" for n in range(64)) + "B = 1\n"
    found = read("Makefile", doubling).content.data
    assert max(len(item.value) for item in found) == 640
    assert found[-1] == Datum("b", "1", "B")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"N = \xff\n", "Makefile:1: is not UTF-8; save it as UTF-8"),
        ("N = 1\0\n", "Makefile:1: holds a NUL character; remove it"),
        (
            "#" * (2**20 + 1),
            "Makefile: is a script of more than 1,048,576 bytes, the most read; "
            "leave it out of claims.toml",
        ),
    ],
)
def test_a_broken_makefile_is_told_in_one_line(refusal, source: str, message: str) -> None:
    assert refusal("Makefile", source) == message
