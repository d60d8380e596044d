// Fields that are shown, hidden, enabled or disabled according to others.
import { onShown, question } from './page.js';
import { equal, getField, holders, live, text, val } from './values.js';

let functions = new Map();
export const condition = (id, test) => functions.set(id, test);

// holds says whether a condition is met; null if what it asks about is not here.
function holds(c) {
  if (!c.script) {
    const holder = live(c.variable);
    return holder ? equal(text(holder), c.value) : null;
  }
  if (c.vars?.length && !c.vars.some((v) => holders(v).length)) return null;
  try { return Boolean(functions.get(c.id)?.(val, getField)); } catch (err) { console.error(`condition ${c.id}:`, err); return null; }
}

// state of a field: yes, disabled (shown, but cannot be used) or no.
function state(conditions) {
  let worst = 'yes';
  for (const c of conditions) {
    const met = holds(c);
    if (met === null ? /show|hide/.test(c.effect) : (c.effect === 'show') !== met && /show|hide/.test(c.effect)) return 'no';
    if (/able/.test(c.effect) && (met ?? false) !== (c.effect === 'enable')) worst = 'disabled';
  }
  return worst;
}

function settle(box, now) {
  if (box.dataset.applies === now) return false;
  if (now === 'no') delete box.dataset.applies; else box.dataset.applies = now;
  for (const el of box.querySelectorAll('input, select, textarea, button')) {
    if (now === 'yes') { if (el.dataset.held) { el.disabled = false; delete el.dataset.held; } }
    else if (!el.disabled) { el.disabled = true; el.dataset.held = 'true'; }
  }
  return true;
}

export function evaluate() {
  const boxes = [...(question()?.querySelectorAll('[data-when]') ?? [])].map((el) => [el, JSON.parse(el.dataset.when)]);
  for (let pass = 0; pass <= boxes.length; pass += 1) {
    let changed = false;
    for (const [box, conditions] of boxes) {
      const now = state(conditions);
      if ((box.dataset.applies ?? 'no') !== now || (now === 'no' && !box.dataset.seen)) { settle(box, now); changed = true; }
      box.dataset.seen = 'true';
    }
    if (!changed) return;
  }
}

let waiting = 0;
document.addEventListener('change', evaluate);
document.addEventListener('input', (e) => {
  clearTimeout(waiting);
  if (e.target.closest('#question')) waiting = setTimeout(evaluate, 250);
});
onShown(evaluate);
document.addEventListener('htmx:beforeSwap', ({ detail }) => { if (detail.shouldSwap && detail.target?.id === 'question') functions = new Map(); });
