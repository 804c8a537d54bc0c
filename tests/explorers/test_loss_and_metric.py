"""Two sliders, two numbers: against the package's losses and metrics and finite differences."""

from __future__ import annotations

import numpy as np
import pytest

from course import metrics
from course.experiments.digit_question import digit_classifier, digit_question
from course.explorers.loss_and_metric import METRICS, LossAndMetric, counts, score


@pytest.fixture
def explorer() -> LossAndMetric:
    return LossAndMetric()


@pytest.mark.parametrize("question", ["even", "eight"])
@pytest.mark.parametrize("scale", [0.3, 1.0, 4.0])
def test_loss_and_accuracy_are_those_of_the_model(
    explorer: LossAndMetric, question: str, scale: float
) -> None:
    explorer.set(question=question, digits=450, scale=scale)
    _, x, _, y = digit_question(question)
    model = digit_classifier(question)
    model.set_weights([scale * w for w in model.get_weights()])
    loss, accuracy = model.evaluate(x, y, verbose=0)
    assert explorer.result.loss == pytest.approx(loss, abs=1e-5)
    assert explorer.result.metric == pytest.approx(accuracy, abs=1e-9)


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("threshold", [0.2, 0.5, 0.99])
def test_scores_are_those_of_the_package(
    explorer: LossAndMetric, metric: str, threshold: float
) -> None:
    explorer.set(question="eight", digits=450, metric=metric, threshold=threshold)
    of_package = {
        "accuracy": metrics.BinaryAccuracy(threshold=threshold),
        "precision": metrics.Precision(thresholds=threshold),
        "recall": metrics.Recall(thresholds=threshold),
        "f1_score": metrics.F1Score(average="macro", threshold=threshold),
    }[metric]
    result = explorer.result
    assert result.metric == pytest.approx(of_package(result.y, result.p))


def test_the_slope_is_the_difference_quotient_of_the_loss(explorer: LossAndMetric) -> None:
    losses = []
    for scale in (2.0 - 1e-4, 2.0 + 1e-4):
        explorer.set(scale=scale)
        losses.append(explorer.result.loss)
    explorer.set(scale=2.0)
    assert explorer.result.slope == pytest.approx((losses[1] - losses[0]) / 2e-4, rel=1e-4)


def test_the_threshold_moves_the_metric_in_steps_and_not_the_loss(explorer: LossAndMetric) -> None:
    loss = explorer.result.loss
    explorer.set(threshold=0.9)
    assert explorer.result.loss == loss
    assert explorer.result.metric < 0.75
    heights = np.unique(np.diff(explorer.result.by_threshold))
    np.testing.assert_allclose(heights * 40, np.round(heights * 40), atol=1e-9)


def test_the_scale_moves_the_loss_and_not_the_accuracy(explorer: LossAndMetric) -> None:
    assert np.ptp(explorer.result.by_scale) == 0
    assert np.ptp(explorer.result.losses) > 0.3
    explorer.apply("strict")
    assert np.ptp(explorer.result.by_scale) > 0.2  # in steps, with another threshold


def test_counts_by_hand() -> None:
    y, yes = np.array([1, 1, 1, 0, 0]), np.array([True, True, False, True, False])
    assert tuple(map(int, counts(y, yes))) == (2, 1, 1, 1)
    assert score("precision", y, yes) == pytest.approx(2 / 3)
    assert score("precision", y, np.zeros(5, bool)) == 0


@pytest.mark.parametrize("preset", LossAndMetric.presets)
def test_code_gives_the_numbers(
    explorer: LossAndMetric, preset: str, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer.apply(preset)
    exec(explorer.code(), {})
    loss, metric = map(float, capsys.readouterr().out.strip("[]\n").split(","))
    assert (loss, metric) == pytest.approx((explorer.result.loss, explorer.result.metric), abs=1e-5)


def test_says_the_numbers(explorer: LossAndMetric) -> None:
    assert explorer.summary() == (
        "accuracy 0.85, loss 0.35    yes: 18 right, 2 wrong; no: 16 right, 4 wrong\n"
        "slope along scale: accuracy 0, loss -0.05"
    )
    assert "in steps between" in explorer.describe()


def test_marks_every_wrong_answer(explorer: LossAndMetric) -> None:
    explorer.figure()
    assert len(explorer.wrong.get_xdata()) == 6


@pytest.mark.parametrize("values", [{"threshold": 0.9}, {"scale": 3.0}])
def test_a_slider_redraws_nothing_that_stands_still(
    explorer: LossAndMetric, values: dict[str, float]
) -> None:
    figure = explorer.figure()
    figure.canvas.png()
    explorer.set(**values)
    assert not figure.stale
    assert explorer.points[1].get_xdata().size == 22  # the even digits
    assert [words.get_text() for words in explorer.curves[0].names] == ["■ accuracy", "◆ loss"]
