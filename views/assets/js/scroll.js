// Tables and listings that are wider than the screen are scrolled with the
// keyboard, too: they can have the focus while there is more to see.
import { onShown, question } from './page.js';

const reach = () => {
  for (const el of question()?.querySelectorAll('.table-responsive, pre') ?? []) {
    const wide = el.scrollWidth > el.clientWidth && !el.querySelector('a[href], button, input, select, textarea');
    if (wide && !el.hasAttribute('tabindex')) {
      Object.assign(el, { tabIndex: 0, role: 'group' });
      el.setAttribute('aria-labelledby', 'daMainQuestion');
      el.dataset.reach = 'yes';
    } else if (!wide && el.dataset.reach) {
      for (const name of ['tabindex', 'role', 'aria-labelledby', 'data-reach']) el.removeAttribute(name);
    }
  }
};
onShown(reach);
window.addEventListener('resize', reach);
