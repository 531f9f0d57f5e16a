/**
 * Colours and shapes of all elements. Light and dark follow the system unless the host has
 * `theme="light"` or `theme="dark"`. Contrast of every pair is 6.8 or better.
 */
export const LIGHT = `
  --ink: #171b21; --ink-soft: #4a525c; --paper: #ffffff; --rule: #dde2e8; --wash: #f2f4f6;
  --neutral: #4a525c; --neutral-bg: #f2f4f6;
  --recognised: #1f4e8c; --recognised-bg: #eaf1fb;
  --unrecognised: #7a4b00; --unrecognised-bg: #fff4dc;
  --invalid: #a1121f; --invalid-bg: #fdecec;
  --recovered: #5b3a8c; --recovered-bg: #f3edfb;
  --hatch: #a1121f1f; --shadow: 0 1px 2px #10182814, 0 8px 28px #10182824;`;

export const DARK = `
  --ink: #edf0f3; --ink-soft: #b3bcc7; --paper: #171b21; --rule: #323944; --wash: #22272e;
  --neutral: #b3bcc7; --neutral-bg: #22272e;
  --recognised: #9cc4ff; --recognised-bg: #16263d;
  --unrecognised: #f5c46b; --unrecognised-bg: #332611;
  --invalid: #ff9a9a; --invalid-bg: #3a1518;
  --recovered: #cdb4ff; --recovered-bg: #281d3d;
  --hatch: #ff9a9a1f; --shadow: 0 1px 2px #0008, 0 8px 28px #000a;`;

export const THEME = `
:host { ${LIGHT} color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :host(:not([theme='light'])) { ${DARK} } }
:host([theme='dark']) { ${DARK} color-scheme: dark; }
:host([theme='light']) { color-scheme: light; }
:host { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); }
:host([hidden]) { display: none; }
*, *::before { box-sizing: border-box; }

.glyph { inline-size: 1.5em; block-size: 1.5em; flex: none; }
.glyph .line, .glyph .cut { fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.glyph .fill { fill: currentColor; }
.glyph .cut { stroke: var(--tone-bg); stroke-width: 2.2; }
.glyph .cut-fill { fill: var(--tone-bg); }

.tone-recognised { --tone: var(--recognised); --tone-bg: var(--recognised-bg); }
.tone-unrecognised { --tone: var(--unrecognised); --tone-bg: var(--unrecognised-bg); }
.tone-invalid { --tone: var(--invalid); --tone-bg: var(--invalid-bg); }
.tone-recovered { --tone: var(--recovered); --tone-bg: var(--recovered-bg); }
.tone-neutral { --tone: var(--neutral); --tone-bg: var(--neutral-bg); }

button { font: inherit; color: inherit; cursor: pointer; }
:focus-visible { outline: 2px solid var(--recognised); outline-offset: 2px; border-radius: 6px; }
.name { font-weight: 600; overflow-wrap: anywhere; }
.show-all { margin-inline-start: .5em; padding: 0 .5em; border: 1px solid currentColor; border-radius: 6px; background: none; font-size: .87em; }
.hint { color: var(--unrecognised); font-size: .93em; }
.note { display: block; color: var(--ink-soft); font-size: .93em; overflow-wrap: anywhere; }
@media (forced-colors: active) {
  .glyph .cut { stroke: Canvas; } .glyph .cut-fill { fill: Canvas; } .chip, .panel, .pin { border: 1px solid CanvasText; }
}`;

