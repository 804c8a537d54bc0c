"""Two sliders, two numbers: the threshold moves what is judged, the weights what is minimised."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course.experiments.digit_question import QUESTIONS, digit_classifier, digit_question
from course.explorers.base import Explorer
from course.explorers.controls import Choice, Slider, Steps
from course.plots import style

METRICS = ("accuracy", "precision", "recall", "f1_score")
THRESHOLDS = np.linspace(0, 1, 501)
SCALES = np.linspace(0.05, 5, 100)
METRIC, LOSS = style.GREEN, style.PURPLE
TANGENT = 0.7  # of the scale, to either side


class TwoNumbers(NamedTuple):
    """What `LossAndMetric` shows.

    Attributes
    ----------
    p, y : arrays of shape (n,)
        Probability of yes, and whether it is.
    metric, loss, slope : float
        At the threshold and scale of now; `slope` is ∂loss/∂scale.
    by_threshold : array of shape (501,)
        The metric at each of `THRESHOLDS`.
    by_scale, losses : arrays of shape (100,)
        The metric and the loss at each of `SCALES`.
    """

    p: np.ndarray
    y: np.ndarray
    metric: float
    loss: float
    slope: float
    by_threshold: np.ndarray
    by_scale: np.ndarray
    losses: np.ndarray


class LossAndMetric(Explorer):
    """A trained classifier: its threshold, and its weights times a factor."""

    title = "Which slider moves which number?"
    size = (10.0, 4.8)
    controls = (
        Slider("threshold", 0.01, 0.99, default=0.5, step=0.01, label="above it, say yes"),
        Slider("scale", 0.1, 5.0, default=1.0, label="all weights times this"),
        Choice("metric", METRICS),
        Choice("question", tuple(QUESTIONS), label="what is yes", advanced=True),
        Steps("digits", (40, 450), default=40, label="how many to judge by", advanced=True),
    )
    presets = {
        "as trained": {},
        "weights × 3": {"scale": 3.0},
        "weights × 0.3": {"scale": 0.3},
        "strict": {"threshold": 0.9},
        "strict, × 3": {"threshold": 0.9, "scale": 3.0},
        "450 digits": {"digits": 450, "threshold": 0.9},
        "eights: recall": {"question": "eight", "digits": 450, "metric": "recall"},
        "eights: precision": {"question": "eight", "digits": 450, "metric": "precision"},
    }

    def compute(self, state: Any, poll: Callable[[], None]) -> TwoNumbers:
        poll()
        z, y = (column[: state.digits] for column in logits(state.question))
        scaled, p = np.outer(SCALES, z), probability(state.scale * z)
        return TwoNumbers(
            p, y,
            float(score(state.metric, y, p > state.threshold)),
            float(cross_entropy(y, state.scale * z)),
            float(np.mean((p - y) * z)),
            score(state.metric, y, p > THRESHOLDS[:, None]),
            score(state.metric, y, probability(scaled) > state.threshold),
            cross_entropy(y, scaled),
        )  # fmt: skip

    def setup(self, figure: Figure) -> None:
        left, right = figure.subplots(1, 2, sharey=True, width_ratios=(1.15, 1))
        for ax, name in (
            (left, "threshold, on the probability of yes"),
            (right, "scale: all weights times this"),
        ):
            style.axes(ax).set(ylim=(-0.24, 1.24), yticks=(0, 0.2, 0.4, 0.6, 0.8, 1))
            style.label(ax, "", name)
        left.set_xlim(0, 1)
        right.set_xlim(0, SCALES[-1])
        style.label(left, "", "", "metric ■   loss ◆")
        self.points = [  # markers of a line: drawn in a fifth of the time of a scatter
            left.plot([], [], marker, color=colour, ms=6.5, mec="white", mew=0.7)[0]
            for marker, colour in zip(style.CLASS_MARKERS[:2], style.CLASS_COLOURS[:2], strict=True)
        ]
        self.wrong = left.plot([], [], "o", color=style.INK, mfc="none", ms=11, mew=1.4)[0]
        self.line = left.axvline(0.5, color=style.HIGHLIGHT, linewidth=2.4)
        blue, orange = map(style.readable, style.CLASS_COLOURS[:2])
        self.words = [
            _words(left, 0.02, "left", 1.195, orange),
            _words(left, 0.02, "left", -0.195, blue),
        ]
        self.words.append(_words(left, 0.98, "right", -0.195))
        self.curves = [_Pair(left, "steps-post"), _Pair(right, "steps-post")]
        self.tangents = [right.plot([], [], color=style.HIGHLIGHT, lw=3.4)[0] for _ in range(2)]
        self.curves[1].name("■ slope 0", "◆ slope")
        moving = [self.line, self.wrong, *self.points, *self.tangents]
        # Words cost more than all the rest: they stand still, and the numbers are in the summary.
        for artist in (*moving, *self.curves[0].artists, *self.curves[1].artists):
            artist.set_animated(True)

    def draw(self, result: TwoNumbers) -> None:
        state, now = self.state, (result.metric, result.loss)
        self.line.set_xdata([state.threshold] * 2)
        heights = np.where(result.y == 1, 1.1, -0.1) + jitter(len(result.y))
        places = np.column_stack([result.p, heights])
        for kind, points in enumerate(self.points):
            points.set_data(*places[result.y == kind].T)
        self.wrong.set_data(*places[(result.p > state.threshold) != result.y].T)
        yes, no = {"even": ("even", "odd"), "eight": ("8", "not 8")}[state.question]
        for words, text in zip(self.words, (f"▲ {yes}", f"● {no}", "○ wrong"), strict=True):
            words.set_text(text)
        flat = np.full(len(THRESHOLDS), result.loss)
        self.curves[0].update(THRESHOLDS, result.by_threshold, flat, state.threshold, now)
        self.curves[0].name(f"■ {state.metric}", "◆ loss")
        self.curves[1].update(SCALES, result.by_scale, result.losses, state.scale, now)
        ends = np.array([-TANGENT, TANGENT])
        for tangent, value, slope in zip(self.tangents, now, (0, result.slope), strict=True):
            tangent.set_data(state.scale + ends, value + slope * ends)

    def summary(self) -> str:
        metric, numbers = self.state.metric, self.numbers()
        tp, fp, fn, tn = counts(self.result.y, self.result.p > self.state.threshold)
        return (
            f"{metric} {numbers['metric']:.2f}, loss {numbers['loss']:.2f}    "
            f"yes: {tp} right, {fp} wrong; no: {tn} right, {fn} wrong\n"
            f"slope along scale: {metric} 0, loss {numbers['slope']:+.2f}"
        )

    def numbers(self) -> dict[str, float]:
        result = self.result
        return {
            "metric": result.metric,
            "loss": round(result.loss, 2),
            "slope": round(result.slope, 2) + 0.0,
        }

    def describe(self) -> str:
        metric, by = self.state.metric, self.result.by_threshold
        return (
            f"{self.title} {self.summary()}. Left: over the threshold the {metric} goes in steps "
            f"between {by.min():.2f} and {by.max():.2f}, the loss is a level line. Right: over the "
            f"scale the loss is a curve, lowest {self.result.losses.min():.2f} at "
            f"{SCALES[np.argmin(self.result.losses)]:.1f}; the {metric} has level pieces only."
        )

    def code(self) -> str:
        state = self.state
        metrics = {
            "accuracy": f"BinaryAccuracy(threshold={state.threshold})",
            "precision": f"Precision(thresholds={state.threshold})",
            "recall": f"Recall(thresholds={state.threshold})",
            "f1_score": f"F1Score(average='macro', threshold={state.threshold})",
        }
        return f"""\
