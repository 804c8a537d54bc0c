"""Models trained both by Keras, for the golden numbers, and by this package, to be compared.

Each function takes the module, ``keras`` or ``course``, and returns a compiled model and the
arguments of `fit`: what is written once runs with both. Data and initial weights come from
arithmetic alone, hence are the same everywhere.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np

Built = tuple[Any, dict[str, Any]]
ROWS = 22  # no multiple of the batch size: the last batch is a smaller one
PHI = 0.6180339887498949


def spread(*shape: int, start: int = 1) -> np.ndarray:
    """Fill [-1, 1) evenly: multiples of the golden ratio, less their whole part."""
    count = np.arange(start, start + int(np.prod(shape)))
    return (count * PHI % 1 * 2 - 1).reshape(shape)


def started(model: Any) -> Any:
    """Give the kernels (the arrays of rank two) fixed values; vectors stay as initialised."""
    weights = model.get_weights()
    for i, w in enumerate(weights):
        if w.ndim == 2:
            weights[i] = np.sqrt(6 / sum(w.shape)) * spread(*w.shape, start=7 * i + 3)
    model.set_weights(weights)
    return model


X = spread(ROWS, 3)
X_VALIDATION = spread(10, 3, start=100)


def binary(x: np.ndarray) -> np.ndarray:
    """Return 1 within a ball around 0, else 0."""
    return (np.sum(x * x, axis=1) < 1).astype(int)


def classes(x: np.ndarray) -> np.ndarray:
    """Return which of three coordinates is the largest."""
    return np.argmax(x, axis=1)


def response(x: np.ndarray) -> np.ndarray:
    """Return a smooth function of the rows."""
    return x[:, 0] * x[:, 1] + 0.5 * x[:, 2]


def tanh_sgd(keras: ModuleType) -> Built:
    """Two tanh layers, a sigmoid, binary cross-entropy, plain descent."""
    model = keras.Sequential(
        [
            keras.Input(shape=(3,)),
            keras.layers.Dense(5, activation="tanh"),
            keras.layers.Dense(4, activation="tanh"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=0.5),
        loss="binary_crossentropy",
        metrics=["accuracy"],
    )
    return model, {"x": X, "y": binary(X)}


def relu_adam(keras: ModuleType) -> Built:
    """A softmax over integer labels, with validation data."""
    model = keras.Sequential(
        [
            keras.Input(shape=(3,)),
            keras.layers.Dense(6, activation="relu"),
            keras.layers.Dense(5, activation="relu"),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.02),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    validation = (X_VALIDATION, classes(X_VALIDATION))
    return model, {"x": X, "y": classes(X), "validation_data": validation}


def logits_rmsprop(keras: ModuleType) -> Built:
    """Logits, one-hot targets made smoother, penalties of every kind, a schedule."""
    model = keras.Sequential(
        [
            keras.Input(shape=(3,)),
            keras.layers.Dense(
                6,
                activation="softplus",
                bias_initializer=keras.initializers.Constant(0.1),  # off the kink of L1
                kernel_regularizer=keras.regularizers.L2(0.02),
                bias_regularizer=keras.regularizers.L1(0.01),
                activity_regularizer=keras.regularizers.L2(0.01),
            ),
            keras.layers.Dense(3, kernel_regularizer=keras.regularizers.L1L2(0.01, 0.02)),
        ]
    )
    schedule = keras.optimizers.schedules.ExponentialDecay(0.02, decay_steps=4, decay_rate=0.7)
    model.compile(
        optimizer=keras.optimizers.RMSprop(learning_rate=schedule, momentum=0.5),
        loss=keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1),
        metrics=["categorical_accuracy"],
    )
    return model, {"x": X, "y": np.eye(3)[classes(X)], "validation_split": 0.25}


def regression_nesterov(keras: ModuleType) -> Built:
    """A line of two outputs from flattened rows, Nesterov's momentum, a constraint."""
    model = keras.Sequential(
        [
            keras.Input(shape=(3, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(6, activation="elu"),
            keras.layers.Dense(2, kernel_constraint=keras.constraints.MaxNorm(0.8)),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=0.05, momentum=0.9, nesterov=True),
        loss="mse",
        metrics=["mae", keras.metrics.RootMeanSquaredError(name="rmse")],
    )
    y = np.stack([response(X), response(-X)], axis=1)
    return model, {"x": X[:, :, None], "y": y, "validation_split": 0.3}


def batch_normalization(keras: ModuleType) -> Built:
    """Batch statistics in training, moving ones for the validation rows."""
    model = keras.Sequential(
        [
            keras.Input(shape=(3,)),
            keras.layers.Dense(6, use_bias=False),
            keras.layers.BatchNormalization(momentum=0.8),
            keras.layers.Activation("relu"),
            keras.layers.Dense(4, activation="tanh"),
            keras.layers.BatchNormalization(),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.02, clipnorm=0.5),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    validation = (X_VALIDATION, classes(X_VALIDATION))
    return model, {"x": X, "y": classes(X), "validation_data": validation}


def residual(keras: ModuleType) -> Built:
    """A sum around a layer, and the input beside it."""
    inputs = keras.Input(shape=(3,))
    h = keras.layers.Dense(5, activation="relu")(inputs)
    deeper = keras.layers.Dense(5, activation="sigmoid")(h)
    h = keras.layers.Add()([h, deeper])
    h = keras.layers.Concatenate()([h, inputs])
    model = keras.Model(inputs, keras.layers.Dense(1, activation="sigmoid")(h))
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.02, amsgrad=True, weight_decay=0.1),
        loss=keras.losses.BinaryCrossentropy(label_smoothing=0.05),
        metrics=["accuracy"],
    )
    return model, {"x": X, "y": binary(X)}


def shared(keras: ModuleType) -> Built:
    """One layer called three times, on each of two inputs and on its own output."""
    left, right = keras.Input(shape=(3,), name="left"), keras.Input(shape=(3,), name="right")
    layer = keras.layers.Dense(3, activation="tanh", kernel_regularizer="l2")
    both = keras.layers.Concatenate()([layer(layer(left)), layer(right)])
    model = keras.Model([left, right], keras.layers.Dense(1)(both))
    model.compile(
        optimizer=keras.optimizers.RMSprop(learning_rate=0.01, centered=True),
        loss=keras.losses.Huber(delta=0.5),
        metrics=["mse"],
    )
    return model, {"x": [X, X[::-1].copy()], "y": response(X)}


def sample_weights(keras: ModuleType) -> Built:
    """A weight for each row, in the loss and in the weighted metrics only."""
    model = keras.Sequential(
        [
            keras.Input(shape=(3,)),
            keras.layers.Dense(5, activation="tanh"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=0.2, momentum=0.8),
        loss="binary_crossentropy",
        metrics=["accuracy"],
        weighted_metrics=[keras.metrics.BinaryAccuracy(name="weighted_accuracy")],
    )
    weights = 1 + spread(ROWS, start=40)
    validation = (X_VALIDATION, binary(X_VALIDATION), 1 + spread(10, start=70))
    fit = {"x": X, "y": binary(X), "sample_weight": weights, "validation_data": validation}
    return model, fit


def class_weights(keras: ModuleType) -> Built:
    """A weight for each class."""
    model = keras.Sequential(
        [
            keras.Input(shape=(3,)),
            keras.layers.Dense(5, activation="relu"),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.02, global_clipnorm=0.3),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model, {"x": X, "y": classes(X), "class_weight": {0: 0.5, 1: 1.0, 2: 3.0}}


FITS = {
    build.__name__: build
    for build in (
        tanh_sgd,
        relu_adam,
        logits_rmsprop,
        regression_nesterov,
        batch_normalization,
        residual,
        shared,
        sample_weights,
        class_weights,
    )
}


def train(keras: ModuleType, name: str) -> dict[str, Any]:
    """Build, start from the fixed weights and train three epochs, unshuffled.

    Returns
    -------
    dict
        ``history``, ``weights`` and ``predictions`` after training, and ``evaluation``, what
        `evaluate` returns for the training rows.
    """
    model, fit = FITS[name](keras)
    started(model)
    record = model.fit(**fit, batch_size=8, epochs=3, shuffle=False, verbose=0)
    rows = {key: fit[key] for key in ("x", "y")}
    return {
        "history": record.history,
        "weights": model.get_weights(),
        "predictions": model.predict(fit["x"], verbose=0),
        "evaluation": model.evaluate(**rows, batch_size=8, verbose=0, return_dict=True),
    }
