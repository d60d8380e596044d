// What the fields of the screen hold, by the variables they set.
import { decode, question } from './page.js';

const same = (name) => String(name).replaceAll('"', "'");
const all = (root, selector) => [...root.querySelectorAll(selector)];

// holders finds what stands for a variable: boxes round fields, hidden inputs,
// or single boxes of a list of checkboxes.
export function holders(name) {
  const q = question();
  if (!q) return [];
  const wanted = same(name);
  const extra = /^(.*)\[(nota|aota)\]$/.exec(wanted);
  if (extra) return holders(extra[1]).flatMap((h) => all(h, extra[2] === 'nota' ? '[data-none-of]' : '[data-all-of]'));
  return all(q, '[data-variable]').filter((el) => same(el.dataset.variable) === wanted);
}

export const inputs = (holder) => (holder.matches('input, select, textarea') ? [holder] : all(holder, 'input, select, textarea').filter((el) => el.name));

// applies reports whether nothing hides or disables the holder.
export function applies(holder) {
  for (let el = holder; el && el.id !== 'question'; el = el.parentElement) if (el.hidden || (el.dataset.when !== undefined && el.dataset.applies !== 'yes')) return false;
  return !inputs(holder).every((el) => el.matches(':disabled')) || !inputs(holder).length;
}

export const live = (name) => { const hs = holders(name); return hs.find(applies) ?? hs[0]; };

// text is the value as conditions compare it.
export function text(holder) {
  if (!applies(holder)) return '';
  const [first, ...rest] = inputs(holder);
  if (!first) return '';
  if (first.type === 'checkbox' && !rest.length) return first.checked ? first.value : 'False';
  if (first.type === 'radio') return [first, ...rest].find((r) => r.checked)?.value ?? '';
  if (first.dataset.byLabel !== undefined) return [...(first.list?.options ?? [])].find((o) => o.value === first.value.trim())?.dataset.value ?? first.value;
  const value = first.value;
  return holder.matches('[class*="-datatype-object"]') ? decode(value) : value;
}

const NUMBER = /^-?(\d+\.?\d*|\.\d+)$/;
export function equal(a, b) {
  if (b === 'None') return a === '' || a === 'None';
  if (NUMBER.test(a) && NUMBER.test(b)) return Number(a) === Number(b);
  return a === b;
}

// val is what scripts of authors get.
export function val(name) {
  const holder = live(name);
  if (!holder || !applies(holder)) return null;
  if (holder.dataset.control === 'checkboxes') return all(holder, 'input[data-key]:checked').map((el) => el.dataset.key);
  if (holder.dataset.control === 'multiselect') return [...inputs(holder)[0].selectedOptions].map((o) => o.value);
  const value = text(holder);
  if (value === 'True') return true;
  if (value === 'False') return false;
  return NUMBER.test(value) ? Number(value) : value;
}

export function getField(name) {
  const holder = live(name);
  return holder ? inputs(holder).find((el) => el.checked) ?? inputs(holder)[0] ?? null : null;
}

export function setField(name, value) {
  const holder = live(name);
  if (!holder) return;
  for (const el of inputs(holder)) put(el, value);
}

// listed is what a text field that stands for a list shows for a value.
const listed = (el, word) => [...(el.list?.options ?? [])].find((o) => o.dataset.value === word)?.value ?? word;

function put(el, value) {
  const word = value === true ? 'True' : value === false ? 'False' : value == null ? '' : String(value);
  if (el.type === 'radio') { if (el.value !== word) return; el.checked = true; }
  else if (el.dataset.key !== undefined) el.checked = Array.isArray(value) ? value.includes(el.dataset.key) : Boolean(value);
  else if (el.type === 'checkbox') el.checked = word === el.value || value === true;
  else if (el.multiple && el.tagName === 'SELECT') for (const o of el.options) o.selected = [value].flat().map(String).includes(o.value);
  else if (el.dataset.byLabel !== undefined) el.value = listed(el, word);
  else if (el.type !== 'file') el.value = word;
  el.dispatchEvent(new Event('change', { bubbles: true }));
}

// fill sets a field as a background action wants it: to a value, or to
// { choices, value }.
export function fill(name, wanted) {
  const both = wanted && typeof wanted === 'object' && !Array.isArray(wanted) && ('choices' in wanted || 'value' in wanted);
  const holder = live(name);
  if (!holder) return;
  if (both && wanted.choices) offer(holder, pairs(wanted.choices));
  if (!both) setField(name, wanted);
  else if ('value' in wanted) setField(name, wanted.value);
}

// pairs reads choices: texts, an object, or a list of pairs or one-entry objects.
function pairs(choices) {
  if (!Array.isArray(choices)) return Object.entries(choices);
  return choices.map((c) => (Array.isArray(c) ? c : c && typeof c === 'object' ? Object.entries(c)[0] : [c, c]));
}

// offer replaces what a list, or a text field with suggestions, offers.
function offer(holder, choices) {
  const [el] = inputs(holder);
  if (!el) return;
  const option = ([value, label]) => Object.assign(document.createElement('option'), { value: String(value), textContent: String(label) });
  if (el.tagName === 'SELECT') {
    const none = [...el.options].find((o) => o.value === '');
    el.replaceChildren(...(none ? [none] : []), ...choices.map(option));
  } else if (el.list) {
    el.list.replaceChildren(...choices.map(([value, label]) => {
      const o = option([label, label]);
      o.dataset.value = String(value);
      return o;
    }));
  }
}

// fieldTexts is what all fields hold, as it would be posted.
export function fieldTexts() {
  const out = {};
  for (const name of getFields()) {
    const holder = live(name);
    const list = holder?.dataset.control === 'checkboxes' || holder?.dataset.control === 'multiselect';
    if (holder) out[name] = list ? val(name) : text(holder);
  }
  return out;
}

export const getFields = () => [...new Set(all(question() ?? document, '[data-variable]').map((el) => el.dataset.variable).filter(Boolean))];
getFields.values = () => Object.fromEntries(getFields().map((name) => [name, val(name)]));
