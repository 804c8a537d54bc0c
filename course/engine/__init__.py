"""The machinery under every layer and model: variables, flat parameters, the graph."""

from __future__ import annotations

from course.engine.activated import ActivatedLayer
from course.engine.graph import Graph
from course.engine.layer import Layer
from course.engine.parameters import Parameters
from course.engine.symbolic import Node, Tensor, is_symbolic
from course.engine.unmoved import unmoved
from course.engine.variable import Variable

__all__ = [
    "ActivatedLayer",
    "Graph",
    "Layer",
    "Node",
    "Parameters",
    "Tensor",
    "Variable",
    "is_symbolic",
    "unmoved",
]
