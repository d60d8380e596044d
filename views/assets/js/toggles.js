// Menus, tips, accordions and tabs.
const DISCLOSED = 'details.menu[open], details.tip[open]';

document.addEventListener('click', (e) => {
  for (const d of document.querySelectorAll('details.menu[open]')) if (!d.contains(e.target) || e.target.closest('.menu-list a')) d.open = false;
  const toggle = e.target.closest?.('[data-bs-toggle="collapse"], [data-bs-toggle="tab"], [data-bs-toggle="pill"]');
  if (!toggle) return;
  const target = find(toggle);
  if (!target) return;
  e.preventDefault();
  if (toggle.dataset.bsToggle === 'collapse') collapse(toggle, target); else tab(toggle, target);
});

document.addEventListener('keydown', (e) => {
  if (e.key !== 'Escape') return;
  const d = [...document.querySelectorAll(DISCLOSED)].at(-1);
  if (!d) return;
  d.open = false;
  d.querySelector('summary').focus();
});

function find(toggle) {
  const selector = toggle.dataset.bsTarget ?? toggle.getAttribute('href');
  try { return selector?.length > 1 ? document.querySelector(selector) : null; } catch { return null; }
}

function collapse(toggle, target) {
  const opening = !target.classList.contains('show');
  const parent = opening && target.dataset.bsParent && document.querySelector(target.dataset.bsParent);
  if (parent) for (const other of parent.querySelectorAll('.collapse.show')) if (other !== target) set(other, false);
  set(target, opening);
}

function set(target, on) {
  target.classList.toggle('show', on);
  for (const t of document.querySelectorAll('[data-bs-toggle="collapse"]')) if (find(t) === target) { t.setAttribute('aria-expanded', String(on)); t.classList.toggle('collapsed', !on); }
}

function tab(toggle, target) {
  for (const t of toggle.closest('.nav, [role=tablist]')?.querySelectorAll('[data-bs-toggle]') ?? []) { t.classList.toggle('active', t === toggle); t.setAttribute('aria-selected', String(t === toggle)); }
  for (const pane of target.parentElement.children) { pane.classList.toggle('active', pane === target); pane.classList.toggle('show', pane === target); }
}
