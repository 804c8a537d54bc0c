"""How explorers look on a page: one style block, nothing from elsewhere."""

from __future__ import annotations

STYLE = """
<style>
.course-explorer { font-size: 16px; padding: 4px 2px; }
.course-explorer .widget-html-content { line-height: 1.4; font-size: 16px; }
.course-explorer .course-title { font-size: 20px; font-weight: 600; margin: 0 0 4px; }
.course-explorer .course-row { flex-flow: row wrap; }
.course-explorer .course-body { flex-flow: row wrap; align-items: flex-start; }
.course-explorer .course-column { flex: 0 0 370px; margin-right: 14px; }
.course-explorer .course-view { flex: 1 1 420px; min-width: 0; }
.course-explorer .course-field { height: auto; min-height: 34px;
  width: calc(100% - 6px); }
.course-explorer .course-field .widget-label,
.course-explorer .course-field .widget-readout,
.course-explorer .course-field select,
.course-explorer .course-field .widget-label-basic {
  font-family: var(--jp-code-font-family, monospace); font-size: 15px; line-height: 32px; }
.course-explorer .course-field .widget-label { text-align: left; }
.course-explorer .course-field .widget-readout { min-width: 62px; font-weight: 600; }
.course-explorer .noUi-handle { background: #0072B2; border-color: #0072B2; }
.course-explorer .noUi-handle:focus-visible,
.course-explorer button:focus-visible { outline: 3px solid #E69F00; outline-offset: 2px; }
.course-explorer button.jupyter-button { width: auto; min-width: 60px; height: 34px;
  font-size: 15px; line-height: 32px; padding: 0 12px; }
.course-explorer .course-summary { white-space: pre-wrap; margin: 4px 0; font-size: 17px;
  font-variant-numeric: tabular-nums; }
.course-explorer .course-name { font-weight: 600; line-height: 1.3;
  font-family: var(--jp-code-font-family, monospace); overflow-wrap: anywhere; font-size: 14px; }
.course-explorer pre { margin: 4px 0; padding: 8px; overflow-x: auto; font-size: 14px;
  background: var(--jp-layout-color2, #f2f2f2); }
.course-explorer pre.course-error { border-left: 6px solid #D55E00; white-space: pre-wrap; }
.course-explorer .course-words { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap; }
.course-explorer .course-progress { white-space: nowrap; line-height: 34px; }
.course-explorer .course-progress progress { width: 110px; accent-color: #0072B2; }
/* Among slides this strip, which folds an output, lies over its left end. */
.jp-Deck .jp-OutputArea-promptOverlay { display: none !important; }
</style>
"""
