// What scripts of authors may call.
import htmx from 'htmx.org';
import { csrf, encode, home, question, say, UNABLE } from './page.js';
import { condition } from './conditions.js';
import { getField, getFields, setField, val } from './values.js';

// wrapped is an action as it is posted; forget drops what else is being asked.
const plain = (action, args) => ({ action, arguments: args ?? {} });
const wrapped = (action, args, forget) => encode(JSON.stringify(forget ? plain('_da_priority_action', { _action: action, _arguments: args ?? {} }) : plain(action, args)));
const address = (extra) => { const url = new URL(home() || location.href, location.href); for (const [k, v] of Object.entries(extra)) url.searchParams.set(k, v); return url.pathname + url.search; };
const common = () => Object.fromEntries([...(question()?.querySelectorAll('#daform > input[type=hidden]') ?? [])].filter((el) => /^(_tracker|_question_name|_step|_once|session)$/.test(el.name)).map((el) => [el.name, el.value]));

// An address that runs an action when followed. It carries no signature: on
// this page, which vouches for it, a click posts it; elsewhere the server takes
// it only where its administrator allows that.
const made = new Map();
const url_action = (action, args, forget = false) => {
  const url = address({ action: wrapped(action, args, forget) });
  made.set(url, [action, args, forget]);
  return url;
};
document.addEventListener('click', (e) => {
  const own = made.get(e.target.closest?.('#question a[href]')?.getAttribute('href'));
  if (!own || e.defaultPrevented || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
  e.preventDefault();
  action_perform(...own);
}, true);

// Runs an action and shows what comes of it.
function action_perform(action, args, forget = false) {
  htmx.ajax('POST', home(), { source: '#question', target: '#question', swap: 'outerHTML', values: { ...common(), csrf_token: csrf(), _action: wrapped(action, args, forget) } });
}

// Runs an action and hands its response to a function. With readOnly nothing
// that the action does is kept.
async function action_call(action, args, callback, forget = false, readOnly = false) {
  const body = new URLSearchParams({ ...common(), csrf_token: csrf(), _action: wrapped(action, args, forget), _readonly: readOnly ? '1' : '0' });
  let reply, text;
  try {
    reply = await fetch(home(), { method: 'POST', body, headers: { 'X-Csrf-Token': csrf() } });
    text = await reply.text();
  } catch {
    say(UNABLE, 'danger', true);
    return undefined;
  }
  let data = text;
  if (/json/.test(reply.headers.get('Content-Type') ?? '')) data = JSON.parse(text);
  callback?.(data);
  return data;
}

// root is the path of the server on its host.
const root = document.querySelector('meta[name="root"]')?.content ?? '/';

async function get_interview_variables(callback) {
  const which = new URLSearchParams({ i: question()?.dataset.interview ?? '', session: question()?.dataset.session ?? '' });
  const reply = await fetch(`${root}vars?${which}`, { headers: { Accept: 'application/json' } });
  const data = await reply.json();
  callback?.(data);
  return data;
}

// handle puts back a handler lifted out of an author's markup.
function handle(selector, event, code) {
  for (const el of document.querySelectorAll(selector)) {
    el.addEventListener(event, function listener(e) {
      const goOn = code.call(this, e);
      if (goOn === false || (event === 'click' && this.matches('a') && (this.getAttribute('href') ?? '#') === '#')) e.preventDefault();
    });
  }
}

// What scripts may know of the page; what changes with the question is looked up.
const facts = {
  daYamlFilename: () => question()?.dataset.interview ?? null,
  daQuestionData: () => JSON.parse(document.getElementById('question-data')?.textContent ?? 'null'),
  daUserId: () => Number(question()?.dataset.user) || null,
  daUsingGA: () => false,
  daUsingSegment: () => false,
};
for (const [name, get] of Object.entries(facts)) Object.defineProperty(window, name, { get, set() {}, configurable: true });

Object.assign(window, {
  val, getField, setField, getFields, url_action, action_perform, action_call, get_interview_variables,
  url_action_perform: action_perform, url_action_call: action_call, daGetField: getField, daSetField: setField, daVal: val,
  flash: (message, priority = 'info', clear = false) => say(message, priority === 'error' ? 'danger' : priority, clear),
  Colloquy: Object.freeze({ condition, handle }),
});
