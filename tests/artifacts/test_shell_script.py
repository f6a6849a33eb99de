"""Shell scripts: what they set to plain values, parsed and never run."""

import pytest
from fields_told import known

from mirage_lint.artifacts.content import Reading
from mirage_lint.artifacts.readers import shell_script
from mirage_lint.core.facts import SCRIPT, Datum
from mirage_lint.errors import MirageError

SHELL = r"""#!/usr/bin/env bash
set -euo pipefail  # don't go on
ROOT="$(cd "$(dirname "$0")" && pwd)"
MODEL_ID="some-org/base-2b-it"
export EPOCHS=${1:-3}; N_EVENTS=200
ITERS=$2
SIZES=(1 2)
python - <<'PY'
HIDDEN=5
PY
echo "a text
of two lines"
if [[ -n "$x" ]]; then
  train --model "${MODEL_ID}" --data "$ROOT/data" \
    --train --iters "$ITERS" --learning-rate=1e-4 --epochs "$EPOCHS" \
    --threshold -0.5 --last && echo done
fi
"""


def test_a_shell_script_tells_variables_and_options(read) -> None:
    expected = (
        known("base model", "some-org/base-2b-it", "MODEL_ID"),
        known("training epochs", "3", "EPOCHS"),
        Datum("n_events", "200", "N_EVENTS"),
        known("base model", "some-org/base-2b-it", "--model"),
        known("learning rate", "1e-4", "--learning-rate"),
        known("training epochs", "3", "--epochs"),
        Datum("threshold", "-0.5", "--threshold"),
    )
    reading = read("train.sh", SHELL.replace("\n", "\r\n"))
    assert reading == Reading(reading.content, SCRIPT, "shell script")
    assert reading.content.data == expected


def test_what_cannot_be_parsed_says_nothing(read) -> None:
    source = 'A=1\nB="open\n' + "true\n" * 60 + "C=3\n"
    assert read("odd.sh", source).content.data == (Datum("a", "1", "A"),)
    torn = read("torn.sh", "run --steps 3 --name ${ --lr 5\n").content.data
    assert torn == (Datum("steps", "3", "--steps"),)


def test_variables_that_double_one_another_are_given_up(read) -> None:
    doubling = "A0=xxxxxxxxxx\n" + "".join(f"A{n + 1}=$A{n}$A{n}\n" for n in range(64)) + "B=1\n"
    found = read("odd.sh", doubling).content.data
    assert max(len(item.value) for item in found) == 640
    assert found[-1] == Datum("b", "1", "B")


SETTINGS = {
    "variables": (
        "A=1; B='two words' C=\"x$A\" run\nexport D=4\nlocal_=5\n",
        "A=1 B=two words C=x1 D=4 local_=5",
    ),
    "defaults": (
        ': "${STEPS:=600}"\nEPOCHS=${1:-3}\nLR="${LR:-1e-4}"\nK=${K-a b}\n',
        "STEPS=600 EPOCHS=3 LR=1e-4 K=a b",
    ),
    "a default of a default": ('A=${1:-${B:-"x ${C:-7}"}}\n', "A=x 7"),
    "a known variable and its default": (
        "A=1\nrun --a ${A:-2} --b ${B:-3}\n: ${A:=4}\n",
        "A=1 --a=1 --b=3",
    ),
    "options": (
        "run --lr=1e-4 --seed 7 --flag --name 'a b' && other --k 5 | tee --append log\n",
        "--lr=1e-4 --seed=7 --name=a b --k=5 --append=log",
    ),
    "negative numbers": ("run --threshold -0.5 --shift=-3\n", "--threshold=-0.5 --shift=-3"),
    "redirections": (
        "run --quiet 2>/dev/null\nrun --steps 3 > log 2>&1\nrun --steps 4 >log\n",
        "--steps=3 --steps=4",
    ),
    "tests": ('if [ "$1" = --check ]; then A=1; fi\n[[ $x == --all ]] && B=2\n', "A=1 B=2"),
    "here documents": ("python - <<'PY'\nHIDDEN=5\nrun --hidden 1\nPY\nA=1\n", "A=1"),
    "comments and continuations": (
        "# A=1 --b 2\nrun \\\n  --steps 3 \\\n  --last # --no 4\n",
        "--steps=3",
    ),
    "output and arithmetic": (
        "A=$(run --steps 3)\nB=$((1 + 2))\nC=`date`\nrun --d $B --e x$A\n",
        "--steps=3",
    ),
    "quotes": ('A="say \\"$X\\""\nB=\'$5\'\nC=\\$5\nD="  a $E b"\n', "B=$5 C=$5"),
    "blanks in quotes": ('A=1\nB="  $A $A ${A}  x"\n', "A=1 B=  1 1 1  x"),
    "arrays": (
        'SIZES=(1 2)\nARGS=(--lr 1e-4 --seed 7)\nrun "${ARGS[@]}" --size ${SIZES[0]}\n',
        "--lr=1e-4 --seed=7",
    ),
    "functions and loops": (
        "f() { local k=3; run --k 3; }\nfor x in 1 2; do run --x $x; done\n",
        "k=3 --k=3",
    ),
    "a loop's variable": ("x=5\nfor x in 1 2; do run --x $x; done\n", "x=5"),
    "two values": ("if a; then G=1; else G=2; fi\nrun --g $G\n", "G=1 G=2"),
    "an argument over a default": ("N=3\ncase $1 in --n) N=$2;; esac\nrun --n $N\n", "N=3"),
    "what is added": ("A=1\nA+=2\nrun --a $A\n", "A=1"),
    "other expansions": (
        "E=34\nrun --a ${E%4} --b ${E:0:1} --c ${#E} --d ${E^^} --e ${!E} --f ${E/3/4}\n",
        "E=34",
    ),
}
"""A script, and what it sets, in its order."""


@pytest.mark.parametrize("case", SETTINGS)
def test_the_settings_of(read, case: str) -> None:
    source, expected = SETTINGS[case]
    found = read("a.sh", source).content.data
    assert " ".join(f"{one.pointer}={one.value}" for one in found) == expected


def test_a_script_that_would_take_all_memory_is_given_up(
    read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell_script, "MAX_SECONDS", 0.1)
    with pytest.raises(MirageError) as error:
        read("odd.sh", ")" * 2**19)
    assert str(error.value) == (
        "odd.sh: is not parsed as a shell script within 0.1 s; "
        "mend it, or leave it out of claims.toml"
    )


def test_quotes_in_quotes_are_read_to_a_bound(read) -> None:
    deep = "${A:-" * 3000 + "1" + "}" * 3000
    found = read("deep.sh", f"X={deep}\nY=2\n").content.data
    assert found == (Datum("y", "2", "Y"),)
