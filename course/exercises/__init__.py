"""What a student does in a lesson: predict, answer, program, vote. All of it works offline."""

from __future__ import annotations

from course.exercises.exercise import Diagnosis, Exercise
from course.exercises.prediction import Prediction
from course.exercises.progress import Progress
from course.exercises.quiz import Quiz
from course.exercises.vote import Vote

__all__ = ["Diagnosis", "Exercise", "Prediction", "Progress", "Quiz", "Vote"]
