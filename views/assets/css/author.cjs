// The utility classes that authors put into their texts: grid, display,
// spacing, colours and the like, each with the breakpoints they know.
const points = { '': null, sm: '576px', md: '768px', lg: '992px', xl: '1200px', xxl: '1400px' };
const steps = { 0: '0', 1: '0.25rem', 2: '0.5rem', 3: '1rem', 4: '1.5rem', 5: '3rem' };
const hues = ['primary', 'secondary', 'success', 'danger', 'warning', 'info', 'light', 'dark'];
const important = (style) => Object.fromEntries(Object.entries(style).map(([k, v]) => [k, `${v} !important`]));

// names gives { class: style }; infix is "" or "-md" and so on.
function responsive(names) {
  const all = {};
  for (const [point, width] of Object.entries(points)) {
    const rules = {};
    for (const [name, style] of Object.entries(names(point && `-${point}`))) rules[`.${name}`] = style;
    if (width) all[`@media (min-width: ${width})`] = { ...all[`@media (min-width: ${width})`], ...rules };
    else Object.assign(all, rules);
  }
  return all;
}

function grid(infix) {
  const names = { [`col${infix}`]: { flex: '1 0 0', maxWidth: '100%' }, [`col${infix}-auto`]: { flex: '0 0 auto', width: 'auto' } };
  for (let n = 1; n <= 12; n += 1) {
    const share = `${Number(((n / 12) * 100).toFixed(6))}%`;
    names[`col${infix}-${n}`] = { flex: '0 0 auto', width: share };
    names[`offset${infix}-${n}`] = { marginInlineStart: share };
    if (n <= 6) names[`row-cols${infix}-${n} > *`] = { flex: '0 0 auto', width: `${Number((100 / n).toFixed(6))}%` };
  }
  names[`offset${infix}-0`] = { marginInlineStart: '0' };
  return names;
}

const sides = { '': [''], t: ['BlockStart'], b: ['BlockEnd'], s: ['InlineStart'], e: ['InlineEnd'], x: ['InlineStart', 'InlineEnd'], y: ['BlockStart', 'BlockEnd'] };
function spacing(infix) {
  const names = {};
  for (const [letter, property] of [['m', 'margin'], ['p', 'padding']]) {
    for (const [side, ends] of Object.entries(sides)) {
      const values = letter === 'm' ? { ...steps, auto: 'auto' } : steps;
      for (const [step, value] of Object.entries(values)) names[`${letter}${side}${infix}-${step}`] = important(Object.fromEntries(ends.map((end) => [property + end, value])));
    }
  }
  for (const [step, value] of Object.entries(steps)) names[`gap${infix}-${step}`] = important({ gap: value });
  return names;
}

const ends = { start: 'flex-start', end: 'flex-end', center: 'center', between: 'space-between', around: 'space-around', evenly: 'space-evenly' };
function layout(infix) {
  const names = {};
  for (const d of ['none', 'inline', 'inline-block', 'block', 'grid', 'flex', 'inline-flex', 'table', 'table-row', 'table-cell']) names[`d${infix}-${d}`] = important({ display: d });
  for (const [name, value] of Object.entries(ends)) names[`justify-content${infix}-${name}`] = important({ justifyContent: value });
  for (const name of ['start', 'end', 'center', 'baseline', 'stretch']) {
    names[`align-items${infix}-${name}`] = important({ alignItems: ends[name] ?? name });
    names[`align-self${infix}-${name}`] = important({ alignSelf: ends[name] ?? name });
  }
  for (const d of ['row', 'column', 'row-reverse', 'column-reverse']) names[`flex${infix}-${d}`] = important({ flexDirection: d });
  for (const d of ['wrap', 'nowrap']) names[`flex${infix}-${d}`] = important({ flexWrap: d });
  names[`flex${infix}-fill`] = important({ flex: '1 1 auto' });
  names[`flex${infix}-grow-1`] = important({ flexGrow: '1' });
  for (const side of ['start', 'end', 'center']) names[`text${infix}-${side}`] = important({ textAlign: side });
  names[`float${infix}-start`] = important({ float: 'inline-start' });
  names[`float${infix}-end`] = important({ float: 'inline-end' });
  names[`float${infix}-none`] = important({ float: 'none' });
  return names;
}

function colors() {
  const all = {};
  for (const hue of hues) {
    const [fill, ink, soft] = [`var(--${hue})`, `var(--on-${hue})`, `var(--${hue}-soft)`];
    all[`.btn-${hue}`] = { '--fill': fill, '--text': ink, '--rim': fill };
    all[`.btn-outline-${hue}`] = { '--fill': 'transparent', '--text': `var(--${hue}-text)`, '--rim': `var(--${hue}-text)`, '--over': soft };
    all[`.alert-${hue}, .list-group-item-${hue}, .table-${hue}`] = { '--tint': soft, '--mark': `var(--${hue}-text)` };
    all[`.bg-${hue}`] = { backgroundColor: `${fill} !important`, color: ink };
    all[`.text-bg-${hue}`] = { backgroundColor: `${fill} !important`, color: `${ink} !important` };
    all[`.bg-${hue}-subtle`] = { backgroundColor: `${soft} !important`, color: 'var(--ink)' };
    all[`.text-${hue}`] = { color: `var(--${hue}-text) !important` };
    all[`.text-${hue}-emphasis`] = { color: `var(--${hue}-text) !important` };
    all[`.border-${hue}`] = { borderColor: `${fill} !important` };
    all[`.border-${hue}-subtle`] = { borderColor: `${soft} !important` };
    all[`.link-${hue}`] = { color: `var(--${hue}-text)` };
    all[`.choice-${hue}`] = { '--tint': soft };
  }
  return all;
}

