"""What a search found, in print and as a table."""

from __future__ import annotations

from typing import Any

from course.tuners.hyperparameters import HyperParameters
from course.tuners.oracle import Oracle


def print_results(oracle: Oracle, place: str, num_trials: int) -> None:
    """Print the best trials and the errors of those that failed."""
    best = oracle.get_best_trials(num_trials)
    print("Results summary")
    print(f"Results in {place}")
    print(f"Showing {num_trials} best trials")
    print(oracle.objective)
    if not best:
        print("No trial has been completed yet: call search.")
    for trial in best:
        print()
        trial.summary()
    failed = [t for t in oracle.ordered_trials() if t.has_ended and not t.is_completed]
    if failed:
        print(f"\n{len(failed)} failed:")
    for trial in failed:
        print(f"Trial {trial.trial_id}: {trial.last_line}")


def print_space(space: HyperParameters, extended: bool) -> None:
    """Print the hyperparameters known so far."""
    print("Search space summary")
    print(f"Default search space size: {len(space.space)}")
    for parameter in space.space:
        config = parameter.get_config()
        name = config.pop("name")
        if not extended:
            config.pop("conditions")
        print(f"{name} ({type(parameter).__name__})")
        print(config)


def frame(oracle: Oracle) -> Any:
    """Return a pandas DataFrame with a row for each trial."""
    import pandas as pd

    rows = [
        {
            "trial": trial.number,
            "status": trial.status,
            "score": trial.score,
            **trial.configuration,
            "best_epoch": trial.best_epoch,
            "seconds": trial.seconds,
        }
        for trial in oracle.ordered_trials()
    ]
    columns = ["trial", "status", "score"]
    return pd.DataFrame(rows, columns=None if rows else columns).set_index("trial")
