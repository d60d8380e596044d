// Boxes and fields that act upon each other: none, all, check, uncheck, disable.
import { onShown, question } from './page.js';
import { holders, inputs } from './values.js';

const all = (root, selector) => [...root.querySelectorAll(selector)];
const change = (el, checked) => { if (el.checked !== checked) { el.checked = checked; el.dispatchEvent(new Event('change', { bubbles: true })); } };

function listOfBoxes(el, set) {
  const items = all(set, 'input[data-key]');
  const [none, every] = [set.querySelector('[data-none-of]'), set.querySelector('[data-all-of]')];
  const quietly = (box, on) => { if (box) box.checked = on; };
  if (el === none && el.checked) { items.forEach((b) => quietly(b, false)); quietly(every, false); }
  else if (el === every && el.checked) { items.forEach((b) => quietly(b, true)); quietly(none, false); }
  else if (el !== none && el !== every) { if (el.checked) quietly(none, false); else quietly(every, false); }
}

// fellows are the fields that an attribute's list names, or all of its kind; of
// a list that is filled in on one screen, those of the same item.
function fellows(field, list, selector) {
  const names = list === '*' ? null : JSON.parse(list);
  const boxes = names ? names.flatMap(holders) : all(field.closest('.list-row') ?? question(), selector);
  return boxes.filter((b) => b !== field);
}
const PLAIN = '.field[data-control="checkbox"]';
const box = (field) => field.querySelector('input[type=checkbox]');

function otherBoxes(field) {
  const me = box(field);
  if (field.dataset.uncheckOthers && me.checked) fellows(field, field.dataset.uncheckOthers, PLAIN).forEach((f) => box(f) && change(box(f), false));
  if (field.dataset.checkOthers && me.checked) fellows(field, field.dataset.checkOthers, `${PLAIN}:not([data-uncheck-others])`).forEach((f) => box(f) && change(box(f), true));
  if (me.checked) for (const f of all(question(), '[data-uncheck-others]')) if (f !== field && fellows(f, f.dataset.uncheckOthers, PLAIN).includes(field)) change(box(f), false);
  if (!me.checked) for (const f of all(question(), '[data-check-others]')) if (f !== field && fellows(f, f.dataset.checkOthers, PLAIN).includes(field) && box(f).checked) { box(f).checked = false; }
}

const filled = (field) => inputs(field).some((el) => (/^(radio|checkbox)$/.test(el.type) ? el.checked && el.value !== '' : el.value !== ''));
function disableOthers() {
  const q = question();
  const held = new Set();
  for (const field of all(q, '[data-disable-others]')) if (filled(field) && !inputs(field).some((el) => el.dataset.outdone)) for (const f of fellows(field, field.dataset.disableOthers, '.field')) inputs(f).forEach((el) => held.add(el));
  for (const el of all(q, 'input:not([type=hidden]), select, textarea')) {
    if (held.has(el) && !el.disabled) { el.disabled = true; el.dataset.outdone = 'true'; } else if (!held.has(el) && el.dataset.outdone) { el.disabled = false; delete el.dataset.outdone; }
  }
}

document.addEventListener('change', ({ target: el }) => {
  const field = el.closest?.('.field');
  if (!field || !question()?.contains(field)) return;
  const set = el.closest('[data-control="checkboxes"]');
  if (set && el.type === 'checkbox') listOfBoxes(el, set);
  else if (field.dataset.control === 'checkbox') otherBoxes(field);
  disableOthers();
});
document.addEventListener('input', (e) => { if (e.target.closest?.('[data-disable-others]')) disableOthers(); });
onShown(() => { if (question()?.querySelector('[data-disable-others]')) disableOthers(); });
