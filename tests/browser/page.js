// Helpers inside JupyterLab's page. Elements are numbered in document order at each call.
window.lesson = {
  panel: () => jupyterapp.shell.currentWidget,

  // A promise that is never kept would keep a test waiting for ever.
  within(seconds, promise, what) {
    const late = new Promise((_, reject) => setTimeout(
      () => reject(new Error(`${what} took more than ${seconds} s; the page shows: `
        + (document.querySelector(".jp-Dialog")?.innerText ?? "no dialog"))), seconds * 1000));
    return Promise.race([promise, late]);
  },

  async ready(seconds) {
    const context = this.panel().context.sessionContext;
    await this.within(seconds, context.ready, "starting the kernel");
    await this.within(seconds, context.session.kernel.info, "the kernel's first answer");
  },

  runAll(seconds) {
    const done = jupyterapp.commands.execute("notebook:run-all-cells");
    return this.within(seconds, done, "running all cells");
  },

  // Run the cells with these numbers, counted from 0, in their order.
  runCells(indices, seconds) {
    const notebook = this.panel().content;
    notebook.deselectAll();
    notebook.activeCellIndex = indices[0];
    indices.forEach((index) => notebook.select(notebook.widgets[index]));
    const done = jupyterapp.commands.execute("notebook:run-cell");
    return this.within(seconds, done, "running the live cells");
  },

  busy() {
    const status = this.panel().context.sessionContext.session?.kernel?.status;
    // textContent, for innerText would lay the whole page out anew each time.
    const outputs = [...document.querySelectorAll(".jp-OutputArea-output")];
    return status !== "idle" || outputs.some((o) => o.textContent.includes("Loading widget..."));
  },

  // Text of everything that went wrong, wherever in the page it is shown.
  errors() {
    const found = [];
    const cells = [...document.querySelectorAll(".jp-Notebook .jp-Cell")];
    cells.forEach((cell, index) => {
      const excused = (cell.dataset.tags ?? "").includes("raises-exception");
      for (const output of cell.querySelectorAll(".jp-OutputArea-output")) {
        const mime = output.dataset.mimeType ?? output.querySelector("[data-mime-type]")?.dataset.mimeType;
        const text = output.innerText.trim();
        const wrong = mime === "application/vnd.jupyter.error"
          || mime === "application/vnd.jupyter.stderr"
          || output.querySelector(".course-error") !== null
          || /Traceback \(most recent call last\)|Error displaying widget|Error rendering|model not found/i.test(text);
        if (wrong && !excused) found.push(`cell ${index + 1}: ${text.slice(0, 1500)}`);
      }
    });
    return [...new Set(found)];
  },

  // Buttons in sight that read `text`, in the page or in the live part of a slider.
  buttons(text, index = null) {
    const where = index === null ? document : this.live(this.sliderElements()[index]);
    return [...where.querySelectorAll("button.jupyter-button")].filter(
      (button) => this.shown(button) && button.innerText.trim() === text);
  },

  // Press them all; return how many there were.
  press(text, index = null) {
    const buttons = this.buttons(text, index);
    buttons.forEach((button) => button.click());
    return buttons.length;
  },

  // The live part an element belongs to: the output that holds it.
  live: (element) => element.closest(".jp-OutputArea-output") ?? document.body,

  shown: (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== "hidden";
  },

  sliderElements() {
    return [...document.querySelectorAll(".jp-Notebook .noUi-target")].filter(
      (slider) => this.shown(slider) && !slider.hasAttribute("disabled"));
  },

  sliders() {
    return this.sliderElements().map((slider) => {
      const row = slider.closest(".widget-inline-hbox, .widget-inline-vbox") ?? slider.parentElement;
      const label = row.querySelector(".widget-label")?.innerText.trim();
      return {
        label: label || slider.querySelector(".noUi-handle").getAttribute("aria-label") || "",
        handles: slider.querySelectorAll(".noUi-handle").length,
        vertical: slider.classList.contains("noUi-vertical"),
      };
    });
  },

  value(index) {
    const slider = this.sliderElements()[index];
    const row = slider.closest(".widget-inline-hbox, .widget-inline-vbox") ?? slider.parentElement;
    return row.querySelector(".widget-readout")?.innerText.trim()
      ?? slider.querySelector(".noUi-handle").getAttribute("aria-valuetext");
  },

  // Where the first handle of slider `index` stands, from 0 to 1.
  place(index) {
    const handle = this.sliderElements()[index].querySelector(".noUi-handle");
    const [low, now, high] = ["min", "now", "max"].map((end) => +handle.getAttribute(`aria-value${end}`));
    return (now - low) / (high - low);
  },

  // Note when pictures of the live part around slider `index` change, and when keys go down.
  watch(index) {
    this.frames = [];
    this.keys = [];
    this.observer?.disconnect();
    const isPicture = (node) => node.nodeName === "IMG" || node.nodeName === "CANVAS"
      || node.closest?.("svg") || node.querySelector?.("img, svg, canvas");
    this.observer = new MutationObserver((changes) => {
      if (changes.some((change) => [change.target, ...change.addedNodes].some(isPicture)
          && (change.attributeName !== "style" || change.target.closest("svg")))) {
        this.frames.push(performance.now());
      }
    });
    this.observer.observe(this.live(this.sliderElements()[index]), {
      subtree: true, childList: true, attributes: true, attributeFilter: ["src", "d", "points", "style"],
    });
    if (!this.listening) {
      addEventListener("keydown", () => this.keys.push(performance.now()), true);
      this.listening = true;
    }
  },

  // Whether a live part offers to stop what it computes.
  working() {
    return this.buttons("■ stop").length > 0;
  },

  now: () => performance.now(),

  scroller: () => document.querySelector(".jp-Notebook .jp-WindowedPanel-outer")
    ?? document.querySelector(".jp-NotebookPanel-notebook"),
};
