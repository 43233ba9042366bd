import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Rgb = readonly [number, number, number];

const SHEETS = ['./tokens.css', '../editor/blocks/code.css'].map((path) =>
  readFileSync(new URL(path, import.meta.url), 'utf8'),
);
const THEMES = ['light', 'dark'] as const;
/** The colours of code, each with what it stands on. */
const ON_CODE = [
  ...['ink', 'ink-3', 'code-keyword', 'code-type', 'code-title', 'code-string', 'code-number', 'code-meta'].map(
    (name) => [name, 'sunken'] as const,
  ),
  ['decision', 'decision-wash'] as const,
  ['danger', 'danger-wash'] as const,
];

test.each(THEMES.flatMap((theme) => ON_CODE.map(([ink, ground]) => ({ theme, ink, ground }))))(
  'WR12: $ink on $ground is 4.5:1 or better, $theme',
  ({ theme, ink, ground }) => {
    expect(contrast(colour(ink, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
  },
);

test('WR12: every colour that code has is measured', () => {
  const [, code = ''] = SHEETS;
  const used = [...code.matchAll(/^\.code-\w+ \{([^}]*)\}/gm)].flatMap(([, rules = '']) =>
    [...rules.matchAll(/[^-]color: var\(--([\w-]+)\)/g)].map(([, name]) => name),
  );
  expect(used.length).toBeGreaterThanOrEqual(9);
  expect(ON_CODE.map(([ink]) => ink)).toEqual(expect.arrayContaining(used));
});

test('LK2: the measure of contrast is that of WCAG', () => {
  expect(contrast([0, 0, 0], [1, 1, 1])).toBeCloseTo(21, 5);
  expect(contrast(linear(1, 0, 0), linear(0, 0, 0))).toBeCloseTo(21, 2);
});

/** As the sheets have it: `--name: light-dark(oklch(L C H), oklch(L C H))`. In linear light. */
function colour(name: string, theme: (typeof THEMES)[number]): Rgb {
  const all = SHEETS.join('\n').match(new RegExp(`--${name}: light-dark\\(oklch\\(([^)]+)\\), oklch\\(([^)]+)\\)\\)`));
  const parts = all?.[theme === 'light' ? 1 : 2]?.split(' ').map(Number);
  const [l, c, h] = parts ?? [];
  if (l === undefined || c === undefined || h === undefined) throw new Error(`No colour --${name}.`);
  return linear(l, c, h);
}

/** OKLCH to linear sRGB, cut to what a screen can show. */
function linear(l: number, c: number, h: number): Rgb {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const cut = (value: number): number => Math.min(1, Math.max(0, value));
  return [
    cut(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
    cut(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
    cut(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short),
  ];
}

function contrast(one: Rgb, other: Rgb): number {
  const [low = 0, high = 0] = [one, other].map(luminance).sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance([r, g, b]: Rgb): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
