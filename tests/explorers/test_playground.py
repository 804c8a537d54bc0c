"""The playground: what goes on, what begins anew, what it says, and what its code does."""

from __future__ import annotations

import numpy as np
import pytest

from course.explorers.playground import Playground
from course.explorers.playground_controls import CONTROLS, Several
from course.explorers.playground_data import FEATURES
from course.explorers.playground_run import GOES_ON, Run

OTHER = {
    "learning_rate": 0.001,
    "schedule": "cosine",
    "optimizer": "SGD",
    "batch_size": 50,
    "l1": 0.001,
    "l2": 0.01,
    "dropout": 0.5,
}


@pytest.fixture
def playground() -> Playground:
    return Playground(n=100, units=4)


def weights(playground: Playground) -> list[np.ndarray]:
    return playground._run.model.get_weights()


def test_it_learns_and_says_so(playground: Playground) -> None:
    before = playground.numbers()["validation_loss"]
    playground.run(30)
    assert playground.numbers()["validation_loss"] < before
    assert playground.numbers()["epoch"] == 30
    assert "2-4-1 · 17 parameters · epoch 30" in playground.summary()


def test_the_same_settings_repeat(playground: Playground) -> None:
    playground.run(3)
    other = Playground(n=100, units=4)
    other.run(3)
    assert playground.numbers() == other.numbers()


@pytest.mark.parametrize("name", sorted(GOES_ON))
def test_goes_on_with_the_same_weights(playground: Playground, name: str) -> None:
    playground.run(2)
    before = weights(playground)
    playground.set(**{name: OTHER[name]})
    assert playground.result.epoch == 2
    for old, new in zip(before, weights(playground), strict=True):
        np.testing.assert_array_equal(old, new)
    playground.run(1)
    assert playground.result.epoch == 3


@pytest.mark.parametrize("change", [{"units": 5}, {"layers": 2}, {"data": "xor"}, {"seed": 1}])
def test_begins_anew(playground: Playground, change: dict) -> None:
    playground.run(2)
    playground.set(**change)
    assert playground.result.epoch == 0


def test_another_optimizer_keeps_the_place_in_its_schedule(playground: Playground) -> None:
    playground.set(schedule="step")
    playground.run(30)
    playground.set(optimizer="momentum")
    assert playground._run.model.optimizer.learning_rate == pytest.approx(0.015)


def test_one_line_restores_everything(playground: Playground) -> None:
    playground.set(features=("x1²", "sin πx2"), batch_normalization=True)
    line = playground.share()
    playground.reset()
    playground.restore(line)
    assert playground.share() == line


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"layers": 0, "features": ("x1²", "x2²")},
        {"layers": 3, "batch_normalization": True, "dropout": 0.2, "l2": 0.001},
        {"optimizer": "Nesterov", "schedule": "cosine", "activation": "tanh"},
        {"data": "csv", "schedule": "step"},
        {"features": tuple(FEATURES), "schedule": "inverse_time", "optimizer": "RMSprop"},
    ],
)
def test_the_code_runs_builds_the_same_and_learns(settings: dict, capsys) -> None:
    playground = Playground(**{"n": 100, "units": 6} | settings)
    playground.run(10)
    space: dict = {}
    exec(playground.code(), space)
    kinds = [[type(layer).__name__ for layer in m.layers] for m in (space["model"],)]
    model = playground._run.model
    assert kinds == [[type(layer).__name__ for layer in model.layers]]
    shapes = [w.shape for w in space["model"].get_weights()]
    assert shapes == [w.shape for w in model.get_weights()]
    losses = space["history"].history["loss"]
    assert losses[-1] < losses[0]
    assert "accuracy" in capsys.readouterr().out


@pytest.mark.parametrize("preset", Playground.presets)
def test_every_preset_learns_an_epoch(preset: str) -> None:
    playground = Playground()
    playground.apply(preset)
    playground.run(1)
    assert playground.result.epoch == 1
    assert np.isfinite(list(playground.numbers().values())).all()


