/** An attribute's value; one that is undefined is left out. */
type Attributes = Readonly<Record<string, string | number | undefined>>;

// What XML 1.0 does not let stand in a document, not even escaped: most control characters, halves
// of surrogate pairs and two noncharacters (production 2, “Char”).
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Anybody's text as content or value of an attribute, in XML and in HTML alike. */
export const escapeXml = (text: string): string =>
  text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

/** A length with at most two digits after the point, written alike everywhere. */
const written = (value: string | number): string =>
  typeof value === 'string' ? escapeXml(value) : String(Math.round(value * 100) / 100);

/** An element; its content is elements, or text that `escapeXml` has seen. */
export function element(name: string, attributes: Attributes, ...content: readonly string[]) {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${written(value ?? '')}"`)
    .join('');
  return content.length === 0
    ? `<${name}${given}/>`
    : `<${name}${given}>${content.join('')}</${name}>`;
}

/** A line of text. */
export const textAt = (
  x: number,
  y: number,
  look: string,
  text: string,
  anchor?: 'end' | 'middle',
) => element('text', { x, y, class: look, 'text-anchor': anchor }, escapeXml(text));

/** How a drawing is seen: as the reader's system says, or always so. */
export type Scheme = 'auto' | 'light' | 'dark';

/** What a drawing is as a whole. */
interface Frame {
  readonly look: string;
  readonly scheme: Scheme;
  /** Begins the ids inside; two drawings on one page need two. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** What somebody who cannot see it should know. */
  readonly description: string;
}

/** A drawing that needs nothing else: it brings its style, and no script. */
export function drawing(frame: Frame, style: string, ...content: readonly string[]): string {
  const { look, scheme, id, width, height, title, description } = frame;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: scheme === 'auto' ? look : `${look} ${scheme}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-description`,
      width,
      height,
      viewBox: `0 0 ${written(width)} ${written(height)}`,
    },
    element('title', { id: `${id}-title` }, escapeXml(title)),
    element('desc', { id: `${id}-description` }, escapeXml(description)),
    element('style', {}, style),
    element('rect', { class: 'paper', width, height }),
    ...content,
  );
}
