"""Makes the artifacts of the example world beside this script, the same bytes every time.

    python examples/mirage/make.py                          # the committed artifacts
    python examples/mirage/make.py --downloads ~/Downloads  # the alternate package as well

Standard library only. The scripts under ``scripts/`` and ``src/`` are artifacts too, but people
wrote them, so they are not made here.
"""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from making import evaluations, figures, packages, sweeps

PACKAGE = "mirage_aware_package.tar.gz"
"""Both lineages call their package so; only their place and digest tell them apart."""

FILES: Mapping[str, Callable[[], bytes]] = {
    PACKAGE: packages.balanced,
    "release/adapters/mirage_aware_v1/adapter_config.json": packages.mlx_adapter,
    "results/balanced/eval_rows.csv": evaluations.balanced_rows,
    "results/ntsb/naive_trials.csv": evaluations.ntsb_trials,
    "results/ntsb/summary_by_budget.csv": evaluations.ntsb_summary,
    "results/streaming/trap_rates.csv": sweeps.streaming,
}
FOLDERS: Mapping[str, Callable[[], Mapping[str, bytes]]] = {
    "figures": figures.figures,
    "results/blackbox_bf16_5model": sweeps.blackbox,
    "results/kv_cache": sweeps.kv_cache,
}


def artifacts() -> dict[str, bytes]:
    """Path from the example's root to bytes, of everything that is committed."""
    made = {path: make() for path, make in FILES.items()}
    for folder, make_all in FOLDERS.items():
        made.update({f"{folder}/{name}": data for name, data in make_all().items()})
    return made


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Makes the artifacts of the example world.")
    parser.add_argument("--into", type=Path, default=Path(__file__).parent, help="where to write")
    parser.add_argument("--downloads", type=Path, help="where to put the alternate package")
    return parser.parse_args()


def main() -> None:
    """Writes every artifact, and the alternate package where a folder for it is named."""
    arguments = _arguments()
    for path, data in artifacts().items():
        _write(arguments.into / path, data)
    if arguments.downloads is not None:
        _write(arguments.downloads / PACKAGE, packages.alternate())


if __name__ == "__main__":
    main()