from course import metrics
from course.experiments.digit_question import digit_classifier, digit_question

_, x, _, y = digit_question({state.question!r})
x, y = x[:{state.digits}], y[:{state.digits}]
model = digit_classifier({state.question!r})
model.set_weights([{state.scale} * w for w in model.get_weights()])
model.compile(loss="binary_crossentropy", metrics=[metrics.{metrics[state.metric]}])
print(model.evaluate(x, y, verbose=0))"""


class _Pair:
    """A metric in steps and a loss in one panel, each with a mark and a name above."""

    def __init__(self, ax: Axes, drawstyle: str) -> None:
        self.metric = ax.plot([], [], color=METRIC, lw=2.4, drawstyle=drawstyle)[0]
        self.loss = ax.plot([], [], color=LOSS, lw=2.4)[0]
        mark = {"color": style.HIGHLIGHT, "markersize": 11, "mec": "white", "zorder": 5}
        self.marks = [ax.plot([], [], "s", **mark)[0], ax.plot([], [], "D", **mark)[0]]
        self.names = [
            _words(ax, 0, "left", 1.29, style.readable(METRIC)),
            _words(ax, 1, "right", 1.29, style.readable(LOSS)),
        ]
        self.artists = (self.metric, self.loss, *self.marks)

    def update(self, x: np.ndarray, metric: Any, loss: Any, at: float, now: Any) -> None:
        self.metric.set_data(x, metric)
        self.loss.set_data(x, loss)
        for mark, value in zip(self.marks, now, strict=True):
            mark.set_data([at], [value])

    def name(self, metric: str, loss: str) -> None:
        for text, words in zip(self.names, (metric, loss), strict=True):
            text.set_text(words)


def _words(ax: Axes, x: float, side: str, height: float, colour: Any = style.INK) -> Any:
    """Return a text that stands `x` of the way along the axes, at the value `height`."""
    return ax.text(
        x, height, "", color=colour, fontsize=style.LABEL, ha=side, va="center",
        transform=ax.get_yaxis_transform(), zorder=4,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1},
    )  # fmt: skip


@lru_cache
def logits(question: str) -> tuple[np.ndarray, np.ndarray]:
    """Return z = x·w + b and y of the 450 held-out digits, both of shape (450,)."""
    _, x, _, y = digit_question(question)
    w, b = digit_classifier(question).get_weights()
    return (x.astype(float) @ w + b)[:, 0], y


def probability(z: np.ndarray) -> np.ndarray:
    """Return σ(z) = 1/(1 + e⁻ᶻ)."""
    return 1 / (1 + np.exp(-z))


def cross_entropy(y: np.ndarray, z: np.ndarray) -> np.ndarray:
    """Return the mean over the last axis of log(1 + eᶻ) − y·z."""
    return np.mean(np.logaddexp(0, z) - y * z, axis=-1)


def counts(y: np.ndarray, yes: np.ndarray) -> tuple[Any, Any, Any, Any]:
    """Return TP, FP, FN and TN of answers `yes`, counted along the last axis."""
    is_yes = y == 1
    pairs = (yes & is_yes, yes & ~is_yes, ~yes & is_yes, ~yes & ~is_yes)
    return tuple(pair.sum(axis=-1) for pair in pairs)


def score(metric: str, y: np.ndarray, yes: np.ndarray) -> Any:
    """Return a metric of `METRICS` for answers `yes`, along the last axis; 0 for 0/0."""
    tp, fp, fn, tn = counts(y, yes)
    above, below = {
        "accuracy": (tp + tn, tp + fp + fn + tn),
        "precision": (tp, tp + fp),
        "recall": (tp, tp + fn),
        "f1_score": (2 * tp, 2 * tp + fp + fn),
    }[metric]
    return above / np.maximum(below, 1)


def jitter(n: int) -> np.ndarray:
    """Return n small heights, so that points at one place can be told apart; always the same."""
    return 0.07 * ((np.arange(n) * 0.618) % 1 - 0.5)
