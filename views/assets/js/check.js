// What the browser can tell to be wrong is said when the field is left. The
// server checks everything again; an empty field is nobody's mistake yet.
import { question } from './page.js';

const PLAIN = /^\s*-?\d+(\.\d+)?\s*$/; // other ways to write a number are left to the server
let pressed = null; // on its way to a button: nothing may move away under the pointer
document.addEventListener('pointerdown', (e) => { pressed = e.target.closest?.('button, a, label, [type=submit]'); }, true);
document.addEventListener('pointerup', () => { pressed = null; }, true);

// broken names the rule that a control's value breaks, or is ''.
function broken(el) {
  const v = el.validity;
  if (v.badInput) return 'bad';
  if (!el.value) return '';
  const { min, max } = el.dataset;
  if ((min || max) && PLAIN.test(el.value)) {
    if (min && Number(el.value) < Number(min)) return 'min';
    if (max && Number(el.value) > Number(max)) return 'max';
  }
  if (v.rangeUnderflow) return 'min';
  if (v.rangeOverflow) return 'max';
  if (v.tooShort) return 'short';
  return v.typeMismatch ? 'bad' : '';
}

function mark(el, text) {
  const field = el.closest('.field');
  const id = `${el.id}-error`;
  let said = document.getElementById(id);
  if (!field || text === (said?.textContent.trim() ?? '')) return;
  const described = new Set((el.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean));
  if (text) {
    if (!said) {
      said = Object.assign(document.createElement('p'), { id, className: 'error', role: 'alert' });
      el.closest('.input-affixed, .slider')?.before(said) ?? el.before(said);
    }
    said.replaceChildren(...[...said.querySelectorAll('svg')], Object.assign(document.createElement('span'), { textContent: text }));
    described.add(id);
    el.setAttribute('aria-invalid', 'true');
  } else {
    said.remove();
    described.delete(id);
    el.removeAttribute('aria-invalid');
  }
  field.classList.toggle('field-wrong', !!text);
  if (described.size) el.setAttribute('aria-describedby', [...described].join(' '));
  else el.removeAttribute('aria-describedby');
}

// check says what is wrong with a control, or takes back what it said. What
// only the server can judge stays until the form is sent again.
function check(el) {
  const say = JSON.parse(el.dataset.say);
  const rule = broken(el);
  const said = document.getElementById(`${el.id}-error`)?.textContent.trim();
  if (rule && say[rule]) mark(el, say[rule]);
  else if (said && Object.values(say).includes(said)) mark(el, '');
}

document.addEventListener('focusout', (e) => {
  if (e.target.dataset?.say && question()?.contains(e.target) && !pressed) check(e.target);
});
// A mistake that was said goes as soon as it is mended.
document.addEventListener('input', (e) => {
  if (e.target.dataset?.say && e.target.getAttribute('aria-invalid') && !broken(e.target) && e.target.value) check(e.target);
});
