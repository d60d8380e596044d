// What the server has for an open page: how far background actions are and what
// they want done, and what comes of its own questions ("check in").
import { clean, csrf, nonce, onShown, question, refresh, say } from './page.js';
import { fieldTexts, fill } from './values.js';

const root = document.querySelector('meta[name="root"]')?.content ?? '/';
const seen = new Set(); // what a background action wants is done once
let source;
let asking = []; // timers and listeners of the screen's check in

function hang() {
  source?.close();
  source = undefined;
}

// watch has the server tell of the session's background actions, until none is left.
function watch(session) {
  if (source && source.readyState !== EventSource.CLOSED && source.session === session) return;
  hang();
  const own = new EventSource(`${root}events?session=${encodeURIComponent(session)}`);
  own.session = session;
  own.onmessage = (e) => {
    const news = JSON.parse(e.data);
    if (news.over && source === own) hang();
    draw(news.tasks);
    obeyAll(news.commands);
  };
  source = own;
}

// obeyAll draws the screen again last: what else there is to say must survive it.
function obeyAll(commands) {
  const fresh = commands.filter((c) => !c.id || !seen.has(c.id));
  for (const c of fresh) if (c.id) seen.add(c.id);
  for (const c of fresh) if (c.extra !== 'refresh') obey(c);
  if (fresh.some((c) => c.extra === 'refresh')) leave();
}

// A screen that has just come stays for a moment, so that it can be read.
const DWELL = 1000;
let shown = 0;
let leaving;
function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(refresh, Math.max(0, shown + DWELL - performance.now()));
}

function obey({ extra, value }) {
  if (extra === 'flash') say(value, 'info');
  else if (extra === 'javascript') run(value);
  else if (extra === 'fields') for (const [name, v] of Object.entries(value ?? {})) fill(name, v);
  else if (extra === 'backgroundresponse') {
    if (value?.target !== undefined) put(value);
    document.dispatchEvent(new CustomEvent('daCheckIn', { bubbles: true, detail: value }));
    window.jQuery?.(document).trigger('daCheckIn', [{}, value]);
  }
}

// run runs a script under the page's nonce: its policy knows no eval.
function run(code) {
  const script = document.createElement('script');
  script.nonce = nonce;
  script.textContent = code;
  document.body.append(script);
  script.remove();
}

// put writes markup into the places that [TARGET name] made.
function put({ target, content }) {
  const html = clean(content ?? '');
  for (const el of document.querySelectorAll('[data-datarget]')) if (el.dataset.datarget === target && el.innerHTML !== html) el.innerHTML = html;
}

// draw shows how far background actions are; those that are over go.
function draw(tasks) {
  const box = document.getElementById('tasks');
  if (!box) return;
  const known = new Map(tasks.filter((t) => t.known).map((t) => [t.id, t]));
  for (const el of box.querySelectorAll('[data-task]')) if (!known.has(el.dataset.task)) el.remove();
  for (const t of known.values()) {
    let el = [...box.querySelectorAll('[data-task]')].find((b) => b.dataset.task === t.id);
    if (!el) {
      el = Object.assign(document.createElement('div'), { className: 'task' });
      el.dataset.task = t.id;
      const label = Object.assign(document.createElement('label'), { htmlFor: `task-${t.id}`, textContent: box.getAttribute('aria-label') });
      el.append(label, Object.assign(document.createElement('progress'), { id: label.htmlFor, max: 1 }));
      box.append(el);
    }
    const [label, bar] = [el.querySelector('label'), el.querySelector('progress')];
    if (t.text && label.textContent !== t.text) label.textContent = t.text;
    if (t.share < 0) bar.removeAttribute('value');
    else bar.value = t.share;
  }
}

// checkIn has the server run the screen's action with what the fields hold.
async function checkIn(q, changed, initial = false) {
  if (!q.isConnected || q.checkingIn) { q.checkAgain ??= changed; return; }
  q.checkingIn = true;
  const parameters = { ...fieldTexts(), _initial: initial, _changed: changed };
  const body = new URLSearchParams({ action: 'checkin', csrf_token: csrf(), session: q.dataset.session,
    do_action: q.dataset.checkIn, key: q.dataset.checkInKey, parameters: JSON.stringify(parameters) });
  try {
    const reply = await fetch(q.dataset.checkInUrl, { method: 'POST', body, headers: { 'X-Csrf-Token': csrf(), Accept: 'application/json' } });
    const said = await reply.json();
    if (q.isConnected) obeyAll(said.commands ?? []);
  } catch { /* the next one may come through */ }
  q.checkingIn = false;
  if (q.checkAgain !== undefined) { const next = q.checkAgain; delete q.checkAgain; checkIn(q, next); }
}

function askAgainAndAgain(q) {
  const every = Number(q.dataset.checkInInterval) || 6000;
  const timer = setInterval(() => { if (!document.hidden) checkIn(q, null); }, every);
  let soon;
  const changed = (e) => {
    const name = e.target.closest?.('[data-variable]')?.dataset.variable;
    if (!name) return;
    clearTimeout(soon);
    soon = setTimeout(() => checkIn(q, name), 250);
  };
  q.addEventListener('change', changed);
  asking = [() => clearInterval(timer), () => clearTimeout(soon)];
  checkIn(q, null, true);
}

onShown((q) => {
  shown = performance.now();
  for (const id of (q.dataset.told ?? '').split(' ')) if (id) seen.add(id);
  if (q.dataset.watch) watch(q.dataset.session);
  else hang();
  asking.forEach((stop) => stop());
  asking = [];
  if (q.dataset.checkIn && q.dataset.checkInUrl) askAgainAndAgain(q);
});
window.addEventListener('pagehide', hang);
window.addEventListener('pageshow', (e) => { const q = question(); if (e.persisted && q?.dataset.watch) watch(q.dataset.session); });
