/**
 * iCalendar text as a tree that still knows its lines (RFC 5545 §3.1), for files from anywhere: a
 * line that is no iCalendar breaks the component that it stands in, and no other.
 */
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';

export interface IcalProperty {
  /** In capitals. */
  readonly name: string;
  /** By name in capitals; without the quotes, and with RFC 6868's signs read. */
  readonly parameters: ReadonlyMap<string, string>;
  /** As it stands in the file. */
  readonly value: string;
  readonly line: number;
}

export interface IcalComponent {
  /** In capitals. */
  readonly name: string;
  readonly line: number;
  readonly properties: readonly IcalProperty[];
  readonly components: readonly IcalComponent[];
  /** The first of its lines that is no iCalendar. */
  readonly badLine?: number;
}

interface OpenComponent extends IcalComponent {
  readonly properties: IcalProperty[];
  readonly components: IcalComponent[];
  badLine?: number;
}

/** Components inside components; a calendar has three. */
const DEEPEST = 8;

/** The calendars of a text. Fails with one sentence and its line where the text breaks off. */
export function readIcalText(text: string, file?: string): Result<IcalComponent[], Problem> {
  const failAt = (code: string, line: number, sentence: string) =>
    fail(problem(code, sentence, { ...(file === undefined ? {} : { file }), line }));
  const open: OpenComponent[] = [];
  const roots: IcalComponent[] = [];
  for (const { line, text: content } of contentLines(text)) {
    const property = readProperty(content, line);
    const top = open.at(-1);
    if (property?.name === 'BEGIN') {
      const name = property.value.trim().toUpperCase();
      if (!top && name !== 'VCALENDAR') return failAt('not-a-calendar', line, notCalendar(content));
      if (open.length >= DEEPEST) {
        return failAt(
          'broken-calendar',
          line,
          'This calendar has parts in parts without an end; export it again.',
        );
      }
      open.push({ name, line, properties: [], components: [] });
    } else if (!top) {
      if (roots.length === 0) return failAt('not-a-calendar', line, notCalendar(content));
    } else if (property?.name === 'END') {
      const name = property.value.trim().toUpperCase();
      if (name !== top.name) {
        const sentence = `Here END:${shown(name)} stands where END:${top.name} should, which begins in line ${top.line}; export the calendar again.`;
        return failAt('broken-calendar', line, sentence);
      }
      open.pop();
      (open.at(-1)?.components ?? roots).push(top);
    } else if (property) {
      top.properties.push(property);
    } else {
      top.badLine ??= line;
    }
  }
  const left = open.at(-1);
  if (left) {
    const sentence = `This calendar breaks off: the ${shown(left.name)} that begins here has no end; export or download it again.`;
    return failAt('broken-calendar', left.line, sentence);
  }
  if (roots.length === 0) return failAt('not-a-calendar', 1, notCalendar(''));
  return ok(roots);
}

function notCalendar(content: string): string {
  const start = 'This is not an iCalendar file';
  if (/^\s*(?:<!doctype|<html|<\?xml)/i.test(content)) {
    return `${start} but a web page; use the address that the calendar program gives for subscribing (iCal or .ics).`;
  }
  return `${start}; export the calendar as .ics, it begins with BEGIN:VCALENDAR.`;
}

const shown = (name: string): string => (name.length > 30 ? `${name.slice(0, 30)}…` : name);

/** Lines put together again where they were folded; empty ones are left out. */
function* contentLines(text: string): Generator<{ line: number; text: string }> {
  let [position, number] = [text.startsWith('\ufeff') ? 1 : 0, 0];
  let begun: { line: number; text: string } | undefined;
  while (position < text.length) {
    const end = text.indexOf('\n', position);
    const stop = end === -1 ? text.length : end;
    const raw = text.slice(position, text[stop - 1] === '\r' ? stop - 1 : stop);
    position = stop + 1;
    number++;
    if (begun && (raw.startsWith(' ') || raw.startsWith('\t'))) {
      begun.text += raw.slice(1);
    } else {
      if (begun && begun.text.trim() !== '') yield begun;
      begun = { line: number, text: raw };
    }
  }
  if (begun && begun.text.trim() !== '') yield begun;
}

const NO_PARAMETERS = new Map<string, string>();

function readProperty(content: string, line: number): IcalProperty | undefined {
  const name = /^[A-Za-z0-9-]+/.exec(content)?.[0];
  if (name === undefined) return undefined;
  const parameters = content[name.length] === ';' ? new Map<string, string>() : NO_PARAMETERS;
  let position = name.length;
  while (content[position] === ';') {
    const found = /;([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)/y;
    found.lastIndex = position;
    const [whole, key, value] = found.exec(content) ?? [];
    if (whole === undefined || key === undefined || value === undefined) return undefined;
    parameters.set(key.toUpperCase(), parameterText(value));
    position += whole.length;
  }
  if (content[position] !== ':') return undefined;
  return { name: name.toUpperCase(), parameters, value: content.slice(position + 1), line };
}

/** RFC 6868. */
const parameterText = (value: string): string =>
  value
    .replaceAll('"', '')
    .replace(/\^([n^'])/g, (_, sign: string) => ({ n: '\n', '^': '^', "'": '"' })[sign] ?? sign);

/** A property's text (RFC 5545 §3.3.11). */
export const propertyText = ({ value }: IcalProperty): string =>
  value.replace(/\\([\\;,nN])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign));

/** The first property of that name. */
export const propertyOf = ({ properties }: IcalComponent, name: string): IcalProperty | undefined =>
  properties.find((property) => property.name === name);
