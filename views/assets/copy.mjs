// Copies into static/ what needs no bundling: the icon font with the classes
// that name its icons (Font Awesome Free: font OFL 1.1, CSS MIT, icons
// CC BY 4.0) and jQuery (MIT), which scripts of authors expect.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';

const from = new URL('node_modules/', import.meta.url), to = new URL('../../static/', import.meta.url);
const fa = new URL('@fortawesome/fontawesome-free/', from);
await mkdir(new URL('fonts/', to), { recursive: true });
for (const font of ['fa-solid-900', 'fa-regular-400', 'fa-brands-400']) await copyFile(new URL(`webfonts/${font}.woff2`, fa), new URL(`fonts/${font}.woff2`, to));
let css = '';
for (const part of ['fontawesome', 'solid', 'regular', 'brands']) css += `${await readFile(new URL(`css/${part}.min.css`, fa), 'utf8')}\n`;
css = css.replaceAll('../webfonts/', 'fonts/').replace(/,url\(fonts\/[\w-]+\.ttf\) format\("truetype"\)/g, '');
await writeFile(new URL('icons.css', to), css);
await copyFile(new URL('jquery/dist/jquery.min.js', from), new URL('jquery.js', to));
await copyFile(new URL('LICENSE.txt', fa), new URL('fonts/LICENSE.txt', to));
await copyFile(new URL('mark.svg', import.meta.url), new URL('mark.svg', to));
