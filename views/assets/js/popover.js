// Definitions beside words, and other small texts that open on a press.
import { clean, onShown } from './page.js';

let open = null; // {card, anchor}
const TRIGGER = '.daterm, [data-bs-toggle="popover"], a[data-term]';

function content(anchor) {
  const id = anchor.getAttribute('href')?.startsWith('#') ? anchor.getAttribute('href').slice(1) : '';
  const entry = id && document.getElementById(id)?.querySelector('dd');
  if (entry) return entry.innerHTML;
  const text = anchor.dataset.bsContent ?? anchor.title ?? '';
  if (anchor.dataset.bsHtml === 'true') return clean(text);
  const plain = document.createElement('div');
  plain.textContent = text;
  return plain.innerHTML;
}

function show(anchor) {
  if (open?.anchor === anchor) return;
  hide();
  const card = document.createElement('div');
  Object.assign(card, { className: 'popover-card', id: 'popover-card' });
  card.setAttribute('role', 'tooltip');
  if (anchor.dataset.bsTitle) card.append(Object.assign(document.createElement('p'), { className: 'popover-title', textContent: anchor.dataset.bsTitle }));
  const body = document.createElement('div');
  body.innerHTML = content(anchor);
  card.append(body);
  document.body.append(card);
  const at = anchor.getBoundingClientRect();
  const left = Math.max(16, Math.min(at.left, document.documentElement.clientWidth - card.offsetWidth - 16));
  card.style.left = `${left + window.scrollX}px`;
  card.style.top = `${at.bottom + window.scrollY + 8}px`;
  anchor.setAttribute('aria-describedby', card.id);
  open = { card, anchor };
}

function hide() {
  if (!open) return;
  open.card.remove();
  open.anchor.removeAttribute('aria-describedby');
  open = null;
}

document.addEventListener('focusin', (e) => { const a = e.target.closest?.(TRIGGER); if (a) show(a); });
document.addEventListener('focusout', (e) => { if (open && e.target === open.anchor) hide(); });
document.addEventListener('click', (e) => {
  const a = e.target.closest?.(TRIGGER);
  if (a) { if (a.matches('a[href^="#"], a:not([href])')) e.preventDefault(); show(a); } else if (!e.target.closest?.('.popover-card')) hide();
});
document.addEventListener('keydown', (e) => {
  const a = e.target.closest?.(TRIGGER);
  if (a && (e.key === 'Enter' || e.key === ' ') && a.tagName !== 'BUTTON') { e.preventDefault(); show(a); }
  if (e.key === 'Escape') hide();
});
onShown((_, swapped) => { if (swapped) hide(); });
