// The theme's colours and measures, and the classes that authors of interviews
// write.
//
// Colours go by role. Each hue has a fill, the ink on it, a text form that reads
// on the sheet, and a soft tint; all pairs keep WCAG 2.2 AA in both modes. The
// style sheets know them as custom properties: --primary, --on-primary,
// --primary-text, --primary-soft.
//
// The spacing scale is the authors' own (mt-3 is 1rem, as in the framework the
// language documents), so that one scale serves both. Authors' texts are not
// here to be scanned, so every class the plugin adds is on the safe list.
const plugin = require('./views/assets/node_modules/tailwindcss/plugin');
const author = require('./views/assets/css/author.cjs');

const light = {
  paper: '#f3f5f3', sheet: '#ffffff', raised: '#f8faf8',
  ink: '#17211e', 'ink-soft': '#53605b', line: '#dbe1dd', edge: '#7c8884', ring: '#0b5f57',
  primary: '#0b5f57', 'on-primary': '#ffffff', 'primary-text': '#0b5f57', 'primary-soft': '#e0efec', 'primary-over': '#084a44',
  secondary: '#4d5b57', 'on-secondary': '#ffffff', 'secondary-text': '#4d5b57', 'secondary-soft': '#e9edeb',
  success: '#1d6b3c', 'on-success': '#ffffff', 'success-text': '#1d6b3c', 'success-soft': '#e2f2e7',
  danger: '#b02a20', 'on-danger': '#ffffff', 'danger-text': '#a8261d', 'danger-soft': '#fdecea',
  warning: '#f0b429', 'on-warning': '#2b1f00', 'warning-text': '#7a5200', 'warning-soft': '#fdf3d9',
  info: '#1d5f8f', 'on-info': '#ffffff', 'info-text': '#1d5f8f', 'info-soft': '#e3eff8',
  light: '#eef1ef', 'on-light': '#17211e', 'light-text': '#53605b', 'light-soft': '#f5f7f6',
  dark: '#202b28', 'on-dark': '#f3f5f3', 'dark-text': '#17211e', 'dark-soft': '#dfe4e1',
  shadow: '0 1px 2px rgb(16 32 28 / 0.05), 0 8px 28px rgb(16 32 28 / 0.06)',
};
const dark = {
  paper: '#0f1513', sheet: '#171f1c', raised: '#1d2623',
  ink: '#e7ecea', 'ink-soft': '#a6b3ae', line: '#2b3632', edge: '#7f8d88', ring: '#7fd6c7',
  primary: '#6fcdbd', 'on-primary': '#04211d', 'primary-text': '#7fd6c7', 'primary-soft': '#163430', 'primary-over': '#8cdccf',
  secondary: '#b6c3be', 'on-secondary': '#141c19', 'secondary-text': '#b6c3be', 'secondary-soft': '#26312d',
  success: '#7fd39b', 'on-success': '#06210f', 'success-text': '#8bdaa5', 'success-soft': '#15301e',
  danger: '#ff9d92', 'on-danger': '#3a0703', 'danger-text': '#ffaca2', 'danger-soft': '#3a1a17',
  warning: '#f3c052', 'on-warning': '#2b1f00', 'warning-text': '#f3c868', 'warning-soft': '#35290d',
  info: '#8cc4ec', 'on-info': '#04202f', 'info-text': '#98cbef', 'info-soft': '#142c3d',
  light: '#25302c', 'on-light': '#e7ecea', 'light-text': '#b6c3be', 'light-soft': '#1d2623',
  dark: '#dfe5e2', 'on-dark': '#141c19', 'dark-text': '#e7ecea', 'dark-soft': '#323d39',
  shadow: '0 0 0 1px #222c29',
};
// For those who ask for more contrast, edges are drawn as dark as text.
const contrast = { line: 'var(--edge)', edge: 'var(--ink)', 'ink-soft': 'var(--ink)', shadow: 'none' };
const fontFamily = {
  sans: ['system-ui', '-apple-system', '"Segoe UI"', 'Roboto', '"Noto Sans"', '"Liberation Sans"', 'sans-serif'],
  mono: ['ui-monospace', 'SFMono-Regular', 'Menlo', 'Consolas', '"Liberation Mono"', 'monospace'],
};
const borderRadius = { none: '0', sm: '0.3rem', DEFAULT: '0.5rem', lg: '0.875rem', full: '999px' };
const measures = { measure: '43rem', aside: 'var(--ink-soft)', mono: fontFamily.mono.join(', ') };

const properties = (tokens) => Object.fromEntries(Object.entries(tokens).map(([name, value]) => [`--${name}`, value]));
const root = {
  ':root': { colorScheme: 'light dark', ...properties({ ...measures, ...light }) },
  '@media (prefers-color-scheme: dark)': { ':root': properties(dark) },
  '@media (prefers-contrast: more)': { ':root': properties(contrast) },
  '@media print': { ':root': { colorScheme: 'light', ...properties({ ...light, shadow: 'none' }) } }, // paper is white
};

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
    fontFamily,
    borderRadius,
    extend: {},
  },
  plugins: [plugin(({ addBase }) => { addBase(root); addBase(author()); })],
};
