"""Progress of training: a line for each epoch, or one live bar in a notebook."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from course.callbacks.callback import Callback, Logs


class ProgbarLogger(Callback):
    """What `fit` shows for ``verbose=1`` and ``2``.

    In a notebook ``verbose=1`` is one live bar over all epochs; everywhere else, and for
    ``verbose=2``, there is one line for each epoch. Nothing shown depends on the clock.
    """

    adds_to_logs = ()

    def on_train_begin(self, logs: Logs | None = None) -> None:
        live = self.params.get("verbose") == 1 and "ipykernel" in sys.modules
        self._bar = _notebook_bar(self.params["epochs"]) if live else None

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        figures = described(logs or {})
        if self._bar is None:
            print(f"Epoch {epoch + 1}/{self.params['epochs']}  {figures}")
        else:
            self._bar.set_postfix_str(figures, refresh=False)
            self._bar.update(epoch + 1 - self._bar.n)

    def on_train_end(self, logs: Logs | None = None) -> None:
        if self._bar is not None:
            # A bar that is closed early turns red; to stop early is no mistake.
            self._bar.bar_format = _format(self._bar.total)
            self._bar.total = self._bar.n
            self._bar.close()


def described(logs: Logs) -> str:
    """Return what is shown of logs: ``loss: 0.1234  f1_score: [0.5000 0.3333]``."""
    return "  ".join(f"{key}: {_figure(value)}" for key, value in logs.items())


def _figure(value: Any) -> str:
    if np.ndim(value) == 0:
        return f"{value:.4f}"
    return f"[{' '.join(f'{number:.4f}' for number in np.ravel(value))}]"


def _notebook_bar(epochs: int) -> Any:
    # Loaded here because `import course` loads nothing but NumPy.
    from tqdm.auto import tqdm

    return tqdm(total=epochs, desc="epochs", bar_format=_format(epochs))


def _format(epochs: int) -> str:
    return f"{{desc}} {{bar}} {{n}}/{epochs} {{postfix}}"
