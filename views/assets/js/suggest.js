// Inputs whose suggestions come from the interview as one types.
const waiting = new WeakMap();
const asked = new WeakMap();

document.addEventListener('input', ({ target: el }) => {
  if (!el.dataset?.ajax) return;
  clearTimeout(waiting.get(el));
  const word = el.value.trim();
  if (word.length < Number(el.dataset.trigger || 4) || asked.get(el) === word) return;
  waiting.set(el, setTimeout(() => ask(el, word), 300));
});

async function ask(el, word) {
  if ([...el.list.options].some((o) => o.value === word)) return;
  asked.set(el, word);
  try {
    const url = new URL(el.dataset.ajax, location.href);
    url.searchParams.set('wordstart', word);
    const reply = await fetch(url, { headers: { Accept: 'application/json' } });
    if (reply.ok) fill(el.list, await reply.json());
  } catch { /* the next letter asks again */ }
}

// fill takes [label], [[value, label]], [{value: label}] or {value: label}.
function fill(list, found) {
  const pairs = Array.isArray(found) ? found.flatMap((f) => (Array.isArray(f) ? [f] : f && typeof f === 'object' ? Object.entries(f) : [[f, f]])) : Object.entries(found ?? {});
  list.replaceChildren(...pairs.map(([value, label]) => { const o = document.createElement('option'); o.value = label ?? value; o.dataset.value = value; return o; }));
}
