"""The JSON Schema of claims.toml refuses what the build refuses by its shape alone."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from mirage_lint.errors import MirageError
from mirage_lint.registry import schema

jsonschema = pytest.importorskip("jsonschema")

HEAD = 'version = 1\n[family.run]\ntitle = "A run"\n'
TABLE = '[[family.run.table]]\nartifact = "a.csv"\n'
FACT = '[[family.run.fact]]\nmetric = "m"\nartifact = "a.csv"\n'
MANY = 'version = 1\n[families.runs]\ntitle = "Run {name}"\n'

RIGHT = {
    "a family": HEAD,
    "artifacts and an exclude": HEAD + 'artifacts = ["a", "b*"]\nexclude = ["b1"]\n',
    "a population": HEAD + "population.all = { size = 4 }\n",
    "a population that is counted": HEAD
    + 'population.all = { count = "x", artifact = "a.csv", size = 4 }\n',
    "a table": HEAD + TABLE + 'keys = ["k"]\nvalue = "v"\n',
    "a table of a pattern": HEAD + TABLE.replace("a.csv", "*.csv") + 'exclude = ["a.csv"]\n',
    "a fact": HEAD + FACT + 'pointer = "/x"\n',
    "a fact with empty keys": HEAD + FACT + 'pointer = "/x"\ncount = ""\nof = ""\n',
    "a share": HEAD + FACT + 'count = "x"\nof = "y"\nwhere = "z"\n',
    "a numerator": HEAD + FACT + 'pointer = "/x"\npopulation = "all"\nnumerator = 0\n',
    "families": MANY + 'each = "runs/*"\nexclude = ["runs/b"]\n',
    "units": HEAD + '[unit]\nticket = ["ticket"]\n',
    "plugins": 'plugins = ["a.b"]\n' + HEAD,
}
WRONG = {
    "no family": "version = 1\n",
    "an empty family": "version = 1\n[family]\n",
    "another version": HEAD.replace("= 1", "= 0"),
    "a version in quotes": HEAD.replace("= 1", '= "1"'),
    "no title": 'version = 1\n[family.run]\naliases = ["a"]\n',
    "an empty title": HEAD.replace("A run", ""),
    "a name that is none": 'version = 1\n[family."a b"]\ntitle = "x"\n',
    "a name that is too long": f'version = 1\n[family.{"a" * 101}]\ntitle = "x"\n',
    "a unit by no name": HEAD + '[unit]\n"a b" = ["x"]\n',
    "a unit without words": HEAD + "[unit]\nticket = []\n",
    "a population by no name": HEAD + 'population."a b" = { size = 4 }\n',
    "a dimension by no name": HEAD + 'dimension."a b" = { x = ["y"] }\n',
    "an unknown key": HEAD + 'alias = ["x"]\n',
    "a population of none": HEAD + "population.all = { size = 0 }\n",
    "a count without an artifact": HEAD + 'population.all = { count = "x" }\n',
    "an artifact without a count": HEAD + 'population.all = { artifact = "x" }\n',
    "a value without keys": HEAD + TABLE + 'value = "v"\n',
    "a value with empty keys": HEAD + TABLE + 'keys = []\nvalue = "v"\n',
    "an exclude of one file": HEAD + TABLE + 'exclude = ["a.csv"]\n',
    "an exclude of a family without a pattern": HEAD + 'artifacts = ["a"]\nexclude = ["a"]\n',
    "an exclude of a family without artifacts": HEAD + 'exclude = ["a"]\n',
    "a fact from nowhere": HEAD + FACT,
    "a fact from an empty place": HEAD + FACT + 'pointer = ""\n',
    "a fact from two places": HEAD + FACT + 'pointer = "/x"\ncount = "y"\n',
    "a share of nothing": HEAD + FACT + 'pointer = "/x"\nof = "y"\n',
    "rows of a pointer": HEAD + FACT + 'pointer = "/x"\nwhere = "y"\n',
    "a numerator without a population": HEAD + FACT + 'pointer = "/x"\nnumerator = 1\n',
    "a numerator of a count": HEAD + FACT + 'count = "x"\npopulation = "all"\nnumerator = 1\n',
    "a negative numerator": HEAD + FACT + 'pointer = "/x"\npopulation = "all"\nnumerator = -1\n',
    "a tier of four": HEAD + FACT + 'pointer = "/x"\ntier = 4\n',
    "families without a pattern": MANY + 'each = "runs/a"\n',
    "families of any depth": MANY + 'each = "runs/**/a*"\n',
    "families of one title": MANY.replace("{name}", "x") + 'each = "runs/*"\n',
    "a plugin that is no module": 'plugins = ["a b"]\n' + HEAD,
}


def _validator() -> Any:
    path = Path(schema.__file__).parent / "claims.schema.json"
    tree = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(tree)
    return jsonschema.Draft202012Validator(tree)


@pytest.mark.parametrize("claims", RIGHT.values(), ids=RIGHT)
def test_what_the_build_takes_is_right(claims: str) -> None:
    schema.parse(claims.encode(), "claims.toml")
    _validator().validate(tomllib.loads(claims))


@pytest.mark.parametrize("claims", WRONG.values(), ids=WRONG)
def test_what_the_build_refuses_is_wrong(claims: str) -> None:
    with pytest.raises(MirageError):
        schema.parse(claims.encode(), "claims.toml")
    assert not _validator().is_valid(tomllib.loads(claims))


def test_our_own_registries_are_right() -> None:
    root = Path(__file__).parents[2]
    found = [*root.glob("claims.toml"), *root.glob("examples/*/claims.toml")]
    assert found
    for path in found:
        _validator().validate(tomllib.loads(path.read_text(encoding="utf-8")))
