// What does not fit on small screens. Tables and listings that are wider than
// the screen are scrolled with the keyboard, too: they can have the focus while
// there is more to see.
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
// On small screens the sections stand in one line: where one is comes into view.
const arrive = () => {
  const nav = document.getElementById('sections');
  const now = nav?.querySelector('[aria-current]');
  if (now && nav.scrollWidth > nav.clientWidth) nav.scrollLeft += now.getBoundingClientRect().left - nav.getBoundingClientRect().left - 48;
};
onShown(() => { reach(); arrive(); });
window.addEventListener('resize', reach);
