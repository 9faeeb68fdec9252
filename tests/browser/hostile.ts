import type { FoundField, FoundForm } from './crawl.ts';

/** Marks every element that a hostile text would make if it were taken for HTML. */
export const PLANTED = 'data-planted';

/** What somebody careless or hostile puts into every field at once. */
export const HOSTILE = {
  'nothing at all': '',
  '10 kB of text': 'long '.repeat(2000).trim(),
  markup: `"'><script ${PLANTED}>document.title='planted'</script><img ${PLANTED} src=x onerror=alert(1)>`,
  'a link that runs': `[x](javascript:alert(1)) <a ${PLANTED} href="javascript:alert(1)">x</a>`,
  emoji: '👩🏽‍🚀🏳️‍🌈 Ångström 𝕏',
  'text from right to left': 'مرحبا \u202eabc\u202c שלום',
  'the letter NUL': 'a\u0000b',
  // Short enough for every field, and last, so that it is what stays.
  'a little markup': `<i ${PLANTED}>x</i>`,
} as const;

/** Controls into which people type; everything else only carries what the page put there. */
const TYPED = new Set(['text', 'textarea', 'email', 'search', 'url', 'date', 'number', 'tel']);

export const isTyped = ({ type }: FoundField): boolean => TYPED.has(type);

/** What a browser would post: each typed field holds the text, buttons and boxes are as on the page. */
export function filled({ fields }: FoundForm, text: string, pressed: FoundField | undefined) {
  const sent = fields.filter(
    (field) => field === pressed || !['submit', 'button', 'file', 'radio'].includes(field.type),
  );
  return sent.map((field): [string, string] => [field.name, isTyped(field) ? text : field.value]);
}

/** A form that is right but for its prose, which holds the text: the likeliest to be taken. */
export const inProse = ({ fields }: FoundForm, text: string): [string, string][] => {
  const [button] = fields.filter(({ type }) => type === 'submit');
  return fields
    .filter((field) => field === button || !['submit', 'file'].includes(field.type))
    .map(({ name, type, value }) => [name, type === 'textarea' ? text : value]);
};

/** What no page would post: every field, hidden or chosen, holds the text. */
export const forged = ({ fields }: FoundForm, text: string): [string, string][] =>
  fields.filter(({ type }) => type !== 'file').map(({ name }) => [name, text]);

/** The buttons that a form can be sent with; a form without named ones has one way. */
export function buttonsOf({ fields }: FoundForm): (FoundField | undefined)[] {
  const named = fields.filter(({ type }) => type === 'submit');
  return named.length === 0 ? [undefined] : named;
}
