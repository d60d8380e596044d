// What scripts add to pages that work without them.
import htmx from 'htmx.org';
import './signature.js'; // it may stop a form before it is sent
import './post.js';
import { announce, onShown } from './page.js';
import './conditions.js';
import './check.js';
import './boxes.js';
import './sliders.js';
import './images.js';
import './rows.js';
import './suggest.js';
import './popover.js';
import './toggles.js';
import './scroll.js';
import './news.js';
import './api.js';
import './frame.js';

document.documentElement.classList.add('js'); // before the body is read: nothing flickers
window.htmx = htmx;
document.addEventListener('DOMContentLoaded', () => announce(false));
// It is told of every part of the page that was put in place: the question is one of them.
document.addEventListener('htmx:afterSettle', (e) => { if (e.target.id === 'question') announce(true); });

onShown((question, swapped) => {
  if (!swapped) return;
  document.body.className = ['page', question.dataset.bodyClass, ...[...document.body.classList].filter((c) => /^page-/.test(c))].filter(Boolean).join(' ');
  document.documentElement.lang = question.dataset.lang || 'en';
  document.documentElement.dir = question.dataset.dir || 'ltr';
});