function plain() {
  const all = {
    '.bg-white': { backgroundColor: '#fff !important', color: '#1b2422' }, '.bg-black': { backgroundColor: '#000 !important', color: '#fff' },
    '.bg-transparent': { backgroundColor: 'transparent !important' }, '.bg-body': { backgroundColor: 'var(--sheet) !important' },
    '.bg-body-secondary, .bg-body-tertiary': { backgroundColor: 'var(--light) !important' },
    '.text-muted, .text-body-secondary, .text-black-50, .text-white-50': { color: 'var(--ink-soft) !important' },
    '.text-body': { color: 'var(--ink) !important' }, '.text-white': { color: '#fff !important' }, '.text-black': { color: '#000 !important' },
    '.text-reset': { color: 'inherit !important' },
    '.fw-bold': { fontWeight: '700 !important' }, '.fw-semibold': { fontWeight: '600 !important' }, '.fw-medium': { fontWeight: '500 !important' },
    '.fw-normal': { fontWeight: '400 !important' }, '.fw-light': { fontWeight: '300 !important' },
    '.fst-italic': { fontStyle: 'italic !important' }, '.fst-normal': { fontStyle: 'normal !important' },
    '.text-uppercase': { textTransform: 'uppercase !important' }, '.text-lowercase': { textTransform: 'lowercase !important' }, '.text-capitalize': { textTransform: 'capitalize !important' },
    '.text-nowrap': { whiteSpace: 'nowrap !important' }, '.text-wrap': { whiteSpace: 'normal !important' }, '.text-break': { overflowWrap: 'break-word !important' },
    '.text-truncate': { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }, '.text-justify': { textAlign: 'justify' },
    '.text-decoration-none': { textDecoration: 'none !important' }, '.text-decoration-underline': { textDecoration: 'underline !important' }, '.text-decoration-line-through': { textDecoration: 'line-through !important' },
    '.font-monospace': { fontFamily: 'var(--mono) !important' }, '.lh-1': { lineHeight: '1 !important' }, '.lh-sm': { lineHeight: '1.25 !important' }, '.lh-base': { lineHeight: '1.5 !important' }, '.lh-lg': { lineHeight: '2 !important' },
    '.border': { border: '1px solid var(--line)' }, '.border-0': { border: '0 !important' },
    '.border-top': { borderBlockStart: '1px solid var(--line)' }, '.border-bottom': { borderBlockEnd: '1px solid var(--line)' },
    '.border-start': { borderInlineStart: '1px solid var(--line)' }, '.border-end': { borderInlineEnd: '1px solid var(--line)' },
    '.rounded, .rounded-2': { borderRadius: '0.5rem !important' }, '.rounded-0': { borderRadius: '0 !important' }, '.rounded-1': { borderRadius: '0.3rem !important' },
    '.rounded-3, .rounded-4': { borderRadius: '0.875rem !important' }, '.rounded-circle': { borderRadius: '50% !important' }, '.rounded-pill': { borderRadius: '999px !important' },
    '.shadow': { boxShadow: '0 0.5rem 1rem rgb(0 0 0 / 0.15)' }, '.shadow-sm': { boxShadow: '0 1px 3px rgb(0 0 0 / 0.12)' }, '.shadow-lg': { boxShadow: '0 1rem 3rem rgb(0 0 0 / 0.18)' }, '.shadow-none': { boxShadow: 'none !important' },
    '.overflow-auto': { overflow: 'auto' }, '.overflow-hidden': { overflow: 'hidden' },
    '.position-relative': { position: 'relative' }, '.position-absolute': { position: 'absolute' }, '.position-sticky': { position: 'sticky' },
    '.align-top': { verticalAlign: 'top' }, '.align-middle': { verticalAlign: 'middle' }, '.align-bottom': { verticalAlign: 'bottom' }, '.align-baseline': { verticalAlign: 'baseline' },
    '.invisible': { visibility: 'hidden !important' }, '.visible': { visibility: 'visible !important' },
    '.mw-100': { maxWidth: '100% !important' }, '.mh-100': { maxHeight: '100% !important' },
  };
  const sizes = ['2rem', '1.75rem', '1.5rem', '1.25rem', '1.125rem', '1rem'];
  sizes.forEach((size, i) => { all[`.fs-${i + 1}`] = { fontSize: `${size} !important` }; });
  for (const n of [25, 50, 75, 100]) { all[`.w-${n}`] = { width: `${n}% !important` }; all[`.h-${n}`] = { height: `${n}% !important` }; all[`.opacity-${n}`] = { opacity: `${n / 100} !important` }; }
  all['.w-auto'] = { width: 'auto !important' };
  for (let n = 1; n <= 5; n += 1) { all[`.border-${n}`] = { borderWidth: `${n}px !important` }; all[`.display-${n}`] = { fontSize: `${3.5 - n * 0.4}rem`, fontWeight: '300', lineHeight: '1.2' }; }
  for (const [n, value] of Object.entries(steps)) { all[`.g-${n}, .gx-${n}`] = { '--gap-x': value }; all[`.g-${n}, .gy-${n} `] = { '--gap-y': value }; }
  return all;
}

module.exports = () => {
  const all = {};
  for (const rules of [colors(), plain(), responsive(grid), responsive(spacing), responsive(layout)]) {
    for (const [key, value] of Object.entries(rules)) all[key] = key in all ? { ...all[key], ...value } : value;
  }
  return all;
};
