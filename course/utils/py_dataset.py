"""A data set that is read batch by batch."""

from __future__ import annotations

from typing import Any

from course import older


class PyDataset:
    """Base class of data that `fit`, `evaluate` and `predict` take batch by batch::

        class Waves(PyDataset):
            def __len__(self):                 # how many batches
                return 100
            def __getitem__(self, i):          # batch i: (x, y) or (x, y, sample_weight)
                rng = np.random.default_rng(i)
                x = rng.uniform(-3, 3, (32, 1))
                return x, np.sin(x)
            def on_epoch_end(self):            # if wanted: after each pass
                ...

        model.fit(Waves(), epochs=5)

    Any object with ``__len__`` and ``__getitem__`` that is not an array or a list serves as well.

    Parameters
    ----------
    workers, use_multiprocessing, max_queue_size : default 1, False and 10
        Kept as in Keras, without effect: batches are made one by one, as training needs them.
    """

    def __init__(
        self, workers: int = 1, use_multiprocessing: bool = False, max_queue_size: int = 10
    ) -> None:
        self.workers = workers
        self.use_multiprocessing = use_multiprocessing
        self.max_queue_size = max_queue_size

    def __len__(self) -> int:
        """Return the number of batches."""
        raise NotImplementedError(f"{type(self).__name__} must define __len__(): batches in all.")

    def __getitem__(self, index: int) -> Any:
        """Return batch `index`, counted from 0."""
        raise NotImplementedError(
            f"{type(self).__name__} must define __getitem__(index) and return (x, y)."
        )

    def on_epoch_end(self) -> None:
        """After each pass over the batches; nothing by default."""


class Sequence(PyDataset):
    """Older name of :class:`PyDataset`.

    Parameters
    ----------
    workers, use_multiprocessing, max_queue_size
        See :class:`PyDataset`.
    """

    def __init_subclass__(cls, **arguments: Any) -> None:
        super().__init_subclass__(**arguments)
        older.spelled("utils.Sequence", "utils.PyDataset")
