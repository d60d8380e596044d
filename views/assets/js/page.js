// The life of a question: when one is shown, where focus goes, when to ask again.
import htmx from 'htmx.org';

const listeners = [];
let timers = [];
let quiet = false; // the next swap is a refresh: leave focus and place alone

export const nonce = document.currentScript?.nonce ?? '';
export const UNABLE = 'We could not reach the server. Your answers are still here: please try again.';
export const question = () => document.getElementById('question');
export const home = () => document.querySelector('meta[name=interview]')?.content ?? '';
export const csrf = () => document.querySelector('#question input[name=csrf_token]')?.value ?? document.querySelector('meta[name=csrf-token]')?.content ?? '';
export const onShown = (listener) => listeners.push(listener);

// encode is base64 of a text's UTF-8, as lists are posted.
export function encode(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
export function decode(text) {
  try { return new TextDecoder().decode(Uint8Array.from(atob(text), (c) => c.charCodeAt(0))); } catch { return text; }
}

// announce tells everybody that a question is on the screen.
export function announce(swapped) {
  const q = question();
  if (!q) return;
  for (const listener of listeners) listener(q, swapped);
  document.dispatchEvent(new CustomEvent('daPageLoad', { bubbles: true }));
}

export function refresh() {
  if (!home()) return;
  quiet = true;
  htmx.ajax('GET', home(), { target: '#question', swap: 'outerHTML' });
}

function place(q) {
  if (quiet) { quiet = false; return; }
  const to = (q.dataset.invalid && document.getElementById('error-summary')) || document.getElementById('daMainQuestion');
  window.scrollTo({ top: 0 });
  to?.focus({ preventScroll: true });
}

onShown((q, swapped) => {
  timers.forEach(clearTimeout);
  timers = [];
  if (swapped) place(q);
  else if (q.dataset.invalid) document.getElementById('error-summary')?.focus();
  if (q.dataset.reload) timers.push(setTimeout(refresh, Number(q.dataset.reload) * 1000));
});

const DROP = 'script, style, iframe, object, embed, form, link, meta, base';
// clean is markup without what could act.
export function clean(html) {
  const doc = new DOMParser().parseFromString(html, 'text/html');
  doc.querySelectorAll(DROP).forEach((el) => el.remove());
  for (const el of doc.body.querySelectorAll('*')) {
    for (const { name, value } of [...el.attributes]) if (/^on|^hx-|^data-hx/i.test(name) || (/^(href|src|action)$/i.test(name) && /^\s*(javascript|data|vbscript):/i.test(value))) el.removeAttribute(name);
  }
  return doc.body.innerHTML;
}

// say shows a notice above the question.
export function say(message, priority = 'info', clear = false) {
  const area = document.getElementById('flash');
  if (!area) return;
  if (clear) area.replaceChildren();
  if (message == null) return;
  const box = document.createElement('div');
  box.className = `alert alert-${/^[\w-]+$/.test(priority) ? priority : 'info'}`;
  box.innerHTML = clean(String(message));
  area.append(box);
}
