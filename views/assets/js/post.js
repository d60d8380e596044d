// Forms and links of the interview: sent by htmx, which replaces the question alone.
import htmx from 'htmx.org';
import { csrf, encode, home, nonce, onShown, question, say, UNABLE } from './page.js';

document.addEventListener('htmx:configRequest', ({ detail }) => {
  detail.headers['X-Colloquy-Nonce'] = nonce;
  const token = csrf();
  if (token) detail.headers['X-Csrf-Token'] = token;
});

// One press, one post.
document.addEventListener('submit', (e) => {
  const form = e.target;
  if (!form.matches('[data-post]')) return;
  if (form.dataset.sending) { e.preventDefault(); e.stopImmediatePropagation(); return; }
  if (e.submitter) e.submitter.setAttribute('aria-busy', 'true');
  form.dataset.sending = 'true';
  setTimeout(() => { if (form.isConnected && !form.matches('.htmx-request')) release(form); }, 3000);
}, true);

function release(form) {
  delete form.dataset.sending;
  form.querySelectorAll('[aria-busy]').forEach((b) => b.removeAttribute('aria-busy'));
}
document.addEventListener('htmx:afterRequest', ({ detail }) => { if (detail.elt?.matches?.('[data-post]')) release(detail.elt); });
window.addEventListener('pageshow', () => document.querySelectorAll('[data-sending]').forEach(release));

// What is posted besides the fields themselves.
document.addEventListener('formdata', ({ target: form, formData }) => {
  if (form.id !== 'daform') return;
  const names = new Set();
  for (const el of form.elements) {
    if (!el.name || el.type === 'hidden' || el.type === 'submit' || el.type === 'button' || el.matches(':disabled') || el.closest('[hidden]') || el.dataset.deleteMark !== undefined) continue;
    if (el.multiple && el.tagName === 'SELECT') {
      formData.delete(el.name);
      for (const o of el.options) { formData.append(o.dataset.name, o.selected ? 'True' : 'False'); names.add(o.dataset.name); }
    } else names.add(el.name);
    const chosen = el.dataset.byLabel !== undefined && [...(el.list?.options ?? [])].find((o) => o.value === el.value.trim());
    if (chosen) formData.set(el.name, chosen.dataset.value);
  }
  const off = [...form.querySelectorAll('[data-number][data-when]')].filter((f) => f.dataset.applies !== 'yes' && /"script":true/.test(f.dataset.when));
  if (formData.has('_hidden')) formData.set('_hidden', off.map((f) => f.dataset.number).join(','));
  if (formData.has('_visible')) formData.set('_visible', encode(JSON.stringify([...names])));
});

// isOurs reports whether a link stays within this session.
function isOurs(link) {
  const base = home() && new URL(home(), location.href);
  if (!base || !/^https?:$/.test(link.protocol) || link.origin !== base.origin || link.pathname !== base.pathname) return false;
  if (link.hasAttribute('download') || (link.target && link.target !== '_self')) return false;
  const to = new URL(link.href);
  if (['reset', 'new_session', 'cache', 'json'].some((k) => to.searchParams.has(k))) return false;
  if (to.hash && to.search === location.search) return false;
  return (to.searchParams.get('i') ?? '') === (base.searchParams.get('i') ?? '');
}

document.addEventListener('click', (e) => {
  const link = e.target.closest?.('a[href]');
  if (!link || e.defaultPrevented || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
  if (link.matches('.daremovebutton, [data-confirm]') && !confirm(link.dataset.confirm || 'Are you sure?')) { e.preventDefault(); return; }
  if (link.matches('.datableup, .databledown') && document.getElementById('daform')) return; // goes with the form
  if (!isOurs(link) || !link.closest('#question, #sections, #bar-end, #flash')) return;
  e.preventDefault();
  if (link.classList.contains('htmx-request')) return;
  htmx.ajax('GET', link.getAttribute('href'), { source: link, target: '#question', swap: 'outerHTML' });
});

// A fault comes as a question of its own, or as a whole page, or not at all.
document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  const type = detail.xhr.getResponseHeader('Content-Type') ?? '';
  const text = /html/.test(type) ? detail.xhr.responseText : '';
  if (/<section[^>]*id="question"/.test(text)) {
    detail.shouldSwap = true;
    detail.isError = false;
    if (/^\s*<!doctype/i.test(text)) detail.selectOverride = '#question';
  } else if (detail.xhr.status < 400 && detail.xhr.status !== 204) {
    detail.shouldSwap = false; // a file, a login page: let the browser show it
    location.assign(detail.xhr.responseURL || location.href);
  } else if (detail.xhr.status >= 400) {
    say(/html/.test(type) ? UNABLE : detail.xhr.responseText.slice(0, 300) || UNABLE, 'danger', true);
  }
});
for (const event of ['htmx:sendError', 'htmx:timeout']) document.addEventListener(event, () => say(UNABLE, 'danger', true));

// The links of the error summary lead into groups and hidden inputs too.
document.addEventListener('click', (e) => {
  const link = e.target.closest?.('[data-focus]');
  const to = link && document.getElementById(link.dataset.focus);
  if (!to) return;
  e.preventDefault();
  to.scrollIntoView({ block: 'center' });
  to.focus({ preventScroll: true });
});
// Enter goes to the field, and no further: it must not send the form from there.
document.addEventListener('keydown', (e) => {
  const link = e.key === 'Enter' && e.target.closest?.('[data-focus]');
  if (!link) return;
  e.preventDefault();
  if (!e.repeat) document.addEventListener('keyup', () => link.click(), { once: true });
});

onShown((q) => {
  if (!q.dataset.trackLocation || !navigator.geolocation) return;
  const input = q.querySelector('input[name=_track_location]') ?? Object.assign(document.createElement('input'), { type: 'hidden', name: '_track_location' });
  q.querySelector('#daform')?.append(input);
  const put = (value) => { input.value = JSON.stringify(value); };
  navigator.geolocation.getCurrentPosition(({ coords }) => put({ latitude: coords.latitude, longitude: coords.longitude }), (err) => put({ error: err.message }));
});

export { question };
