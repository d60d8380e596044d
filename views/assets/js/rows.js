// Lists: rows that are added and deleted on the screen, tables that are put in order.
import { encode, onShown, question } from './page.js';
import { evaluate } from './conditions.js';

document.addEventListener('click', (e) => {
  const add = e.target.closest?.('[data-add-row]');
  if (add) addRow(e);
  const del = e.target.closest?.('[data-delete-row]');
  if (del) deleteRow(del);
  const move = e.target.closest?.('.datableup, .databledown');
  if (move && document.getElementById('daform')) { e.preventDefault(); moveRow(move, move.classList.contains('datableup')); }
});

// addRow shows the next prepared row; with none left the form is sent for more.
function addRow(e) {
  const spare = question().querySelector('[data-spare][hidden]');
  if (!spare) return;
  e.preventDefault();
  spare.hidden = false;
  spare.disabled = false;
  const used = document.querySelector('#daform > input[name=_rows]');
  if (used) used.value = String(Number(used.value) + 1);
  evaluate();
  spare.querySelector('input:not([type=hidden]):not([data-delete-mark]), select, textarea')?.focus();
}

function deleteRow(button) {
  const row = button.closest('.list-row');
  const mark = row.querySelector('[data-delete-mark]');
  mark.checked = !mark.checked;
  show(row, mark.checked);
}

function show(row, deleted) {
  const button = row.querySelector('[data-delete-row]');
  if (!button) return;
  button.hidden = false;
  row.classList.toggle('is-deleted', deleted);
  row.querySelector('.list-row-deleted').hidden = !deleted;
  button.textContent = deleted ? button.dataset.undelete : button.dataset.delete;
  for (const el of row.querySelectorAll('.list-row-fields input, .list-row-fields select, .list-row-fields textarea')) {
    if (deleted && !el.disabled) { el.disabled = true; el.dataset.gone = 'true'; } else if (!deleted && el.dataset.gone) { el.disabled = false; delete el.dataset.gone; }
  }
}

// moveRow changes places in a table; which rows stand where is posted as
// _order_changes: base64 JSON [{table, changes: [[was, is], ...]}].
function moveRow(button, up) {
  const row = button.closest('tr');
  const other = up ? row?.previousElementSibling : row?.nextElementSibling;
  if (!other) return;
  if (up) other.before(row); else other.after(row);
  button.focus();
  const tables = new Map();
  for (const b of question().querySelectorAll('.datableup[data-tablename]')) {
    const order = tables.get(b.dataset.tablename) ?? tables.set(b.dataset.tablename, []).get(b.dataset.tablename);
    order.push(Number(b.dataset.tableitem));
  }
  const moved = [...tables].map(([table, order]) => ({ table, changes: order.map((was, is) => [was, is]).filter(([was, is]) => was !== is) })).filter((t) => t.changes.length);
  const form = document.getElementById('daform');
  if (!form) return;
  const input = form.querySelector('input[name=_order_changes]') ?? Object.assign(document.createElement('input'), { type: 'hidden', name: '_order_changes' });
  input.value = encode(JSON.stringify(moved));
  form.append(input);
}

onShown((q) => q.querySelectorAll('.list-row').forEach((row) => show(row, row.querySelector('[data-delete-mark]')?.checked ?? false)));

// Links that are buttons answer to the space bar as buttons do.
document.addEventListener('keydown', (e) => {
  const button = e.key === ' ' && e.target.closest?.('a[role=button]');
  if (button) { e.preventDefault(); button.click(); }
});
