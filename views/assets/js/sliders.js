// Sliders say where they stand; a logarithmic one moves by factors.
import { onShown } from './page.js';

const STEPS = 1000;
const tell = (range) => { const out = range.closest('.slider')?.querySelector('output'); if (out) out.value = range.dataset.scale ? scaled(range) : range.value; };

// scaled is the value of a logarithmic slider, at most as fine as its step.
function scaled(range) {
  const { low, high, step } = range.dataset;
  const value = Number(low) * (Number(high) / Number(low)) ** (Number(range.value) / STEPS);
  const rounded = Math.round(value / Number(step)) * Number(step);
  return String(Number(Math.min(Number(high), Math.max(Number(low), rounded)).toFixed(6)));
}

function prepare(range) {
  const [low, high, at] = [range.min, range.max, range.value].map(Number);
  if (range.dataset.low || !(low > 0 && high > low)) { if (!range.dataset.low) delete range.dataset.scale; return; }
  Object.assign(range.dataset, { low, high, step: range.step || '1' });
  Object.assign(range, { min: 0, max: STEPS, step: 1 });
  range.value = String(Math.round((Math.log(at / low) / Math.log(high / low)) * STEPS));
}

document.addEventListener('input', (e) => { if (e.target.type === 'range') tell(e.target); });
document.addEventListener('formdata', ({ target: form, formData }) => {
  for (const range of form.querySelectorAll('input[data-scale][data-low]')) if (range.name && formData.has(range.name)) formData.set(range.name, scaled(range));
});
onShown((q) => {
  q.querySelectorAll('input[data-scale]').forEach(prepare);
  q.querySelectorAll('.slider input').forEach(tell);
});
