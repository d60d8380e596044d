// A canvas to sign on, with the pointer or by typing a name. The picture is
// posted as the file canvas.png.
import { onShown } from './page.js';

const pads = new WeakMap();

onShown((q) => {
  const box = q.querySelector('[data-signature]');
  if (box && !pads.has(box)) pads.set(box, start(box));
});

function start(box) {
  const canvas = box.querySelector('canvas');
  const pen = canvas.getContext('2d');
  const pad = { canvas, drawn: false };
  const scale = window.devicePixelRatio || 1;
  canvas.width = canvas.clientWidth * scale;
  canvas.height = canvas.clientHeight * scale;
  pen.scale(scale, scale);
  Object.assign(pen, { lineWidth: 2.6, lineCap: 'round', lineJoin: 'round', strokeStyle: canvas.dataset.pen, fillStyle: canvas.dataset.pen });
  if (canvas.dataset.image) {
    const image = new Image();
    image.onload = () => {
      const share = Math.min(canvas.clientWidth / image.width, canvas.clientHeight / image.height);
      const [w, h] = [image.width * share, image.height * share];
      pen.drawImage(image, (canvas.clientWidth - w) / 2, (canvas.clientHeight - h) / 2, w, h);
      pad.drawn = true;
    };
    image.src = canvas.dataset.image;
  }
  const name = box.querySelector('[data-signature-name]');
  draw(canvas, pen, pad);
  name.addEventListener('input', () => write(canvas, pen, pad, name.value.trim()));
  name.addEventListener('keydown', (e) => { if (e.key === 'Enter' && !name.value.trim()) e.preventDefault(); });
  box.querySelector('.signature-clear').addEventListener('click', () => {
    name.value = '';
    write(canvas, pen, pad, '');
  });
  return pad;
}

const HAND = '"Segoe Script", "Bradley Hand", "Snell Roundhand", "URW Chancery L", cursive';

// write puts a typed name where one would sign, as large as fits.
function write(canvas, pen, pad, name) {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  pen.clearRect(0, 0, width, height);
  pad.drawn = name !== '';
  if (!pad.drawn) return;
  complain(canvas.closest('[data-signature]'), '');
  const size = height * 0.3;
  pen.font = `italic ${size}px ${HAND}`;
  pen.font = `italic ${size * Math.min(1, (width * 0.86) / pen.measureText(name).width)}px ${HAND}`;
  Object.assign(pen, { textAlign: 'center', textBaseline: 'alphabetic' });
  pen.fillText(name, width / 2, height * 0.68);
}

function draw(canvas, pen, pad) {
  let last = null;
  const at = (e) => { const r = canvas.getBoundingClientRect(); return [e.clientX - r.left, e.clientY - r.top]; };
  canvas.addEventListener('pointerdown', (e) => {
    last = at(e);
    canvas.setPointerCapture(e.pointerId);
    pen.beginPath();
    pen.arc(...last, 1.3, 0, 2 * Math.PI);
    pen.fill();
    pad.drawn = true;
    complain(canvas.closest('[data-signature]'), '');
  });
  canvas.addEventListener('pointermove', (e) => {
    if (!last) return;
    const next = at(e);
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...next);
    pen.stroke();
    last = next;
  });
  for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, () => { last = null; });
}

function complain(box, text) {
  const error = box.querySelector('.signature-error');
  error.textContent = text;
  error.hidden = !text;
}

document.addEventListener('submit', (e) => {
  const box = e.target.querySelector?.('[data-signature]');
  const pad = box && pads.get(box);
  if (!pad) return;
  if (!pad.drawn && pad.canvas.dataset.required) {
    e.preventDefault();
    e.stopImmediatePropagation();
    complain(box, pad.canvas.dataset.required);
    const name = box.querySelector('.signature-typed[open] [data-signature-name]');
    (name ?? pad.canvas).focus();
  }
}, true);

document.addEventListener('formdata', ({ target: form, formData }) => {
  const box = form.querySelector('[data-signature]');
  const pad = box && pads.get(box);
  if (!pad?.drawn) return;
  const bytes = Uint8Array.from(atob(pad.canvas.toDataURL('image/png').split(',')[1]), (c) => c.charCodeAt(0));
  formData.set(pad.canvas.dataset.name, new File([bytes], 'canvas.png', { type: 'image/png' }));
});
