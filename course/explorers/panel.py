"""What an explorer looks like in a notebook: controls, buttons, picture, numbers, errors.

A panel forwards what the reader does to the explorer and shows what the explorer tells it;
it decides nothing. Its handlers return at once.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from traceback import format_exception
from typing import Any, NamedTuple

from ipywidgets import HTML, Box, Button, HBox, Image, Layout, Text, ToggleButton, VBox

from course.explorers.beside import answer_beside_cells
from course.explorers.controls import Toggle
from course.explorers.style import STYLE
from course.projector import enlarged


class Frozen(NamedTuple):
    """A picture kept beside the live one, with what it shows."""

    state: Any
    summary: str
    png: bytes


class Picture:
    """One picture with a line above it and its numbers below."""

    def __init__(self, width: int) -> None:
        self._caption = HTML(layout=Layout(display="none"))
        self._image = Image(
            format="png", layout=Layout(width="100%", height="auto", max_width=f"{width}px")
        )
        self._summary = HTML()
        self.root = VBox(
            [self._caption, self._image, self._summary],
            layout=Layout(flex="1 1 0", min_width="0", max_width=f"{width}px"),
        )

    def show(self, png: bytes, summary: str, live: str = "off") -> None:
        """Show a picture; ``live="polite"`` has a screen reader say the numbers."""
        self._image.value = png
        self._summary.value = (
            f'<div class="course-summary" aria-live="{live}">{escape(summary)}</div>'
        )

    def caption(self, text: str) -> None:
        """Write `text` above the picture; nothing is written for an empty one."""
        self._caption.value = f'<div class="course-name">{escape(text)}</div>'
        self._caption.layout.display = "" if text else "none"


class Panel:
    """The widget of one explorer.

    Parameters
    ----------
    explorer : Explorer
        Whose controls these are.
    width : int
        Of the picture, in pixels; a narrow page shrinks it.
    """

    def __init__(self, explorer: Any, width: int) -> None:
        self.explorer = explorer
        self.fields = {control.name: self._field(control) for control in explorer.controls}
        self._presets = {name: self._preset(name) for name in explorer.presets}
        self._live, self._frozen = Picture(width), Picture(width)
        self._frozen.root.layout.display = "none"
        self._words, self._error = HTML(), HTML()
        self._line = Text(description="state", continuous_update=False)
        self._line.layout = Layout(display="none", width="98%")
        self._line.observe(self.handler(self._restore), "value")
        self._code = HTML(layout=Layout(display="none"))
        self._stop = self.button("■ stop", "end what is being computed", explorer.stop)
        self._stop.button_style = "danger"
        self._stop.layout.visibility = "hidden"
        self._progress = HTML()
        self._freeze = self.toggle("freeze", "keep this picture to compare", self._keep)
        self.root = self._arrange()
        self.root.add_class("course-explorer")
        self.show_state(explorer.state)
        self.show_frozen(explorer.frozen)
        answer_beside_cells(self.root)

    # What the explorer tells.

    def show(self, png: bytes, summary: str, words: str) -> None:
        """Show a new picture, and that there is no error."""
        self._live.show(png, summary, live="polite")
        self._words.value = f'<div class="course-words">{escape(words)}</div>'
        self._error.value = ""
        self._write_code()

    def show_state(self, state: Any) -> None:
        """Take every control to where `state` has it."""
        for control, value in zip(self.explorer.controls, state, strict=True):
            field = self.fields[control.name]
            # Its own value, tidied, is not sent back to a slider that is being dragged.
            if control.clean(field.value) != value:
                field.value = value
        idle = self.explorer.idle(state)
        for name, field in self.fields.items():
            field.disabled = name in idle
        for name, button in self._presets.items():
            button.button_style = "primary" if self.explorer.is_at(name) else ""
        self._line.value = self.explorer.share()
        self._name_pictures()

    def show_frozen(self, frozen: Frozen | None) -> None:
        """Show the frozen picture beside the live one, or put it away."""
        self._freeze.value = frozen is not None
        self._frozen.root.layout.display = "none" if frozen is None else ""
        if frozen is not None:
            self._frozen.show(frozen.png, frozen.summary)
        self._name_pictures()

    def show_error(self, error: Exception) -> None:
        """Show an error where the reader looks, below the picture."""
        text = escape("".join(format_exception(error)))
        self._error.value = f'<pre class="course-error" role="alert">{text}</pre>'

    def show_busy(self, busy: bool, share: float | None = None) -> None:
        """Offer the stop button, or take it away; its place stays, so nothing jumps.

        Where the `share` of the work that is done is known, a bar beside the button says it.
        """
        self._stop.layout.visibility = "visible" if busy else "hidden"
        if not busy:
            self._progress.value = ""
        elif share is not None:
            words = f"{share:.0%}"
            bar = f'<progress max="1" value="{share:.2f}" aria-label="done">{words}</progress>'
            self._progress.value = f'<div class="course-progress">{bar} {words}</div>'

    # Pieces, and what the reader does.

    def actions(self) -> list[Any]:
        """Return the buttons below the controls."""
        reset = self.button("reset", "every control to its default", self._reset)
        share = self.toggle("share", "all controls as one line of text", self._show_line)
        code = self.toggle("code", "show me the code", self._show_code)
        return [reset, self._freeze, share, code, self._stop, self._progress]

    def button(self, text: str, tooltip: str, action: Callable[[], None]) -> Button:
        """Return a button that does `action`."""
        button = Button(description=text, tooltip=tooltip)
        button.on_click(self.handler(lambda _: action()))
        return button

    def toggle(self, text: str, tooltip: str, action: Callable[[bool], None]) -> ToggleButton:
        """Return a button that stays down, and does ``action(whether it is down)``."""
        button = ToggleButton(description=text, tooltip=tooltip)
        button.observe(self.handler(lambda change: action(change.new)), "value")
        return button

    def handler(self, action: Callable[[Any], None]) -> Callable[[Any], None]:
        """Return `action` with its errors shown; ipywidgets alone would only log them."""

        def handle(event: Any) -> None:
            try:
                action(event)
            except Exception as error:
                self.explorer.fail(error)

        return handle

    def _arrange(self) -> VBox:
        title = HTML(
            f'{enlarged(STYLE)}<div class="course-title">{escape(self.explorer.title)}</div>'
        )
        presets = HBox([*self._steps(), *self._presets.values()])
        actions = HBox(self.actions())
        column = VBox([*self._all_controls(), *self.fields.values(), actions])
        pictures = HBox([self._frozen.root, self._live.root])
        view = VBox([pictures, self._words, self._error])
        body = Box([column, view])
        classes = {presets: "row", actions: "row", column: "column", view: "view", body: "body"}
        for box, name in classes.items():
            box.add_class(f"course-{name}")
        return VBox([title, presets, body, self._line, self._code])

    def _all_controls(self) -> list[ToggleButton]:
        hidden = [self.fields[c.name] for c in self.explorer.controls if c.advanced]

        def show(all_of_them: bool) -> None:
            for field in hidden:
                field.layout.display = "" if all_of_them else "none"

        show(False)
        return [self.toggle("all controls", "show the others, too", show)] if hidden else []

    def _field(self, control: Any) -> Any:
        field = control.widget(getattr(self.explorer.state, control.name))
        field.description = control.name
        field.tooltip = control.label or control.name
        labels = [c.name for c in self.explorer.controls if not isinstance(c, Toggle)]
        longest = max(map(len, labels), default=0)  # the name of a toggle stands on its right
        field.style.description_width = f"{longest + 1}ch"
        field.add_class("course-field")
        field.add_class(f"course-{control.name}")

        def moved(change: Any) -> None:
            value = control.clean(change.new)
            now = getattr(self.explorer.state, control.name)
            if change.new != now and value != now:
                self.explorer.post(**{control.name: value})

        field.observe(self.handler(moved), "value")
        return field

    def _name_pictures(self) -> None:
        """Write A and B above the two pictures, with the controls in which they differ."""
        frozen = self.explorer.frozen
        if frozen is None:
            self._live.caption("")
            return
        for letter, picture, state, other in (
            ("A", self._frozen, frozen.state, self.explorer.state),
            ("B", self._live, self.explorer.state, frozen.state),
        ):
            names = [n for n in state._fields if getattr(state, n) != getattr(other, n)]
            differs = ", ".join(f"{n}={getattr(state, n)!r}" for n in names)
            picture.caption(f"{letter}: {differs or 'the same'}")

    def _preset(self, name: str) -> Button:
        def apply() -> None:
            self.explorer.apply(name, wait=False)

        return self.button(name, f"preset: {self.explorer.presets[name]}", apply)

    def _steps(self) -> list[Button]:
        """Return two buttons that lead from preset to preset: Enter presses them again."""
        if len(self.explorer.presets) < 2:
            return []
        return [
            self.button("◀", "the preset before; Enter goes on", lambda: self._step(-1)),
            self.button("▶", "the next preset; Enter goes on", lambda: self._step(1)),
        ]

    def _step(self, by: int) -> None:
        self.explorer.next_preset(by, wait=False)

    def _reset(self) -> None:
        self.explorer.reset(wait=False)

    def _restore(self, change: Any) -> None:
        if change.new != self.explorer.share():
            self.explorer.restore(change.new, wait=False)

    def _keep(self, down: bool) -> None:
        if down and self.explorer.frozen is None:
            self.explorer.freeze()
        elif not down and self.explorer.frozen is not None:
            self.explorer.thaw()

    def _show_line(self, down: bool) -> None:
        self._line.layout.display = "" if down else "none"

    def _show_code(self, down: bool) -> None:
        self._code.layout.display = "" if down else "none"
        self._write_code()

    def _write_code(self) -> None:
        if self._code.layout.display == "":
            self._code.value = f"<pre>{escape(self.explorer.code())}</pre>"
