"""The other end of a peer's pipe: ``python -m benchmarks.remote keras-jax``.

Reads lines ``network epochs`` and answers each with the seconds that training took.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter

from benchmarks.networks import (
    CONVOLUTIONAL,
    NETWORKS,
    Convolutional,
    Network,
    data,
    initial_weights,
    keras_model,
)


def keras_train(network: Network) -> Callable[[int], object]:
    """Return Keras' `fit` with accuracy and History."""
    import keras

    (x, y), model = data(network), keras_model(keras, network)
    options = {"batch_size": network.batch, "verbose": 0}
    return lambda epochs: model.fit(x, y, epochs=epochs, **options)


def torch_train(network: Network) -> Callable[[int], object]:
    """Return the usual loop in PyTorch, over a tensor shuffled each epoch."""
    import torch

    x, y = (torch.from_numpy(array) for array in data(network))
    if x.ndim == 4:
        x = x.movedim(3, 1).contiguous()  # channels first
    targets = y[:, None].float() if network.binary else y
    model = torch_model(network)
    loss_of = torch.nn.BCEWithLogitsLoss() if network.binary else torch.nn.CrossEntropyLoss()
    rules = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}
    optimizer = rules[network.optimizer](model.parameters(), lr=network.learning_rate)

    def train(epochs: int) -> list[tuple[float, float]]:
        history = []
        for _ in range(epochs):
            loss, hits = torch.zeros(()), torch.zeros((), dtype=torch.long)
            for rows in torch.randperm(len(x)).split(network.batch):
                z = model(x[rows])
                value = loss_of(z, targets[rows])
                optimizer.zero_grad()
                value.backward()
                optimizer.step()
                loss += value.detach()
                guess = z[:, 0] > 0 if network.binary else z.argmax(1)
                hits += (guess == y[rows]).sum()
            history.append((loss.item() / network.steps, hits.item() / len(x)))
        return history

    return train


def torch_model(network: Network) -> object:
    """Return the network as a torch Sequential that ends in logits."""
    import torch
    from torch import nn

    activation = {"tanh": nn.Tanh, "relu": nn.ReLU}[network.hidden]
    weights = [torch.from_numpy(weight) for weight in initial_weights(network)]
    layers: list[nn.Module] = []
    for W, b in zip(weights[::2], weights[1::2], strict=True):
        *window, channels, units = W.shape
        linear = nn.Conv2d(channels, units, window) if window else nn.Linear(channels, units)
        linear.weight.data, linear.bias.data = W.movedim((-1, -2), (0, 1)).contiguous(), b
        layers += [linear, activation()]
    if isinstance(network, Convolutional):
        layers[2:2] = [nn.MaxPool2d(2)]
        layers[5:5] = [nn.Flatten()]  # channel by channel, so the last kernel's rows turn, too
        last, cells = layers[-2], (layers[-2].in_features // network.filters[-1])
        rows = last.weight.data.reshape(-1, cells, network.filters[-1])
        last.weight.data = rows.movedim(2, 1).flatten(1).contiguous()
    return nn.Sequential(*layers[:-1])


def main(library: str) -> None:
    """Answer requests until the pipe closes."""
    answers, sys.stdout = sys.stdout, sys.stderr  # what a library prints stays out of the pipe
    make = torch_train if library == "torch" else keras_train
    trainers: dict[str, Callable[[int], object]] = {}
    for request in sys.stdin:
        name, epochs = request.split()
        if name not in trainers:
            trainers[name] = make((NETWORKS | CONVOLUTIONAL)[name])
        start = perf_counter()
        trainers[name](int(epochs))
        print(perf_counter() - start, file=answers, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