def test_divergence_is_said_and_ends_the_run(
    playground: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    playground.run(1)
    playground._run.model.set_weights([w * np.nan for w in weights(playground)])
    playground.run(2)
    assert playground.result.diverged
    assert playground.result.epoch == 1
    assert "lower learning_rate" in playground.summary()
    assert np.isfinite(list(playground.numbers().values())).all()


def test_play_goes_on_beside_and_pause_ends_it(playground: Playground) -> None:
    playground.widget()
    playground.play()
    assert not playground.wait(0.3)
    playground.pause()
    assert playground.wait(5)
    epoch = playground.result.epoch
    assert epoch > 0
    playground.step()
    assert playground.wait(5)
    assert playground.result.epoch == epoch + 1
    playground.restart()
    assert playground.result.epoch == 0
    assert playground.error is None


def test_two_units_cannot_and_hand_set_three_can() -> None:
    two = Playground(units=2).repeat(range(3), 40)["validation_accuracy"]
    assert two.max() < 0.9
    run = Run(Playground(units=3).state, Playground().own)
    a = np.radians([0, 120, 240])
    by_hand = [[np.cos(a), np.sin(a)], np.zeros(3), np.full((3, 1), -10.0), [7.5]]
    run.model.set_weights([np.array(w) for w in by_hand])
    assert run.model.evaluate(run.x, run.points.y, verbose=0)[1] > 0.95


def test_repeat_gives_a_value_a_seed_and_checks_epochs(playground: Playground) -> None:
    found = playground.repeat((3, 4, 3), 2)
    assert {len(values) for values in found.values()} == {3}
    assert found["validation_loss"][0] == found["validation_loss"][2] != found["validation_loss"][1]
    with pytest.raises(ValueError, match="epochs"):
        playground.repeat((1,), 0)


def test_four_controls_at_first() -> None:
    assert [c.name for c in CONTROLS if not c.advanced] == [
        "data", "layers", "units", "learning_rate",
    ]  # fmt: skip


def test_several_keeps_order_and_refuses_nothing_and_strangers() -> None:
    control = Several("features", ("x1", "x2", "x3"), ("x1",))
    assert control.check(["x3", "x1"]) == ("x1", "x3")
    assert control.clean(()) == ("x1",)
    with pytest.raises(ValueError, match=r"features .*x4"):
        control.check(("x4",))
    with pytest.raises(ValueError, match="one or more"):
        control.check(())
    with pytest.raises(TypeError, match="tuple"):
        control.check("x1")


def test_features_are_ticked_one_by_one_and_never_none(playground: Playground) -> None:
    playground.widget()
    field = playground._panel.fields["features"]
    field.boxes["x1²"].value = True
    assert playground.wait(5)
    assert playground.state.features == ("x1", "x2", "x1²")
    playground.set(features=("x2",))
    assert [name for name, box in field.boxes.items() if box.value] == ["x2"]
    field.boxes["x2"].value = False
    assert field.boxes["x2"].value
    assert playground.state.features == field.value == ("x2",)


def test_controls_turn_grey_where_they_have_no_say() -> None:
    playground = Playground()
    assert playground.idle(playground.state) == set()
    flat = playground.state._replace(layers=0)
    assert playground.idle(flat) == {"units", "activation", "dropout", "batch_normalization"}
    assert playground.idle(playground.state._replace(data="csv")) == {"noise", "n"}


@pytest.mark.parametrize("change", [{"layers": 0}, {"data": "csv"}])
def test_what_is_grey_changes_nothing(change: dict) -> None:
    before = Playground(**change).repeat([0], epochs=1)
    playground = Playground(**change)
    idle = playground.idle(playground.state)
    for control in Playground.controls:
        for value in control.sweep() if control.name in idle else ():
            after = Playground(**change, **{control.name: value}).repeat([0], epochs=1)
            assert after == before, f"{control.name}={value!r} does something"


@pytest.mark.parametrize("scale", ["0", "1"])
def test_names_of_the_losses_stay_within_their_axes(
    scale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_PROJECTOR", scale)
    playground = Playground()
    playground.figure()
    ax = playground.picture.losses.ax
    names, room = ax.get_legend().get_window_extent(), ax.get_window_extent()
    assert room.x0 < names.x0 < names.x1 <= room.x1 + 1
    assert room.y0 < names.y0 < names.y1 <= room.y1 + 1
