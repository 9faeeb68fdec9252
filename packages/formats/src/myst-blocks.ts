import type { Block, Inline } from './markdown.ts';
import { ADMONITIONS, BOXES, CODES, type Directive, HOLDERS, QUOTES } from './myst-directives.ts';
import type { Reference } from './myst-inlines.ts';

/** What reads the parts of a directive. */
export interface DirectiveReader {
  readonly cleaned: (text: string) => string;
  /** The blocks of a directive's content. */
  readonly nested: (text: string) => Block[];
  /** One line of Markdown, such as a title. */
  readonly line: (text: string) => Inline[];
  readonly led: (reference: Reference, words: readonly Inline[]) => Inline[];
}

/** A directive as blocks; undefined for one that is not known, which is then shown as it was written. */
export function directiveBlocks(
  directive: Directive,
  reader: DirectiveReader,
): Block[] | undefined {
  const blocks = contentOf(directive, reader);
  const label = directive.options.get('name') ?? directive.options.get('label');
  return blocks === undefined || label === undefined
    ? blocks
    : [{ kind: 'target', name: label }, ...blocks];
}

function contentOf(directive: Directive, reader: DirectiveReader): Block[] | undefined {
  const { name, argument, body } = directive;
  if (Object.hasOwn(ADMONITIONS, name) || BOXES.has(name)) return [admonition(directive, reader)];
  if (HOLDERS.has(name)) return reader.nested(`${argument}\n\n${body}`);
  if (QUOTES.has(name)) return [{ kind: 'quote', blocks: reader.nested(body) }];
  if (Object.hasOwn(CODES, name)) return code(directive, reader);
  if (name === 'figure' || name === 'image') return picture(directive, reader);
  return undefined;
}

function admonition(
  { name, argument, options, body }: Directive,
  { cleaned, line, nested }: DirectiveReader,
): Block {
  const usual = Object.hasOwn(ADMONITIONS, name) ? ADMONITIONS[name] : undefined;
  const title: Inline[] =
    argument === '' ? [{ kind: 'text', text: cleaned(usual ?? name) }] : line(argument);
  const style = options.get('class') ?? '';
  const own = usual === undefined || name === 'admonition' ? 'note' : name;
  return {
    kind: 'admonition',
    name: Object.hasOwn(ADMONITIONS, style) ? style : own,
    title,
    blocks: nested(body),
  };
}

function code(
  { name, argument, options, body }: Directive,
  { cleaned, line }: DirectiveReader,
): Block[] {
  const language = CODES[name] ?? argument;
  const caption = options.get('caption');
  return [
    ...(caption === undefined ? [] : [{ kind: 'paragraph', content: line(caption) } as const]),
    {
      kind: 'code',
      ...(language === '' ? {} : { language: cleaned(language) }),
      text: cleaned(body),
    },
  ];
}

/** Pictures are links to themselves, as everywhere; what is said below one stays below it. */
function picture(
  { argument, options, body }: Directive,
  { cleaned, nested, led }: DirectiveReader,
): Block[] {
  const words: Inline = { kind: 'text', text: cleaned(options.get('alt') || argument) };
  const content = led({ kind: 'image', to: argument }, [words]);
  return [{ kind: 'paragraph', content }, ...nested(body)];
}
