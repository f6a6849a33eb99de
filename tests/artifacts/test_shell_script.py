"""Shell scripts: what they set to plain values, parsed and never run."""

import pytest
from fields_told import known

from mirage_lint.artifacts import shell_source
from mirage_lint.artifacts.content import Reading
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
        "A=1 D=4 local_=5",
    ),
    "defaults": (
        ': "${STEPS:=600}"\nEPOCHS=${1:-3}\nLR="${LR:-1e-4}"\nK=${K-a b}\n',
        "STEPS=600 EPOCHS=3 LR=1e-4 K=a b",
    ),
    "a default of a default": ('A=${1:-${B:-"x ${C:-7}"}}\n', "A=x 7"),
    "a known variable and its default": (
        "A=1\nrun --a ${A:-2} --b ${B:-3}\n: ${A:=4}\n",
        "--b=3",
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
    "tests": ('if [ "$1" = --check ]; then A=1; fi\n[[ $x == --all ]] && B=2\n', ""),
    "here documents": ("python - <<'PY'\nHIDDEN=5\nrun --hidden 1\nPY\nA=1\n", "A=1"),
    "comments and continuations": (
        "# A=1 --b 2\nrun \\\n  --steps 3 \\\n  --last # --no 4\n",
        "--steps=3",
    ),
    "output and arithmetic": (
        "A=$(run --steps 3)\nB=$((1 + 2))\nC=`date`\nrun --d $B --e x$A\n",
        "--steps=3",
    ),
    "quotes": ('A="say \\"$X\\""\nB=\'$5\'\nC=\\$5\nD="  a $E b"\n', "B=$5"),
    "blanks in quotes": ('A=1\nB="  $A $A ${A}  x"\n', "A=1 B=  1 1 1  x"),
    "arrays": (
        'SIZES=(1 2)\nARGS=(--lr 1e-4 --seed 7)\nrun "${ARGS[@]}" --size ${SIZES[0]}\n',
        "--lr=1e-4 --seed=7",
    ),
    "functions and loops": (
        "f() { local k=3; run --k 3; }\nfor x in 1 2; do run --x $x; done\n",
        "--k=3",
    ),
    "a loop's variable": ("x=5\nfor x in 1 2; do run --x $x; done\n", "x=5"),
    "two values": ("if a; then G=1; else G=2; fi\nrun --g $G\n", ""),
    "an argument over a default": ("N=3\ncase $1 in --n) N=$2;; esac\nrun --n $N\n", "N=3"),
    "what is added": ("A=1\nA+=2\nrun --a $A\n", ""),
    "lines in quotes": ('A="1\n2"\nrun --x "10\n00" --y 3\n', "A=1\n2 --x=10\n00 --y=3"),
    "a word that goes on in the next line": ("S=10\\\n00\nrun --steps 10\\\n00 --k 2\n", "--k=2"),
    "a word that goes on behind quotes": (
        'A="1"\\.5\nB=\'1\'\\0\nC=3"  "\nD=\\ 5\nE=4\n',
        "C=3 E=4",
    ),
    "a here-document whose end is not sure": ("A=1\ncat <<END\nENDPOINT=x\nB=2\nEND\nC=3\n", "A=1"),
    "two here-documents": ("A=1\ncat <<X <<Y\nB=2\nX\nC=3\nY\nD=4\n", "A=1"),
    "values that are cut at blanks": (
        'E="x --k 3"\nrun $E --a ${A:-1 2} --b "$E"\n',
        "E=x --k 3 --b=x --k 3",
    ),
    "what the shell expands": ("run --a {1,2} --b ~/x --c *.txt --d `date` --e x?\n", ""),
    "a command of its own": ("run --a 1 \\\n  # --b 2 \\\n  --c 3\n", "--a=1"),
    "types": ("declare -i N=010\ndeclare -n R=M\nM=3\nrun --m $M\n", "M=3"),
    "an environment": ("LR=1 warm\nrun --lr ${LR:-3}\n", ""),
    "branches": ("M=5\nif s; then M=10; fi\nrun --m ${M:-7} --n ${N:-8}\n", "M=5 --n=8"),
    "what is read": ("N=3\nread N\nrun --n $N\n", "N=3"),
    "what is counted": (
        "i=0\n((i+=1))\nrun --i $i\nj=0\nk=$((j + 1))\nrun --j $j\n",
        "i=0 j=0 --j=0",
    ),
    "what is read in": ("N=3\n. ./conf\nrun --n $N --m 4\n", "N=3 --m=4"),
    "arguments of functions": ("f() { run --lr ${1:-1}; }\nrun --k ${1:-2}\n", "--k=2"),
    "arguments that are set": ("set -eu\nset -- 5\nN=${1:-3}\n", ""),
    "what the shell sets": ("RANDOM=42\nrun --seed $RANDOM\n", ""),
    "in the background": ("N=3 &\nrun --n $N\n", ""),
    "text and lists": ("echo --epochs 3\nrun --seeds 1 2 3 --v -n --k -1\n", "--k=-1"),
    "values of another name": ('for kv in "$@"; do export "$kv"; done\nN=3\nrun --n $N\n', "N=3"),
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
    monkeypatch.setattr(shell_source, "MAX_SECONDS", 0.1)
    with pytest.raises(MirageError) as error:
        read("odd.sh", ")" * 2**19)
    assert str(error.value) == (
        "odd.sh: is not read as a shell script within 0.1 s; "
        "mend it, or leave it out of claims.toml"
    )


@pytest.mark.parametrize("script", ["a | " * 4000, "a=(" * 2000])
def test_what_would_take_the_parser_a_machines_memory_is_refused(read, script: str) -> None:
    with pytest.raises(MirageError, match=r"^odd.sh: has '.*' more than .* times, the most"):
        read("odd.sh", script)


def test_what_is_set_to_several_values_is_no_fact_unasked(read) -> None:
    content = read("a.sh", "run --epochs 3\nrun --epochs 5 --lr 1e-4\n").content
    assert [one.pointer for one in content.told] == ["--lr"]
    assert [one.value for one in content.data] == ["3", "5", "1e-4"]


def test_quotes_in_quotes_are_read_to_a_bound(read) -> None:
    deep = "${A:-" * 3000 + "1" + "}" * 3000
    found = read("deep.sh", f"X={deep}\nY=2\n").content.data
    assert found == (Datum("y", "2", "Y"),)
