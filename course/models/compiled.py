"""What `compile` chooses, and what follows from it: an objective and flat parameters."""

from __future__ import annotations

import gc
import warnings
from typing import Any
from weakref import WeakKeyDictionary, ref

from course import checks, optimizers
from course.engine.parameters import Parameters
from course.models.objective import Objective
from course.models.suspicious import suspicions
from course.optimizers import Optimizer

WITHOUT_EFFECT = {"run_eagerly", "jit_compile", "steps_per_execution", "auto_scale_loss"}

# Who compiled an optimizer last. Kept here, so that an optimizer can be copied and pickled.
_last_model: WeakKeyDictionary[Optimizer, ref[Compiled]] = WeakKeyDictionary()


class Compiled:
    """The part of a model that knows what to minimise and how; `Model` has the `graph`."""

    optimizer: Any = None
    _compiled: dict[str, Any] | None = None
    _objective: Objective | None = None
    _parameters: Parameters | None = None

    def compile(
        self,
        optimizer: Any = "rmsprop",
        loss: Any = None,
        loss_weights: Any = None,
        metrics: Any = None,
        weighted_metrics: Any = None,
        **of_keras: Any,
    ) -> None:
        """Choose what to minimise, how, and what to watch.

        Parameters
        ----------
        optimizer : str or Optimizer, default 'rmsprop'
            The update rule; a name takes its defaults. The model's own goes on where it was;
            one that was in use elsewhere starts afresh, at iteration 0.
        loss : str, Loss, or a list or dict of them
            One for each output, or one for all.
        loss_weights : list or dict of float, optional
            How much each output's loss counts; 1 by default.
        metrics, weighted_metrics : list, optional
            What to report beside the loss, without and with sample weights. ``'accuracy'``
            becomes the kind that fits the loss and the output. With several outputs a dict, or
            a list with an entry for each; a list of another length holds for every output.
        **of_keras
            Keras' ``run_eagerly``, ``jit_compile``, ``steps_per_execution``, ``auto_scale_loss``:
            how its computation is organised, which changes no result. Accepted, without effect.

        Raises
        ------
        TypeError, ValueError
            If one of them is unknown, the loss does not fit the output, or the optimizer
            belongs to another model, whose steps it counts.
        """
        known = ["optimizer", "loss", "loss_weights", "metrics", "weighted_metrics"]
        checks.unknown_arguments("compile", set(of_keras) - WITHOUT_EFFECT, known)
        arguments = {
            "loss": loss,
            "loss_weights": loss_weights,
            "metrics": metrics,
            "weighted_metrics": weighted_metrics,
        }
        new_optimizer = optimizers.get(optimizer)
        self._check_free(new_optimizer)
        objective = Objective(self.graph, **arguments) if self.built else None
        self._compiled, self._objective = arguments, objective
        if new_optimizer is not self.optimizer:
            self._take(new_optimizer)
        self._warn_of_suspicions()

    def _check_free(self, optimizer: Optimizer) -> None:
        """Refuse the optimizer of another model."""
        if not self._is_used_elsewhere(optimizer):
            return
        gc.collect()  # a model that nobody can reach any more uses nothing
        if self._is_used_elsewhere(optimizer):
            kind = type(optimizer).__name__
            raise ValueError(
                f"This {kind} belongs to model {_last_model[optimizer]().name!r} already: it "
                "counts that model's steps and remembers its gradients. Make one for each "
                f"model: model.compile(optimizer={kind}(...), ...)."
            )

    def _is_used_elsewhere(self, optimizer: Optimizer) -> bool:
        model = _last_model[optimizer]() if optimizer in _last_model else None
        return model is not None and model is not self and model.optimizer is optimizer

    def _take(self, optimizer: Optimizer) -> None:
        """Use another optimizer from now on; what it remembered of other weights is gone."""
        if optimizer in _last_model:
            optimizer.iterations = 0
        _last_model[optimizer] = ref(self)
        self.optimizer, self._parameters = optimizer, None

    @property
    def compiled(self) -> bool:
        """Whether `compile` was called."""
        return self._compiled is not None

    @property
    def loss(self) -> Any:
        """The loss as it was given to `compile`; None before."""
        return self._compiled["loss"] if self.compiled else None

    @property
    def metrics_names(self) -> list[str]:
        """The keys of what `evaluate` returns, in its order.

        Raises
        ------
        RuntimeError
            If the model was not compiled.
        """
        return self.objective.keys()

    @property
    def objective(self) -> Objective:
        """The losses and metrics of the model's outputs.

        Raises
        ------
        RuntimeError
            If the model was not compiled.
        """
        self._check_compiled()
        if self._objective is None:
            self._objective = Objective(self.graph, **self._compiled)
            self._warn_of_suspicions()
        return self._objective

    def _warn_of_suspicions(self) -> None:
        """Say, as soon as the shapes are known, what cannot have been meant."""
        if self._objective is None:
            return
        for tensor, head in zip(self.graph.outputs, self._objective.heads, strict=True):
            for suspicion in suspicions(tensor, head.loss):
                warnings.warn(suspicion, UserWarning, stacklevel=3)

    def objective_for(self, x: Any) -> Objective:
        """Return the objective of the model, built for the shape of `x` if it was not built."""
        self._check_compiled()
        self._build_for(x)
        return self.objective

    def _check_compiled(self) -> None:
        if self._compiled is None:
            raise RuntimeError(
                f"Model {self.name!r} is not compiled. Call "
                "model.compile(optimizer='sgd', loss='mse') first."
            )

    @property
    def parameters(self) -> Parameters:
        """The flat vectors that the optimizer steps on, laid out for what is trainable now."""
        if self._parameters is not None and self._parameters.is_current():
            return self._parameters
        self.objective.graph.trainability_changed()
        self.trainability_changed()
        if self._parameters is None:
            self._parameters = Parameters(self._members, self.optimizer)
        else:
            self._parameters.pack()
        return self._parameters

    def _members(self) -> tuple[list[Any], list[Any]]:
        return [v for v in self.weights if v.trainable], self.trainable_weights