export const SUMMARY = `
:host { display: block; }
.chip { display: flex; align-items: center; gap: .6em; padding: .6em .85em; border-radius: 12px; background: var(--tone-bg);
  color: var(--tone); font-size: 1.13em; font-weight: 650; line-height: 1.3; margin: 0; overflow-wrap: anywhere; }
.pending .glyph { animation: turn 2.4s linear infinite; }
@keyframes turn { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) { .pending .glyph { animation: none; } }
.reason { margin: .9em .1em 0; max-inline-size: 62ch; }
.more { margin: .35em .1em 0; max-inline-size: 62ch; color: var(--ink-soft); }
dl { display: grid; grid-template-columns: minmax(7.5em, auto) 1fr; gap: .55em 1.1em; margin: 1.2em .1em 0; }
dt { color: var(--ink-soft); }
dd { margin: 0; min-inline-size: 0; overflow-wrap: anywhere; }
dd p { margin: 0; }
.zones .zone:first-child { margin-block-start: .3em; padding-block-start: 0; border: 0; }
section.zone { margin-block-start: 1.4em; padding-block-start: 1.1em; border-block-start: 1px solid var(--rule); }
h3 { font-size: .93em; font-weight: 650; margin: 0 .1em .5em; }
h4 { font-size: .9em; font-weight: 650; margin: 1em 0 .3em; }
.lead { margin: 0 .1em .5em; max-inline-size: 62ch; }
.attached { color: var(--ink-soft); font-size: .93em; }
.attached .name { font-weight: 500; }
ul { margin: 0; padding-inline-start: 1.2em; }
li + li { margin-block-start: .35em; }
.fold { margin-block-start: 1em; border-block-start: 1px solid var(--rule); padding-block-start: .7em; }
.fold + .fold { margin-block-start: .7em; }
summary { cursor: pointer; font-weight: 600; padding: .25em .1em; }
.fold .fold { border: 0; margin-block-start: .2em; padding-block-start: 0; }
.fold-body { padding: .3em .1em .2em; }
.unverified { margin-block-start: .6em; padding: .9em; border-radius: 10px; border: 1px dashed var(--invalid);
  background: repeating-linear-gradient(-45deg, transparent 0 9px, var(--hatch) 9px 11px); }
.warning { margin: 0 0 .8em; padding: .6em .8em; border-radius: 8px; background: var(--invalid-bg); color: var(--invalid); font-weight: 600; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(17em, 100%), 1fr)); gap: .4em 1.6em; }
code, pre { font: .86em/1.5 ui-monospace, 'Liberation Mono', monospace; overflow-wrap: anywhere; }
pre { margin: .3em 0 .6em; padding: .7em .8em; background: var(--wash); border-radius: 8px; max-block-size: 22em; overflow: auto; white-space: pre-wrap; }
.says { margin: 0 .1em .5em; font-size: .93em; color: var(--ink-soft); overflow-wrap: anywhere; }
.status { display: grid; grid-template-columns: 7em 1fr; justify-items: start; gap: .1em .6em; }
.status .note { grid-column: 2; }
.kind { font-size: .8em; font-weight: 650; padding: .1em .5em; border-radius: 5px; background: var(--tone-bg); color: var(--tone); align-self: start; margin-block-start: .15em; }
ul.plain { list-style: none; padding: 0; }
@media (max-width: 520px) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-block-end: .7em; } }`;

export const BADGE = `
:host { display: inline-block; position: relative; }
:host([for]) { display: inline; }
.pin { position: absolute; inset-block-start: 8px; inset-inline-start: 8px; display: flex; align-items: center; gap: 7px;
  max-inline-size: calc(100% - 16px); min-block-size: 32px; padding: 3px 4px; border-radius: 999px; border: 0; background: #fff;
  color: #111; box-shadow: 0 0 0 1.5px #111, 0 2px 10px #0006; --tone-bg: #fff; font-size: 14px; line-height: 1.2; }
.pin .glyph { inline-size: 24px; block-size: 24px; color: var(--mark); }
.pin[hidden], .panel[hidden] { display: none; }
.pin .words { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-inline-size: 0; transition: max-inline-size .18s; }
.pin:hover .words, .pin:focus-visible .words, .pin[aria-expanded='true'] .words { max-inline-size: 22em; padding-inline-end: 8px; }
.pin:focus-visible { outline-offset: 3px; border-radius: 999px; }
@media (prefers-reduced-motion: reduce) { .pin .words { transition: none; } }
.pin.tone-recognised { --mark: #1f4e8c; } .pin.tone-unrecognised { --mark: #7a4b00; } .pin.tone-invalid { --mark: #a1121f; }
.pin.tone-recovered { --mark: #5b3a8c; } .pin.tone-neutral { --mark: #4a525c; }
.pin.pending .glyph { animation: turn 2.4s linear infinite; }
@keyframes turn { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) { .pin.pending .glyph { animation: none; } }
.panel { position: absolute; z-index: 10; inset-block-start: 48px; inset-inline-start: 8px; inline-size: min(440px, 92vw); max-block-size: 75vh;
  overflow: auto; padding: 16px; border-radius: 16px; background: var(--paper); color: var(--ink); box-shadow: var(--shadow), 0 0 0 1px var(--rule); text-align: start; }
.origin { margin: 1.2em .1em 0; color: var(--ink-soft); font-size: .87em; }`;

const sheets = new Map<string, CSSStyleSheet>();

/** Gives a shadow root its styles without a style element, so that any style policy allows them. */
export function adopt(root: ShadowRoot, ...texts: readonly string[]): void {
  root.adoptedStyleSheets = texts.map((text) => {
    const known = sheets.get(text);
    if (known !== undefined) return known;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    sheets.set(text, sheet);
    return sheet;
  });
}
