// The theme's measures and the classes that authors of interviews write.
//
// The spacing scale is the authors' own (mt-3 is 1rem, as in the framework the
// language documents), so that one scale serves both. Authors' texts are not
// here to be scanned, so every class the plugin adds is on the safe list.
const plugin = require('./views/assets/node_modules/tailwindcss/plugin');
const author = require('./views/assets/css/author.cjs');

const classes = (rules) => Object.entries(rules).flatMap(([selector, rule]) => [
  ...[...selector.matchAll(/\.([a-z][\w-]*)/g)].map((m) => m[1]),
  ...(selector.startsWith('@') ? classes(rule) : []),
]);

module.exports = {
  content: ['./views/**/*.templ'],
  // Words of the templates that are also utilities with another meaning here.
  safelist: [...new Set(classes(author()))],
  blocklist: ['collapse', 'container', 'table', 'static', 'fixed', 'block', 'inline', 'filter', 'contents', 'list-item', 'outline', 'transition', 'transform', 'row'],
  theme: {
    screens: { sm: '576px', md: '768px', lg: '992px', xl: '1200px', xxl: '1400px' },
    spacing: { 0: '0', 1: '0.25rem', 2: '0.5rem', 3: '1rem', 4: '1.5rem', 5: '3rem', px: '1px' },
    colors: {
      transparent: 'transparent',
      current: 'currentColor',
      paper: 'var(--paper)',
      sheet: 'var(--sheet)',
      ink: 'var(--ink)',
      soft: 'var(--ink-soft)',
      line: 'var(--line)',
      edge: 'var(--edge)',
      accent: 'var(--primary)',
      danger: 'var(--danger)',
    },
    fontFamily: {
      sans: ['system-ui', '-apple-system', '"Segoe UI"', 'Roboto', '"Noto Sans"', '"Liberation Sans"', 'sans-serif'],
      mono: ['ui-monospace', 'SFMono-Regular', 'Menlo', 'Consolas', '"Liberation Mono"', 'monospace'],
    },
    borderRadius: { none: '0', sm: '0.3rem', DEFAULT: '0.5rem', lg: '0.875rem', full: '999px' },
    extend: {},
  },
  plugins: [plugin(({ addBase }) => addBase(author()))],
};
