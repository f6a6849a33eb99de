"""``init``: models that code or configuration gives a role."""

import pytest
from cli_world import PEFT, World

from mirage_lint.drafting import naming


def drafted(world: World, *arguments: str) -> str:
    """The families of the draft, whose lock is up to date."""
    assert world.run("init", *arguments).status == 0
    assert world.run("build", "--check").status == 0
    return world.files()["claims.toml"].decode().partition("version = 1\n\n")[2]


def fact(metric: str, artifact: str, pointer: str) -> str:
    """The lines of a role."""
    return f'metric = "{metric}"\nartifact = "{artifact}"\npointer = "{pointer}"\n'


def test_a_default_model_is_a_fact_and_prose_is_held_to_it(bare: World) -> None:
    bare.write("README.md", "# Chatter\n\nIt uses the default `gpt-3.5-turbo` model.\n")
    bare.write("chatter/cli.py", 'DEFAULT_MODEL = "gpt-4o-mini"\n')
    assert drafted(bare) == (
        '# models by their roles\n[family.chatter]\ntitle = "Chatter"\nothers = true\n\n'
        "# gpt-4o-mini\n[[family.chatter.fact]]\n"
        + fact("default model", "chatter/cli.py", "DEFAULT_MODEL")
    )
    assert (
        "'gpt-3.5-turbo': the default model of chatter is gpt-4o-mini"
        in bare.run("check", "README.md").out
    )
    bare.write("README.md", "# Chatter\n\nIt uses the default `gpt-4o-mini` model.\n")
    assert bare.run("check", "README.md").status == 0


PLACES = {
    "a constant": ("cli.py", 'DEFAULT_MODEL_NAME = "gpt-4o-mini"', "DEFAULT_MODEL_NAME", "default"),
    "a flag": (
        "cli.py",
        "p.add_argument('--judge-model', default='gpt-4o')",
        "--judge-model",
        "judge",
    ),
    "a key": (
        "app.toml",
        'embedding_model = "org/all-MiniLM-L6-v2"',
        "/embedding_model",
        "embedding",
    ),
    "a file of defaults": ("app_defaults.toml", 'model = "google/gemma-2-9b"', "/model", "default"),
    "one of a provider": (
        "cli.py",
        'DEFAULT_OPENAI_MODEL = "gpt-4o"',
        "DEFAULT_OPENAI_MODEL",
        "default openai",
    ),
}


@pytest.mark.parametrize(("path", "text", "pointer", "role"), PLACES.values(), ids=PLACES)
def test_a_role_is_told_by(bare: World, path: str, text: str, pointer: str, role: str) -> None:
    bare.write(path, f"{text}\n")
    assert fact(f"{role} model", path, pointer) in drafted(bare)


NONE = {
    "no role": ("cli.py", 'MODEL = "gpt-4o"'),
    "a word that is no role": ("cli.py", 'HUGE_MODEL = "gpt-4o"'),
    "no model": ("cli.py", 'DEFAULT_MODEL = "small"'),
    "something else of a model": ("cli.py", 'DEFAULT_MODEL_FOLDER = "gpt-4o"'),
    "a default deep within": ("app.toml", '[a]\ndefault_model = "gpt-4o"'),
}


@pytest.mark.parametrize(("path", "text"), NONE.values(), ids=NONE)
def test_no_role_is_made_of(bare: World, path: str, text: str) -> None:
    bare.write(path, f"{text}\n")
    assert bare.run("init").status == 1


def test_a_role_of_two_models_is_left_out_and_told(bare: World) -> None:
    bare.write("a.py", 'DEFAULT_MODEL = "gpt-4o"\n')
    bare.write("b.py", 'DEFAULT_MODEL = "gpt-4o-mini"\n')
    assert "left out: a.py: one of several that set a default model\n" in bare.run("init").out


def test_a_role_that_is_told_twice_is_one_fact(bare: World) -> None:
    bare.write("deep/b.py", 'DEFAULT_MODEL = "gpt-4o"\n')
    bare.write("z.py", 'DEFAULT_MODEL = "gpt-4o"\n')
    text = drafted(bare)
    assert fact("default model", "z.py", "DEFAULT_MODEL") in text
    assert text.count("[[") == 1


def test_a_role_joins_the_only_family(bare: World) -> None:
    bare.write("run/adapter_config.json", PEFT)
    bare.write("cli.py", 'JUDGE_MODEL = "gpt-4o"\n')
    assert f"[[family.{naming.slug(bare.root.name)}.fact]]" in drafted(bare)
