"""Hyperband: how each bracket spends its epochs on many short trials or a few long ones."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from course.plots import style

Bracket = Sequence[tuple[int, int]]
HEIGHT = 0.62


class Brackets:
    """A bar for each bracket, a part for each round; the length is the epochs that it costs.

    Parameters
    ----------
    ax : Axes

    Attributes
    ----------
    artists : tuple
        What `update` changes.
    """

    def __init__(self, ax: Axes) -> None:
        self.ax, self.artists = ax, ()
        ax.grid(False, axis="y")

    def update(self, brackets: Sequence[Bracket]) -> None:
        """Show `brackets`, each a list of rounds (trials, epochs)."""
        brackets = [pairs(bracket) for bracket in brackets]
        for artist in self.artists:
            artist.remove()
        artists, longest = [], max(sum(spent(bracket)) for bracket in brackets)
        last = max(epochs for bracket in brackets for _, epochs in bracket)
        for row, bracket in enumerate(brackets):
            left = 0
            for (n, epochs), cost in zip(bracket, spent(bracket), strict=True):
                shade = style.mix(style.BLUE, 0.22 + 0.78 * epochs / last)
                bar = self.ax.barh(
                    row, cost, HEIGHT, left, color=[shade], edgecolor="white", linewidth=2
                )
                ink = "white" if style.luminance(shade) < 0.25 else style.INK
                text = self.ax.text(
                    left + cost / 2, row, f"{n} × {epochs}" if cost > 0.06 * longest else "",
                    ha="center", va="center", color=ink, fontsize=style.TICK,
                )  # fmt: skip
                artists += [bar, text]
                left += cost
            total = self.ax.text(
                left + 0.012 * longest, row, f"{left}", va="center", color=style.SOFT,
                fontsize=style.TICK,
            )  # fmt: skip
            artists.append(total)
        self.artists = tuple(artists)
        self.ax.set_xlim(0, 1.08 * longest)
        self.ax.set_ylim(len(brackets) - 0.5, -0.5)
        self.ax.set_yticks(
            range(len(brackets)), [f"{bracket[0][0]} trials" for bracket in brackets]
        )


def pairs(bracket: Bracket) -> list[tuple[int, int]]:
    """Return (trials, epochs) of each round; those of a Hyperband oracle have names for them."""
    return [(r.size, r.epochs) if hasattr(r, "epochs") else (r[0], r[1]) for r in bracket]


def spent(bracket: Bracket) -> list[int]:
    """Return the epochs that each round costs: a promoted trial goes on from where it stopped."""
    before = [0, *(epochs for _, epochs in bracket[:-1])]
    return [n * (epochs - b) for (n, epochs), b in zip(bracket, before, strict=True)]


def brackets(
    brackets: Sequence[Bracket], ax: Axes | None = None, title: str = "", *, x: str = "epochs spent"
) -> Axes:
    """Draw the brackets of a Hyperband search.

    Parameters
    ----------
    brackets : sequence of sequence of (trials, epochs)
        Rounds of each bracket: so many trials are trained up to so many epochs,
        ``[[(9, 1), (3, 3), (1, 9)], [(5, 3), (1, 9)], [(3, 9)]]``, or ``tuner.oracle.brackets``.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    x : str, default 'epochs spent'
        Name of the horizontal axis.

    Returns
    -------
    Axes
    """
    ax = style.axes(ax, (7.4, 1.5 + 0.6 * len(brackets)))
    Brackets(ax).update(brackets)
    style.label(ax, title, f"{x}    (in each part: trials × epochs each has reached)")
    return ax


def describe_brackets(brackets: Sequence[Bracket]) -> str:
    """Say in words what each bracket does and costs."""
    parts = []
    for bracket in map(pairs, brackets):
        rounds = ", then ".join(f"{n} up to epoch {epochs}" for n, epochs in bracket)
        parts.append(f"{rounds}: {sum(spent(bracket))} epochs.")
    return f"{len(brackets)} brackets. {' '.join(parts)}"
