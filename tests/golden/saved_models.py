"""Models to be written to files and read again, each made with the names that Keras has, too.

Each function takes the module, ``keras`` or ``course``. A new layer, or an option that a file has
to keep, is one line here: `make_files.py`, `check_files_with_keras.py` and the tests go through
the tables.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

PHI = 0.6180339887498949
ROWS = 12

Make = Callable[[ModuleType], Any]


def spread(*shape: int, start: int = 1) -> np.ndarray:
    """Fill [-1, 1) evenly: multiples of the golden ratio, less their whole part."""
    count = np.arange(start, start + int(np.prod(shape)))
    return (count * PHI % 1 * 2 - 1).reshape(shape).astype("float32")


# Name, how to make the layer, the shape of one sample (a list of them for several inputs).
LAYERS: dict[str, tuple[Make, Any]] = {
    "Dense": (
        lambda k: k.layers.Dense(
            3,
            "relu",
            kernel_initializer=k.initializers.HeNormal(seed=1),
            bias_initializer=k.initializers.Constant(0.5),
            kernel_regularizer=k.regularizers.L1L2(0.01, 0.02),
            bias_regularizer="l2",
            activity_regularizer=k.regularizers.L2(0.03),
            kernel_constraint=k.constraints.MaxNorm(1.5),
            bias_constraint="non_neg",
        ),
        (4,),
    ),
    "Dense without bias": (lambda k: k.layers.Dense(3, use_bias=False, name="plain"), (4,)),
    "Dense frozen": (lambda k: k.layers.Dense(3, trainable=False), (4,)),
    "Dense on time": (lambda k: k.layers.Dense(3, "softmax"), (5, 4)),
    "Dense with a layer as activation": (
        lambda k: k.layers.Dense(3, activation=leaky(k, 0.15)),
        (4,),
    ),
    "Activation": (lambda k: k.layers.Activation("selu"), (4,)),
    "Dropout": (lambda k: k.layers.Dropout(0.0, noise_shape=(None, 1), seed=3), (4,)),
    "BatchNormalization": (lambda k: k.layers.BatchNormalization(momentum=0.8), (4,)),
    "BatchNormalization bare": (
        lambda k: k.layers.BatchNormalization(axis=1, scale=False, epsilon=0.01),
        (3, 2),
    ),
    "LayerNormalization": (lambda k: k.layers.LayerNormalization(center=False), (4,)),
    "GaussianNoise": (lambda k: k.layers.GaussianNoise(0.0, seed=4), (4,)),
    "Add": (lambda k: k.layers.Add(), [(3,), (3,)]),
    "Subtract": (lambda k: k.layers.Subtract(), [(3,), (3,)]),
    "Multiply": (lambda k: k.layers.Multiply(), [(3,), (3,), (3,)]),
    "Average": (lambda k: k.layers.Average(), [(3,), (3,)]),
    "Maximum": (lambda k: k.layers.Maximum(), [(3,), (3,)]),
    "Minimum": (lambda k: k.layers.Minimum(), [(3,), (3,)]),
    "Concatenate": (lambda k: k.layers.Concatenate(axis=1), [(3, 2), (1, 2)]),
    "Flatten": (lambda k: k.layers.Flatten(), (3, 2)),
    "Reshape": (lambda k: k.layers.Reshape((-1, 2)), (6,)),
    "Conv2D": (
        lambda k: k.layers.Conv2D(
            2, (3, 2), strides=(2, 1), padding="same", activation="tanh", kernel_regularizer="l2"
        ),
        (5, 4, 2),
    ),
    "MaxPooling2D": (lambda k: k.layers.MaxPooling2D((2, 3), strides=1), (4, 4, 2)),
    "AveragePooling2D": (lambda k: k.layers.AveragePooling2D(2, padding="same"), (5, 4, 2)),
    "GlobalAveragePooling2D": (lambda k: k.layers.GlobalAveragePooling2D(keepdims=True), (4, 4, 2)),
    "UpSampling2D": (lambda k: k.layers.UpSampling2D((2, 1), interpolation="bilinear"), (2, 2, 2)),
    "SimpleRNN": (
        lambda k: k.layers.SimpleRNN(3, recurrent_regularizer="l2", return_sequences=True),
        (4, 2),
    ),
    "SimpleRNN last": (lambda k: k.layers.SimpleRNN(3, use_bias=False), (4, 2)),
    "Embedding": (lambda k: k.layers.Embedding(5, 3, embeddings_initializer="normal"), (4,)),
    "ReLU": (lambda k: k.layers.ReLU(max_value=0.5, negative_slope=0.1, threshold=0.05), (4,)),
    "LeakyReLU": (lambda k: k.layers.LeakyReLU(negative_slope=0.2), (4,)),
    "Softmax": (lambda k: k.layers.Softmax(axis=1), (3, 2)),
    "InputLayer": (lambda k: k.layers.Activation("tanh"), (4,)),
}

OPTIMIZERS: dict[str, Make] = {
    "SGD": lambda k: k.optimizers.SGD(0.1),
    "SGD with momentum": lambda k: k.optimizers.SGD(0.1, momentum=0.9, clipnorm=1.0),
    "SGD of Nesterov": lambda k: k.optimizers.SGD(0.1, 0.8, nesterov=True, weight_decay=0.01),
    "RMSprop": lambda k: k.optimizers.RMSprop(0.01, rho=0.8),
    "RMSprop with all": lambda k: k.optimizers.RMSprop(0.01, momentum=0.5, centered=True),
    "Adam": lambda k: k.optimizers.Adam(0.01, beta_1=0.8, global_clipnorm=2.0),
    "Adam with AMSGrad": lambda k: k.optimizers.Adam(0.01, amsgrad=True, clipvalue=0.5),
    "AdamW": lambda k: k.optimizers.AdamW(0.01, weight_decay=0.02),
    "Nadam": lambda k: k.optimizers.Nadam(0.01),
    "Adagrad": lambda k: k.optimizers.Adagrad(0.05, initial_accumulator_value=0.2),
    "Adadelta": lambda k: k.optimizers.Adadelta(0.5, rho=0.9),
    "Adamax": lambda k: k.optimizers.Adamax(0.01),
    "Lion": lambda k: k.optimizers.Lion(0.003, beta_2=0.95),
    "a schedule": lambda k: k.optimizers.Adam(
        k.optimizers.schedules.ExponentialDecay(0.05, 2, 0.5, staircase=True)
    ),
    "cosine": lambda k: k.optimizers.SGD(
        k.optimizers.schedules.CosineDecay(0.01, 8, warmup_target=0.1, warmup_steps=2), 0.5
    ),
    "pieces": lambda k: k.optimizers.SGD(
        k.optimizers.schedules.PiecewiseConstantDecay([2, 5], [0.1, 0.05, 0.01])
    ),
    "polynomial": lambda k: k.optimizers.SGD(
        k.optimizers.schedules.PolynomialDecay(0.1, 6, power=2.0)
    ),
}

LOSSES: dict[str, Make] = {
    "MeanSquaredError": lambda k: k.losses.MeanSquaredError(),
    "MeanAbsoluteError": lambda k: k.losses.MeanAbsoluteError(reduction="sum"),
    "Huber": lambda k: k.losses.Huber(),  # Keras does not write another delta
    "LogCosh": lambda k: k.losses.LogCosh(),
    "BinaryCrossentropy": lambda k: k.losses.BinaryCrossentropy(label_smoothing=0.1),
    "KLDivergence": lambda k: k.losses.KLDivergence(),
    "CategoricalCrossentropy": lambda k: k.losses.CategoricalCrossentropy(from_logits=True),
    "a name": lambda k: "mae",
    "a function": lambda k: k.losses.mean_squared_error,
}

METRICS: list[Make] = [
    lambda k: "mse",
    lambda k: "mean_absolute_error",
    lambda k: k.metrics.RootMeanSquaredError(),
    lambda k: k.metrics.Precision(thresholds=0.4),
    lambda k: k.metrics.Recall(class_id=1),
    lambda k: k.metrics.AUC(num_thresholds=20, curve="PR"),
    lambda k: k.metrics.F1Score(average="macro", threshold=0.5),
    lambda k: k.metrics.R2Score(),
    lambda k: k.metrics.BinaryAccuracy(threshold=0.3),
    lambda k: k.metrics.CategoricalAccuracy(name="right"),
    lambda k: k.metrics.TopKCategoricalAccuracy(k=2),
]


def leaky(k: ModuleType, slope: float) -> Any:
    """Return an activation with a parameter of its own, which Keras has as a layer."""
    if k.__name__ == "keras":
        return k.layers.LeakyReLU(negative_slope=slope)
    return k.activations.LeakyReLU(slope)


def layer_model(k: ModuleType, name: str) -> Any:
    """Return a model around one layer of the table, with weights that training moves."""
    make, shape = LAYERS[name]
    shapes = shape if isinstance(shape, list) else [shape]
    inputs = [k.Input(s) for s in shapes]
    layer = make(k)
    middle = layer(inputs if isinstance(shape, list) else inputs[0])
    if len(middle.shape) > 2:
        middle = k.layers.Flatten()(middle)
    outputs = k.layers.Dense(2)(middle)
    model = k.Model(inputs if isinstance(shape, list) else inputs[0], outputs)
    started(model)
    return model


def inputs_of(name: str) -> Any:
    """Return data for :func:`layer_model`; whole numbers for an Embedding."""
    shape = LAYERS[name][1]
    if name == "Embedding":
        return (np.arange(ROWS * 4).reshape(ROWS, 4) * 7 % 5).astype("float32")
    shapes = shape if isinstance(shape, list) else [shape]
    xs = [spread(ROWS, *s, start=5 * i + 1) for i, s in enumerate(shapes)]
    return xs if isinstance(shape, list) else xs[0]


def started(model: Any) -> Any:
    """Give all weights but variances fixed values, different in each."""
    weights = model.get_weights()
    values = [spread(*w.shape, start=7 * i + 3) * 0.7 for i, w in enumerate(weights)]
    model.set_weights([np.where(w == 1, w, v) for w, v in zip(weights, values, strict=True)])
    return model


def small(k: ModuleType) -> Any:
    """Return a small network with a normalization, for optimizers."""
    model = k.Sequential(
        [
            k.Input((3,)),
            k.layers.Dense(4, "tanh"),
            k.layers.BatchNormalization(),
            k.layers.Dense(2, "sigmoid"),
        ]
    )
    return started(model)


def branches(k: ModuleType) -> Any:
    """Return a model of several inputs and outputs whose layers Keras lists in its own order."""
    left, right = k.Input((3,), name="left"), k.Input((2,), name="right")
    shared = k.layers.Dense(3, "tanh", name="shared")
    first = k.layers.Dense(4)(left)
    second = k.layers.Dense(3)(right)
    once, twice = shared(second), shared(shared(left))
    joined = k.layers.Concatenate()([first, once, twice])
    number = k.layers.Dense(1, name="number")(joined)
    classes = k.layers.Dense(2, "softmax", name="classes")(k.layers.Add()([once, twice]))
    return started(k.Model([left, right], [number, classes], name="branches"))


def nested(k: ModuleType) -> Any:
    """Return a model with models inside, one of them called twice."""
    x = k.Input((3,))
    chain = k.Sequential(
        [k.Input((3,)), k.layers.Dense(2, "tanh"), k.layers.Dense(3)], name="chain"
    )
    entry = k.Input((3,))
    inner = k.layers.Dense(3, "tanh", name="inner")  # Keras on PyTorch trains wrongly where two
    block = k.Model(entry, k.layers.Add()([entry, inner(entry)]), name="block")
    y = block(chain(block(x)))  # layers within have one name
    return started(k.Model(x, k.layers.Dense(2, name="last")(chain(y)), name="nested"))


def ends_in_a_model(k: ModuleType) -> Any:
    """Return a model whose output is that of a model inside, called for the second time."""
    x, entry = k.Input((3,)), k.Input((3,))
    block = k.layers.BatchNormalization()(k.layers.Dense(3, "tanh")(entry))
    block = k.Model(entry, block, name="block")
    return started(k.Model(x, block(block(x))))


def frozen(k: ModuleType) -> Any:
    """Return a model of which the first layers do not learn."""
    model = k.Sequential(
        [
            k.Input((3,)),
            k.layers.Dense(4, "tanh"),
            k.layers.BatchNormalization(),
            k.layers.Dense(4, "tanh"),
            k.layers.Dense(2),
        ]
    )
    for layer in model.layers[:2]:
        layer.trainable = False
    return started(model)


X, Y = spread(ROWS, 3), (spread(ROWS, 2, start=9) + 1) / 2
SHARES = Y / Y.sum(axis=1, keepdims=True)
LEFT, RIGHT = spread(ROWS, 3), spread(ROWS, 2, start=20)
NUMBER, CLASSES = spread(ROWS, 1, start=40), (np.arange(ROWS) % 2).astype("float32")

# Name, how to make the model, x, y, and how it is compiled.
GRAPHS: dict[str, tuple[Make, Any, Any, dict[str, Any]]] = {
    "branches": (
        branches,
        [LEFT, RIGHT],
        [NUMBER, CLASSES],
        {
            "loss": ["mse", "sparse_categorical_crossentropy"],
            "loss_weights": [1.0, 0.5],
            "metrics": [["mae"], ["accuracy"]],
        },
    ),
    "nested": (nested, X, Y, {"loss": "mse", "metrics": ["mae"]}),
    "ends in a model": (ends_in_a_model, X, spread(ROWS, 3), {"loss": "mse"}),
    "frozen": (frozen, X, Y, {"loss": "mse", "weighted_metrics": ["mse"]}),
}


def cases() -> dict[str, tuple[Make, Any, Any]]:
    """Return all compiled models by name: how to make them, x and y."""
    found: dict[str, tuple[Make, Any, Any]] = {}
    for name in LAYERS:
        y = spread(ROWS, 2, start=60)
        found[f"layer: {name}"] = (
            _with_adam(lambda k, n=name: layer_model(k, n)),
            inputs_of(name),
            y,
        )
    for name, optimizer in OPTIMIZERS.items():
        found[f"optimizer: {name}"] = (_with(small, optimizer, lambda k: "mse"), X, Y)
    for name, loss in LOSSES.items():
        found[f"loss: {name}"] = (_with(small, OPTIMIZERS["SGD"], loss), X, SHARES)
    found["metrics"] = (_with_metrics, X, np.round(Y))
    for name, (make, x, y, compiled) in GRAPHS.items():
        found[f"graph: {name}"] = (_with_adam(make, **compiled), x, y)
    return found


def _with(make: Make, optimizer: Make, loss: Make) -> Make:
    def compiled(k: ModuleType) -> Any:
        model = make(k)
        model.compile(optimizer(k), loss(k))
        return model

    return compiled


def _with_adam(make: Make, **compiled: Any) -> Make:
    def with_adam(k: ModuleType) -> Any:
        model = make(k)
        model.compile(k.optimizers.Adam(0.01), **({"loss": "mse"} | compiled))
        return model

    return with_adam


def _with_metrics(k: ModuleType) -> Any:
    model = small(k)
    model.compile("adam", "binary_crossentropy", metrics=[make(k) for make in METRICS])
    return model


def train(model: Any, x: Any, y: Any) -> None:
    """Take a few steps, in the order of the rows."""
    model.fit(x, y, batch_size=5, epochs=1, shuffle=False, verbose=0)
