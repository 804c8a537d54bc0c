"""What all optimizers share: rates of every kind, older spellings, configs, one's own rule."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from course import older, optimizers, serialization
from course.engine import Parameters, Variable
from course.optimizers import (
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    Lion,
    Nadam,
    Optimizer,
    RMSprop,
    schedules,
)
from course.optimizers.schedules import (
    CosineDecay,
    ExponentialDecay,
    LearningRateSchedule,
    OneCycle,
    PiecewiseConstantDecay,
)
from steps import steps


@pytest.mark.parametrize("rate", [1, 0.5, 0, np.float32(0.5), np.int64(2), np.array(0.25)])
def test_any_real_number_is_a_rate(rate: Any) -> None:
    optimizer = SGD(rate)
    assert optimizer.learning_rate == float(rate)
    assert type(optimizer.learning_rate) is float
    assert steps(optimizer, [1.0]) == [1 - float(rate)]


def test_a_rate_is_a_function_of_nothing() -> None:
    assert SGD(lambda rate=0.5: rate).learning_rate == 0.5
    assert SGD(time.perf_counter).learning_rate > 0  # compiled: its signature is not known
    with pytest.raises(
        TypeError,
        match=r"^learning_rate must be a function without arguments, got <.*>\. For a rate that "
        r"depends on the step write a LearningRateSchedule with __call__\(self, step\); on the "
        r"epoch, use callbacks\.LearningRateScheduler\.$",
    ):
        SGD(lambda epoch: 0.1)


def test_a_schedule_is_asked_with_the_steps_made_so_far() -> None:
    halving = ExponentialDecay(0.8, decay_steps=1, decay_rate=0.5)
    optimizer = SGD(halving)
    assert optimizer.schedule is halving
    assert steps(optimizer, [1.0, 1.0, 1.0], start=0.0) == pytest.approx([-0.8, -1.2, -1.4])
    assert optimizer.learning_rate == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("given", "rate"), [(0, 0.0), (2, 2.0), (np.float32(0.5), 0.5), (np.array(0.25), 0.25)]
)
def test_a_schedule_of_ones_own_may_return_any_real_number(given: Any, rate: float) -> None:
    class Fixed(LearningRateSchedule):
        def __call__(self, step: int) -> Any:
            return given

    assert SGD(Fixed()).learning_rate == rate
    assert type(SGD(Fixed()).learning_rate) is float


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        (-1, ValueError, "What Wrong returned must be at least 0, got -1."),
        (None, TypeError, "What Wrong returned must be a number, got None."),
        (np.ones(1), TypeError, "What Wrong returned must be a number, got array([1.])."),
    ],
)
def test_what_a_schedule_may_not_return(given: Any, error: type[Exception], message: str) -> None:
    class Wrong(LearningRateSchedule):
        def __call__(self, step: int) -> Any:
            return given

    with pytest.raises(error) as raised:
        _ = SGD(Wrong()).learning_rate
    assert str(raised.value) == message


def test_a_function_is_a_rate() -> None:
    rates = iter([0.5, 0.25, -1.0])
    optimizer = SGD(lambda: next(rates))
    assert steps(optimizer, [1.0, 1.0], start=0.0) == [-0.5, -0.75]
    with pytest.raises(ValueError, match=r"learning_rate must be at least 0, got -1\.0"):
        _ = optimizer.learning_rate


def test_the_rate_can_be_set_between_steps() -> None:
    optimizer = Adam(PiecewiseConstantDecay([1], [0.1, 0.01]))
    optimizer.learning_rate = 0.5
    assert (optimizer.learning_rate, optimizer.schedule) == (0.5, None)
    with pytest.raises(ValueError, match="learning_rate must be at least 0"):
        optimizer.learning_rate = -1
    assert optimizer.learning_rate == 0.5


def test_older_spellings_warn_once_and_mean_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older, "_warned", set())
    with pytest.warns(FutureWarning, match="lr= is the older spelling; write learning_rate="):
        first = SGD(lr=0.5)
    assert (first.learning_rate, RMSprop(lr=0.25).learning_rate) == (0.5, 0.25)
    schedule = r"InverseTimeDecay\(lr, decay_steps=1, decay_rate=decay\)"
    with pytest.warns(FutureWarning, match=rf"^decay= is .*; write learning_rate={schedule}\.$"):
        decaying = SGD(0.6, decay=0.5)
    # 0.6, 0.6/1.5, 0.6/2
    assert steps(decaying, [1.0, 1.0, 1.0], start=0.0) == pytest.approx([-0.6, -1.0, -1.3])
    assert SGD(0.5, decay=0).schedule is None


def test_the_older_attribute_lr_is_the_learning_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older, "_warned", set())
    optimizer = SGD(0.5)
    with pytest.warns(FutureWarning, match=r"optimizer\.lr is the older spelling"):
        assert optimizer.lr == 0.5
    optimizer.lr = 0.25
    assert optimizer.learning_rate == 0.25
    assert steps(optimizer, [1.0]) == [0.75]


@pytest.mark.parametrize("name", [n for n in optimizers.TABLE if n not in ("SGD", "Lion")])
def test_epsilon_none_is_the_older_default(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older, "_warned", set())
    rule = optimizers.TABLE[name]
    with pytest.warns(FutureWarning, match="epsilon=None is the older spelling; write epsilon=1e"):
        first = rule(epsilon=None)
    assert first.epsilon == rule(epsilon=None).epsilon == rule().epsilon == 1e-7
    with pytest.raises(ValueError, match="epsilon must be above 0, got 0"):
        rule(epsilon=0)


@pytest.mark.parametrize(
    ("argument", "value", "fix"),
    [
        ("use_ema", True, "weights are not averaged here"),
        ("ema_momentum", 0.9, "Leave it out"),
        ("ema_overwrite_frequency", 100, "Leave it out"),
        ("loss_scale_factor", 2.0, "16-bit floats"),
        ("gradient_accumulation_steps", 4, "a larger batch_size"),
    ],
)
@pytest.mark.parametrize("rule", optimizers.TABLE.values())
def test_what_only_keras_has_is_refused_by_name_unless_at_its_default(
    rule: type[Optimizer], argument: str, value: Any, fix: str
) -> None:
    with pytest.raises(ValueError, match=f"{argument}={value} is not supported.*{fix}"):
        rule(**{argument: value})
    default = rule().get_config()[argument]
    assert rule(**{argument: default}).get_config()[argument] == default


@pytest.mark.parametrize(
    ("rule", "argument", "message"),
    [
        (Adam, "beta1", "Adam has no argument 'beta1'. Did you mean 'beta_1'?"),
        (SGD, "learnin_rate", "SGD has no argument 'learnin_rate'. Did you mean 'learning_rate'?"),
        (Nadam, "clip_norm", "Nadam has no argument 'clip_norm'. Did you mean 'clipnorm'?"),
    ],
)
def test_an_unknown_argument_gets_the_nearest(rule: Any, argument: str, message: str) -> None:
    with pytest.raises(TypeError) as error:
        rule(**{argument: 0.1})
    assert str(error.value) == message


BELOW_ONE = "must be at least 0 and below 1, got"
TO_ONE = "must be at least 0 and at most 1, got"
NOT_NEGATIVE, POSITIVE = "must be at least 0, got", "must be above 0, got"


@pytest.mark.parametrize(
    ("rules", "argument", "within", "outside", "message"),
    [
        ((Adam, AdamW, Adamax, Nadam), "beta_1", [0, 0.99], [-0.1, 1, 1.5], BELOW_ONE),
        ((Adam, AdamW, Adamax, Nadam), "beta_2", [0, 0.99], [-0.1, 1, 1.5], BELOW_ONE),
        ((Adadelta, RMSprop), "rho", [0, 0.99], [-0.1, 1, 1.5], BELOW_ONE),
        ((SGD, RMSprop), "momentum", [0, 1], [-0.1, 1.5], TO_ONE),
        ((Lion,), "beta_1", [0.1, 1], [0, 1.5], "must be above 0 and at most 1, got"),
        ((Lion,), "beta_2", [0, 1], [-0.1, 1.5], TO_ONE),
        ((Adagrad,), "initial_accumulator_value", [0, 9], [-0.1], NOT_NEGATIVE),
        (optimizers.TABLE.values(), "learning_rate", [0, 9], [-0.1], NOT_NEGATIVE),
        (optimizers.TABLE.values(), "weight_decay", [0, 9], [-0.1], NOT_NEGATIVE),
        (optimizers.TABLE.values(), "clipnorm", [0.1, 9], [0, -1], POSITIVE),
        (optimizers.TABLE.values(), "global_clipnorm", [0.1, 9], [0, -1], POSITIVE),
        (optimizers.TABLE.values(), "clipvalue", [0.1, 9], [0, -1], POSITIVE),
    ],
)
def test_the_range_of_each_argument(
    rules: Any, argument: str, within: list, outside: list, message: str
) -> None:
    for rule in rules:
        for value in within:
            assert getattr(rule(**{argument: value}), argument) == value
        for value in outside:
            with pytest.raises(ValueError, match=f"^{argument} {message} {value}"):
                rule(**{argument: value})


def test_without_slots_there_is_no_group_of_them() -> None:
    assert (SGD().slots(), SGD().slot_groups()) == ({}, [])


def test_two_ways_to_clip_are_refused() -> None:
    with pytest.raises(ValueError, match=r"at most one way to clip.*clipnorm=1\.0 and clipvalue=2"):
        AdamW(clipnorm=1.0, clipvalue=2)
    with pytest.raises(ValueError, match="got clipnorm=3 and global_clipnorm=4"):
        SGD(clipnorm=3, global_clipnorm=4)


@pytest.mark.parametrize(
    "optimizer",
    [
        SGD(0.3, momentum=0.5, nesterov=True, clipnorm=2.0),
        RMSprop(rho=0.8, centered=True, global_clipnorm=1.0),
        Adam(ExponentialDecay(0.1, 10, 0.9), amsgrad=True, weight_decay=0.1, clipvalue=0.5),
    ],
    ids=lambda optimizer: optimizer.name,
)
def test_a_config_makes_the_same_again(optimizer: Optimizer) -> None:
    config = optimizer.get_config()
    again = type(optimizer).from_config(config)
    named = optimizers.get({"class_name": type(optimizer).__name__, "config": config})
    for other in (again, named):
        assert other is not optimizer
        assert other.get_config() == config
        assert steps(other, [1.0, 2.0]) == steps(type(optimizer).from_config(config), [1.0, 2.0])


@pytest.mark.parametrize("name", optimizers.TABLE)
def test_serialize_and_deserialize_are_inverse(name: str) -> None:
    optimizer = optimizers.TABLE[name](CosineDecay(0.1, 10), clipnorm=1.0)
    kept = json.loads(json.dumps(optimizers.serialize(optimizer)))
    assert {k: kept[k] for k in ("module", "class_name", "registered_name")} == {
        "module": "keras.optimizers",
        "class_name": name,
        "registered_name": None,
    }
    for again in (optimizers.deserialize(kept), optimizers.get(kept)):
        assert type(again) is type(optimizer)
        assert again.get_config() == optimizer.get_config()
        assert again.schedule == CosineDecay(0.1, 10)
    assert kept == json.loads(json.dumps(optimizers.serialize(optimizer)))


def test_ones_own_classes_come_back_through_custom_objects() -> None:
    @dataclass
    class Halving(LearningRateSchedule):
        start: float = 1.0

        def __call__(self, step: int) -> float:
            return self.start / 2**step

    class Doubled(SGD):
        pass

    kept = optimizers.serialize(Doubled(Halving(0.5)))
    assert kept["registered_name"] == "Doubled"
    assert kept["module"] == __name__
    again = optimizers.deserialize(kept, {"Doubled": Doubled, "Halving": Halving})
    assert (type(again), again.schedule) == (Doubled, Halving(0.5))
    with pytest.raises(ValueError, match="Unknown optimizer 'Doubled'"):
        optimizers.deserialize(kept)
    with pytest.raises(ValueError, match="Unknown schedule 'Halving'"):
        optimizers.deserialize(kept, {"Doubled": Doubled})


def test_a_schedule_of_ones_own_is_found_by_its_name_if_it_is_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @dataclass
    class Halving(LearningRateSchedule):
        start: float = 1.0

        def __call__(self, step: int) -> float:
            return self.start / 2**step

    kept = schedules.serialize(Halving(0.5))
    with serialization.custom_object_scope({"Halving": Halving}):
        assert schedules.deserialize(kept) == Halving(0.5)
    with (
        serialization.custom_object_scope({"Halving": SGD}),
        pytest.raises(ValueError, match="Unknown schedule 'Halving'"),
    ):
        schedules.deserialize(kept)
    monkeypatch.setitem(serialization.REGISTERED, "mine>Halving", Halving)
    kept = schedules.serialize(Halving(0.5))
    assert kept["registered_name"] == "mine>Halving"
    assert schedules.deserialize(kept) == Halving(0.5)


def test_an_optimizer_of_ones_own_is_found_by_its_name_if_it_is_one() -> None:
    class Doubled(SGD):
        pass

    kept = optimizers.serialize(Doubled(0.5))
    with serialization.custom_object_scope({"Doubled": Doubled}):
        assert type(optimizers.deserialize(kept)) is Doubled
    with (
        serialization.custom_object_scope({"Doubled": CosineDecay}),
        pytest.raises(ValueError, match="Unknown optimizer 'Doubled'"),
    ):
        optimizers.deserialize(kept)


def test_schedules_say_whose_they_are() -> None:
    assert schedules.serialize(CosineDecay(0.1, 5))["module"] == "keras.optimizers.schedules"
    kept = schedules.serialize(OneCycle(0.1, 5))
    assert (kept["module"], kept["registered_name"]) == (OneCycle.__module__, "OneCycle")
    assert schedules.deserialize(kept) == OneCycle(0.1, 5)
    with pytest.raises(ValueError, match=r"'CosinDecay'\. Did you mean 'CosineDecay'"):
        schedules.deserialize({"class_name": "CosinDecay"})


def test_a_config_of_an_older_file_is_read_without_a_warning() -> None:
    config = {"name": "SGD", "learning_rate": 0.5, "decay": 0.0, "jit_compile": True}
    made = SGD.from_config(config | {"is_legacy_optimizer": False})
    assert (made.learning_rate, made.schedule, made.name) == (0.5, None, "SGD")
    assert "decay" in config


def test_a_function_goes_into_a_config_as_its_value_now() -> None:
    assert SGD(lambda: 0.25).get_config()["learning_rate"] == 0.25


def test_a_rate_that_is_no_rate_in_a_config() -> None:
    with pytest.raises(TypeError, match="schedule must be a name such as"):
        SGD.from_config({"learning_rate": {"initial_learning_rate": 0.1}})


@pytest.mark.parametrize(
    ("excluded", "expected"),
    [
        ({}, [0.5, 0.5, 0.5]),
        ({"var_names": ["bias"]}, [0.5, 1.0, 0.5]),
        ({"var_names": ["^gam", "bias"]}, [0.5, 1.0, 1.0]),
        ({"var_list": ["kernel"]}, [1.0, 0.5, 0.5]),
        ({"var_list": ["kernel"], "var_names": ["gamma"]}, [1.0, 0.5, 1.0]),
    ],
)
def test_variables_can_be_excluded_from_the_decay(excluded: dict, expected: list) -> None:
    variables = {name: Variable(np.ones(1), name) for name in ("kernel", "bias", "gamma")}
    if "var_list" in excluded:
        excluded = excluded | {"var_list": [variables[name] for name in excluded["var_list"]]}
    optimizer = SGD(1.0, weight_decay=0.5)
    optimizer.exclude_from_weight_decay(**excluded)
    weights = list(variables.values())
    parameters = Parameters(lambda: (weights, weights), optimizer)
    parameters.step()
    assert parameters.value.tolist() == expected


@pytest.mark.parametrize(
    ("excluded", "error", "message"),
    [
        (
            {"var_names": "bias"},
            TypeError,
            "var_names must be a list such as ['bias'], got 'bias'.",
        ),
        ({"var_names": 3}, TypeError, "var_names must be a list such as ['bias'], got 3."),
        ({"var_names": [3]}, TypeError, "var_names must hold strings such as 'bias', got (3,)."),
        ({"var_list": 3}, TypeError, "var_list must be a list such as [layer.kernel], got 3."),
        (
            {"var_list": ["bias"]},
            TypeError,
            "var_list must hold variables such as layer.kernel, got ('bias',).",
        ),
        (
            {"var_names": ["a", "("]},
            ValueError,
            "var_names=['a', '('] is no regular expression: missing ), unterminated subpattern at "
            "position 2.",
        ),
    ],
)
def test_what_cannot_be_excluded(excluded: dict, error: type[Exception], message: str) -> None:
    optimizer = SGD(weight_decay=0.1)
    with pytest.raises(error) as raised:
        optimizer.exclude_from_weight_decay(**excluded)
    assert str(raised.value) == message
    assert optimizer.decays_all


@pytest.mark.parametrize("given", [{"class_name": 3}, {"class_name": "SGD", "config": 1}, "sgd"])
def test_what_was_not_serialized_is_refused(given: Any) -> None:
    with pytest.raises(TypeError, match=r"optimizer must be a dict \{'class_name': name"):
        optimizers.deserialize(given)
    with pytest.raises(TypeError, match=r"schedule must be a dict \{'class_name': name"):
        schedules.deserialize(given)


def test_a_dict_without_a_class_is_no_optimizer() -> None:
    with pytest.raises(TypeError, match="optimizer must be a name such as 'SGD'"):
        optimizers.get({"learning_rate": 0.1})


@pytest.mark.parametrize("rate", ["fast", None, [0.1], CosineDecay, np.ones(2)])
def test_what_is_no_rate_is_refused(rate: Any) -> None:
    with pytest.raises(TypeError, match="learning_rate must be a number, a schedule such as"):
        SGD(rate)


def test_get() -> None:
    made = optimizers.get("adam")
    assert isinstance(made, Adam)
    assert optimizers.get("adam") is not made
    assert optimizers.get(made) is made
    assert isinstance(optimizers.get(RMSprop), RMSprop)
    assert isinstance(optimizers.get("adamw"), AdamW)
    assert isinstance(optimizers.get({"class_name": "nadam"}), Nadam)
    with pytest.raises(ValueError, match=r"Unknown optimizer 'adamm'\. Did you mean 'Adam'"):
        optimizers.get("adamm")
    with pytest.raises(TypeError, match="optimizer must be a name such as 'SGD'"):
        optimizers.get(0.1)


def test_a_rule_of_ones_own() -> None:
    class SignDescent(Optimizer):
        def slots(self) -> dict[str, float]:
            return {"seen": 2.0}

        def update(self, w: Any, g: Any, slots: Any, lr: float, t: int) -> None:
            slots["seen"] += t
            w -= lr * np.sign(g) * slots["seen"]

    assert steps(SignDescent(0.1), [-3.0, 5.0], start=0.0) == pytest.approx([0.3, -0.2])
    assert (SignDescent().learning_rate, SignDescent().name) == (0.001, "signdescent")
    with pytest.raises(NotImplementedError, match="Optimizer must define update"):
        steps(Optimizer(), [1.0])
