"""Models as scikit-learn estimators, for its searches, pipelines and cross-validation.

This package alone loads scikit-learn, which is in the extra ``notebooks``.
"""

from __future__ import annotations

from course.wrappers.classifier import SKLearnClassifier
from course.wrappers.regressor import SKLearnRegressor

__all__ = ["SKLearnClassifier", "SKLearnRegressor"]
