/** Colours that reach WCAG AA on their paper and in their boxes: 4.5:1 for text, 3:1 for shapes. */
interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly rule: string;
  readonly edge: string;
  readonly tint: string;
  readonly box: string;
  readonly bad: string;
  readonly warn: string;
  readonly line: string;
  /** Told apart from each other also by those who see few colours, as far as six can be. */
  readonly tracks: readonly string[];
}

/** How many colours tracks have. */
export const TRACK_COLOURS = 6;

/** On white paper. */
export const LIGHT: Palette = {
  paper: '#fffffb',
  ink: '#1a1a18',
  soft: '#5c5b55',
  rule: '#d9d7cd',
  edge: '#85837a',
  tint: '#f3f2ea',
  box: '#fffffb',
  bad: '#a8221b',
  warn: '#8a5200',
  line: '#2a4fcb',
  tracks: ['#2a4fcb', '#b0450d', '#22693b', '#7a3fa0', '#8a5a00', '#006e7a'],
};

/** At night. */
export const DARK: Palette = {
  paper: '#161615',
  ink: '#e4e2d9',
  soft: '#a5a398',
  rule: '#3a3934',
  edge: '#7d7b71',
  tint: '#24231f',
  box: '#1d1d1b',
  bad: '#ff9b8f',
  warn: '#e5b366',
  line: '#9db4ff',
  tracks: ['#9db4ff', '#ff9f6e', '#86cc9a', '#d0a8f5', '#e5b366', '#6cc9d6'],
};

/** What stands in a rule for a colour of the palette. */
export const colour = (name: string): string => `var(--drawing-${name})`;

const variables = ({ tracks, ...named }: Palette): string =>
  [...Object.entries(named), ...tracks.map((value, index) => [`track${index}`, value] as const)]
    .map(([name, value]) => `--drawing-${name}:${value}`)
    .join(';');

/**
 * The style of a drawing with this class: colours for both schemes, the look of what all drawings
 * have, and its own rules, one a line. Every rule begins with the class, so that a page in which the
 * drawing stands is left alone.
 */
export function styleOf(look: string, own: string): string {
  const rules = `
    text{font-family:"Libertinus Serif","Palatino Linotype",Palatino,Georgia,serif;font-size:12px;fill:${colour('ink')};font-variant-numeric:lining-nums tabular-nums}
    .paper{fill:${colour('paper')}}
    .title{font-size:19px}
    .day{font-size:16px;font-style:italic}
    .note,.foot{font-size:11px;fill:${colour('soft')}}
    .strong{font-weight:600}
    .bad{fill:${colour('bad')}}
    .warn{fill:${colour('warn')}}
    .rule{stroke:${colour('rule')};fill:none}
    ${own}`;
  return [
    `.${look}{${variables(LIGHT)};max-width:none}`,
    `@media (prefers-color-scheme:dark){.${look}{${variables(DARK)}}}`,
    `.${look}.light{${variables(LIGHT)}}`,
    `.${look}.dark{${variables(DARK)}}`,
    ...rules
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => scoped(look, line)),
  ].join('\n');
}

function scoped(look: string, rule: string): string {
  const at = rule.indexOf('{');
  const selectors = rule
    .slice(0, at)
    .split(',')
    .map((selector) => `.${look} ${selector}`);
  return `${selectors.join(',')}${rule.slice(at)}`;
}
