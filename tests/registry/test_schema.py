"""Errors of claims.toml: one line with file, line, key path and mend."""

import pytest
from registry_world import HEAD, World

from mirage_lint.errors import MirageError

ERRORS = {
    "an unknown key of a family": (
        'alias = ["x"]\n',
        ":4: family.run.alias: unknown key; did you mean 'aliases'?",
    ),
    "an unknown key of a fact": (
        '[[family.run.fact]]\nmetric = "m"\nartefact = "a.json"\npointer = "/x"\n',
        ":6: family.run.fact[0].artefact: unknown key; did you mean 'artifact'?",
    ),
    "an unknown key of the second table": (
        '[[family.run.table]]\nartifact = "a"\nkeys = ["k"]\n'
        '[[family.run.table]]\nartifact = "a"\nkeys = ["k"]\ncolums = ["c"]\n',
        ":10: family.run.table[1].colums: unknown key; did you mean 'columns'?",
    ),
    "an unknown key of a population in line": (
        "[family.run.population]\nall = { sise = 4 }\n",
        ":5: family.run.population.all.sise: unknown key; did you mean 'size'?",
    ),
    "an unknown key at the top, after a missing one": (
        '[[familly]]\ntitle = "x"\n',
        ":4: familly: unknown key; did you mean 'family'?",
    ),
    "a missing key": (
        '[[family.run.fact]]\nmetric = "m"\npointer = "/x"\n',
        ":4: family.run.fact[0].artifact: is missing; add `artifact = …`",
    ),
    "a value of another type": (
        'aliases = "x"\n',
        ":4: family.run.aliases: should be a valid list",
    ),
    "two sources of one value": (
        '[[family.run.fact]]\nmetric = "m"\nartifact = "a"\npointer = "/x"\ncount = "y"\n',
        ":4: family.run.fact[0]: exactly one of pointer, count, distinct, sum, mean, min, max, sql,"
        " expression says where the value is",
    ),
    "a population that is not there": (
        "[family.run.population]\nhard = { size = 4 }\n"
        '[[family.run.fact]]\nmetric = "m"\nartifact = "a"\npointer = "/x"\npopulation = "hrad"\n',
        ":10: family.run.fact[0].population: no population 'hrad' in this family;"
        " did you mean 'hard'?",
    ),
    "a population within itself": (
        '[family.run.population]\na = { size = 4, within = "b" }\nb = { within = "a" }\n',
        ":5: family.run.population.a.within: 'a' lies within itself; correct it",
    ),
    "a value that its dimension does not have": (
        "[family.run.dimension]\nsystem = { tuned = [] }\n"
        '[[family.run.fact]]\nmetric = "m"\nartifact = "a"\npointer = "/x"\n'
        'dimensions = { system = "tund" }\n',
        ":10: family.run.fact[0].dimensions.system: 'tund' is no value of dimension 'system';"
        " did you mean 'tuned'?",
    ),
    "a unit that is not known": (
        '[[family.run.table]]\nartifact = "a"\nkeys = ["k"]\nunit = "epock"\n',
        ":7: family.run.table[0].unit: 'epock' is no known unit; did you mean 'epoch'?"
        ' Else add epock = ["epock", "epocks"] to [unit]',
    ),
    "a number of too many digits": (
        f"x = {'9' * 5000}\n",
        ":4: is not valid TOML: Exceeds the limit (4300 digits) for integer string conversion:"
        " value has 5000 digits; correct that line",
    ),
    "TOML that is broken": (
        "x = \n",
        ":4: is not valid TOML: Invalid value; correct that line",
    ),
    "a name that is none": (
        '[family."a b"]\ntitle = "x"\n',
        ":4: family.a b: is no name; use letters, digits, '_' and '-'",
    ),
}


@pytest.mark.parametrize(("claims", "told"), ERRORS.values(), ids=ERRORS)
def test_it_is_told_in_one_line_with_its_place(world: World, claims: str, told: str) -> None:
    with pytest.raises(MirageError) as error:
        world.write(claims).build()
    assert str(error.value).removeprefix(str(world.claims)) == told


WHOLE_FILES = {
    "a newer version": (
        b"version = 2\n",
        ":1: version 2 is newer than this mirage-lint reads version 1; upgrade mirage-lint",
    ),
    "no version": (b"[family]\n", ": version: is missing; add `version = …`"),
    "bytes that are not UTF-8": (b"version = 1\n# \xff\n", ":2: is not UTF-8; save it as UTF-8"),
    "nesting without end": (
        b"a = " + b"[" * 100_000,
        ": is nested too deeply; flatten it",
    ),
    "too many bytes": (
        b"#" * (2**20 + 1),
        ": is larger than 1,048,576 bytes, the most that is read",
    ),
}


@pytest.mark.parametrize(("data", "told"), WHOLE_FILES.values(), ids=WHOLE_FILES)
def test_a_file_that_cannot_be_used_is_refused(world: World, data: bytes, told: str) -> None:
    world.claims.write_bytes(data)
    with pytest.raises(MirageError) as error:
        world.build()
    assert str(error.value).removeprefix(str(world.claims)) == told


def test_a_missing_file_and_a_directory_are_refused(world: World) -> None:
    with pytest.raises(MirageError, match="is absent; run `mirage-lint init`"):
        world.build()
    world.claims.mkdir()
    with pytest.raises(MirageError, match="cannot be read"):
        world.build()


def test_a_byte_order_mark_and_carriage_returns_do_not_matter(world: World) -> None:
    world.write('aliases = ["x"]\n')
    plain = world.build().registry
    world.claims.write_bytes(world.claims.read_bytes().replace(b"\n", b"\r\n"))
    assert world.build().registry == plain
    world.claims.write_bytes(b"\xef\xbb\xbf" + (HEAD + 'aliases = ["x"]\n').encode())
    assert world.build().registry.families == plain.families
