"""A game: ten tries by hand on a surface of real networks, beside 1,000 random searches."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from ipywidgets import HBox
from matplotlib.figure import Figure

from course.experiments.search_surface import SPACE, accuracy, random_searches
from course.explorers.bench import Bench
from course.explorers.controls import Choice, Steps
from course.explorers.panel import Panel
from course.plots import style
from course.plots.band import Band

TRIES, SEARCHES = 10, 1000
NEAR = 0.878, 0.985  # ends of the horizontal axis on the right
LEVELS = np.linspace(*NEAR, 211)


class Played(NamedTuple):
    """The tries so far, as states, and their validation accuracies."""

    tries: tuple[Any, ...]
    scores: np.ndarray


class GamePanel(Panel):
    """A panel with two more buttons: try, and new game."""

    def actions(self) -> list[Any]:
        """Return the buttons below the controls; there is nothing to stop."""
        buttons = super().actions()
        return [b for b in buttons if b not in (self._stop, self._progress)]

    def show_busy(self, busy: bool, share: float | None = None) -> None:
        """Nothing: a try takes no time."""

    def _all_controls(self) -> list[Any]:
        game = self.explorer
        go = self.button("try", "train this network (looked up)", game.step)
        new = self.button("new game", "forget all tries", lambda: game.restart(wait=False))
        go.button_style = "primary"
        row = HBox([go, new])
        row.add_class("course-row")
        return [row, *super()._all_controls()]


class SearchGame(Bench):
    """You search by hand. Set the controls, press "try"; without a browser: ``run(1)``.

    A network that was tried already costs no try, and after ten there are none.
    """

    title = "Ten tries: you against random search"
    size = (10.0, 4.8)
    panel = GamePanel
    controls = tuple(
        (Choice if isinstance(options[0], str) else Steps)(
            name, options, default=options[len(options) // 2], label=label
        )
        for (name, options), label in zip(
            SPACE.items(),
            (
                "who takes the steps; momentum is SGD with 0.9",
                "how large a step",
                "hidden layers",
                "neurons in each hidden layer",
                "of the hidden layers",
                "digits an update",
            ),
            strict=True,
        )
    )
    presets = {
        "new game": {},
        "Adam, smallest rate": {"optimizer": "adam", "learning_rate": 1e-4},
        "Adam, 0.01": {"optimizer": "adam", "layers": 1, "units": 32, "activation": "relu"},
        "three sigmoid layers": {"layers": 3, "activation": "sigmoid"},
    }

    def start(self, state: Any) -> dict[Any, float]:
        return {}

    def advance(self, run: dict[Any, float], state: Any) -> None:
        if len(run) < TRIES:
            run.setdefault(state, accuracy(**state._asdict()))

    def look(self, run: dict[Any, float], state: Any) -> Played:
        return Played(tuple(run), np.array(list(run.values())))

    def change(self, run: Any, state: Any, names: set[str]) -> Any:
        return run

    def setup(self, figure: Figure) -> None:
        left, right = figure.subplots(1, 2, width_ratios=(1.25, 1))
        self._setup_tries(style.axes(left))
        self._setup_searches(style.axes(right))
        for artist in self.artists:
            artist.set_animated(True)

    def _setup_tries(self, ax: Any) -> None:
        ax.set(xlim=(0.5, TRIES + 0.5), ylim=(0, 1), xticks=range(1, TRIES + 1))
        ax.yaxis.set_major_formatter(_percent)
        best = np.maximum.accumulate(rivals(), axis=1)
        low, middle, high = np.quantile(best, (0.05, 0.5, 0.95), axis=0)
        number = np.arange(1, TRIES + 1)
        Band(ax, style.ORANGE, 0.25).update(number, low, high)
        ax.plot(number, middle, color=style.readable(style.ORANGE), **style.VALIDATION)
        words = {"fontsize": style.LABEL, "ha": "right", "va": "bottom"}
        random = "random search: median, 90 of 100"
        ax.text(TRIES + 0.4, 0.24, random, color=style.readable(style.ORANGE), **words)
        ax.text(TRIES + 0.4, 0.15, "you: tries, best so far", color=style.BLUE, **words)
        (self.line,) = ax.plot([], [], color=style.BLUE, lw=2.8, drawstyle="steps-post")
        (self.dots,) = ax.plot([], [], "o", ms=9, color=style.BLUE, mec="white")
        self.left_note = _note(ax)
        style.label(ax, "", "tries", "validation accuracy")
        self.artists = [self.line, self.dots, self.left_note]

    def _setup_searches(self, ax: Any) -> None:
        ax.set(xlim=NEAR, ylim=(0, 1), xticks=(0.88, 0.92, 0.96))
        ax.xaxis.set_major_formatter(_percent)
        ax.yaxis.set_major_formatter(_percent)
        (self.below,) = ax.plot([], [], color=style.readable(style.ORANGE), lw=2.4)
        (self.drop,) = ax.plot([], [], color=style.BLUE, lw=2.4)
        (self.mark,) = ax.plot([], [], "D", ms=11, color=style.BLUE, mec="white", zorder=5)
        self.right_note = _note(ax, 0.04, 0.93)
        style.label(ax, "", "best so far", "random searches that are worse")
        self.artists += [self.below, self.drop, self.mark, self.right_note]

    def draw(self, result: Played) -> None:
        n = len(result.scores)
        best = np.maximum.accumulate(result.scores) if n else result.scores
        number = np.arange(1, n + 1)
        self.dots.set_data(number, result.scores)
        self.line.set_data(number, best)
        others = np.sort(rivals()[:, : max(n, 1)].max(1))
        self.below.set_data(LEVELS, np.searchsorted(others, LEVELS) / SEARCHES)
        at, beaten = max(self.numbers()["best"], 0.88), self.numbers()["beaten"]
        self.drop.set_data([at, at] if n else [], [0, beaten] if n else [])
        self.mark.set_data([at] if n else [], [beaten] if n else [])
        self.left_note.set_text(f"{n} of {TRIES} tries used; now: {_spoken(self.state)}")
        self.right_note.set_text(f"after {n}: you beat {beaten:.0%}" if n else "press “try”")

    def summary(self) -> str:
        n = self.numbers()
        if not n["tries"]:
            return f"{TRIES} tries left\nrandom search after {TRIES}: median {_median():.1%}"
        return (
            f"{n['tries']:.0f} of {TRIES} tries: best {n['best']:.1%}\n"
            f"better than {n['beaten']:.0%} of {SEARCHES:,} random searches, "
            f"equal to {n['equal']:.0%}"
        )

    def numbers(self) -> dict[str, float]:
        scores = self.result.scores
        best = scores.max(initial=0.0)
        others = rivals()[:, : max(len(scores), 1)].max(1)
        return {
            "tries": len(scores),
            "best": float(best),
            "beaten": float(np.mean(others < best)),
            "equal": float(np.mean(others == best)),
        }

    def describe(self) -> str:
        return (
            f"{self.title}. {self.summary()}. Left: your tries and the best so far, beside the "
            "median and the middle 90 % of random searches. Right: how many random searches are "
            "worse after equally many tries, over the accuracy; the diamond is you."
        )

    def code(self) -> str:
        tries = self.result.tries or (self.state,)
        lines = ",\n".join(f"    {dict(state._asdict())!r}" for state in tries)
        return f"""\
from course.experiments.search_surface import accuracy, random_searches

tries = [
{lines},
]
best = max(accuracy(**values) for values in tries)
others = random_searches({TRIES}, {SEARCHES})[:, :len(tries)].max(1)
print("best", best, "beats", (others < best).mean())"""


@cache
def rivals() -> np.ndarray:
    """Return the accuracies of the random searches, of shape (1000, 10)."""
    return random_searches(TRIES, SEARCHES)


def _median() -> float:
    return float(np.median(rivals().max(1)))


def _spoken(state: Any) -> str:
    """Return a configuration in a few words."""
    return (
        f"{state.optimizer} at {state.learning_rate}, {state.layers} × {state.units} "
        f"{state.activation}, batch {state.batch_size}"
    )


def _note(ax: Any, x: float = 0.0, y: float = 1.03) -> Any:
    """Return words whose length moves nothing; a blank title keeps a line free for them."""
    ax.set_title(" ", fontsize=style.TITLE)
    words = ax.text(x, y, "", fontsize=style.LABEL, color=style.INK, transform=ax.transAxes)
    words.set_in_layout(False)
    return words


def _percent(value: float, _: Any) -> str:
    return f"{100 * value:.0f} %"
