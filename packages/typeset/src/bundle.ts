import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type {
  Bundle,
  BundleCell,
  BundleSection,
  BundleTable,
  Enclosure,
} from './bundle-content.ts';
import { BUNDLE_STYLE } from './bundle-style.ts';
import { formatHandoutDate } from './handout-content.ts';
import { compileTypst, type TypstFiles } from './typst-compiler.ts';
import { typstString } from './typst-source.ts';

/** A bundle as a PDF, and the numbers of the enclosures that no typesetter could read, from 1. */
export interface PrintedBundle {
  readonly pdf: Uint8Array;
  readonly leftOut: readonly number[];
}

/**
 * A form and its papers as one PDF, pages numbered through. An enclosure that cannot be read leaves a page that says
 * so; the others are there all the same. Holds the thread for a tenth of a second and more for each photograph.
 *
 *     const { pdf } = expectOk(typesetBundle({ title, subtitle, author, date, paper: 'a4', sections, enclosures }));
 */
export function typesetBundle(bundle: Bundle): Result<PrintedBundle, Problem> {
  const whole = compile(bundle, []);
  if (whole.ok) return ok({ pdf: whole.value, leftOut: [] });
  const leftOut = bundle.enclosures.flatMap((enclosure, index) =>
    compile({ ...bundle, sections: [], enclosures: [enclosure] }, []).ok ? [] : [index + 1],
  );
  const rest = compile(bundle, leftOut);
  if (rest.ok) return ok({ pdf: rest.value, leftOut });
  const sentence = 'This bundle could not be typeset; tell whoever runs this installation.';
  return fail(problem('not-typeset', sentence));
}

function compile(bundle: Bundle, leftOut: readonly number[]): Result<Uint8Array, string> {
  const kept = bundle.enclosures
    .map((enclosure, index) => ({ enclosure, number: index + 1 }))
    .filter(({ number }) => !leftOut.includes(number));
  const files: TypstFiles = new Map(
    kept.map(({ enclosure, number }) => [fileOf(enclosure, number), enclosure.bytes]),
  );
  return compileTypst(bundleSource(bundle, leftOut), files);
}

const fileOf = ({ kind }: Enclosure, number: number): string => `/enclosure-${number}.${kind}`;

/** The Typst source of a bundle: the style, then calls with the texts as string literals. */
export function bundleSource(bundle: Bundle, leftOut: readonly number[] = []): string {
  const { title, subtitle, author, date, paper } = bundle;
  const day = formatHandoutDate({ date, language: 'en-GB' });
  return `${BUNDLE_STYLE}
#set document(title: ${typstString(title)}, author: ${typstString(author)}, date: datetime(year: ${date.year}, month: ${date.month}, day: ${date.day}))
#show: bundle.with(title: ${words(title)}, subtitle: ${words(subtitle)}, short-title: ${words(`${title}, ${author}`)}, day: ${words(day)}, paper: "${paper}")
#{
${bundle.sections.map(sectionSource).join('\n')}
}
#{
${bundle.enclosures.map((enclosure, index) => enclosureSource(enclosure, index + 1, leftOut)).join('\n')}
}
`;
}

const words = (text: string): string => `text(${typstString(text)})`;
const list = (parts: readonly string[]): string => `(${parts.map((part) => `${part},`).join(' ')})`;

function sectionSource({ heading, paragraphs, facts, table, signatures }: BundleSection): string {
  return [
    `heading(level: 1, ${words(heading)})`,
    ...(paragraphs ?? []).map((text) => `par(${words(text)})`),
    ...(facts === undefined || facts.length === 0
      ? []
      : [`facts(${list(facts.flatMap(([name, value]) => [words(name), words(value)]))})`]),
    ...(table === undefined ? [] : [tableSource(table)]),
    ...(signatures === undefined ? [] : [`signatures(${list(signatures.map(words))})`]),
  ].join('\n');
}

function tableSource({ columns, rows, foot }: BundleTable): string {
  const widths = columns.map(({ kind }) => (kind === 'wide' ? '1fr' : 'auto'));
  const sides = columns.map(({ kind }) => (kind === 'number' ? 'right' : 'left'));
  const heads = columns.map(({ head }) => words(head));
  const cells = rows.flatMap((row) => columns.map((_, index) => cellSource(row[index] ?? '')));
  const last =
    foot === undefined ? 'none' : list(columns.map((_, index) => words(foot[index] ?? '')));
  return `ruled(${list(widths)}, ${list(sides)}, ${list(heads)}, ${list(cells)}, ${last})`;
}

const cellSource = (cell: BundleCell): string =>
  typeof cell === 'string' ? words(cell) : `places(${list(cell.enclosures.map(String))})`;

function enclosureSource(enclosure: Enclosure, number: number, leftOut: readonly number[]): string {
  const { title, text, pages } = enclosure;
  const head = `enclosure(${number}, ${words(title)}, ${words(text)}`;
  if (leftOut.includes(number)) return `${head}, none)`;
  const file = typstString(fileOf(enclosure, number));
  return Array.from({ length: pages }, (_, index) => {
    const page = pages > 1 ? `, part: "page ${index + 1} of ${pages}"` : '';
    const which = enclosure.kind === 'pdf' ? `, page: ${index + 1}` : '';
    const alt = typstString(`${title}. ${text}`);
    return `${head}${page}, is-first: ${index === 0}, image(${file}${which}, alt: ${alt}, width: 100%, height: 100%, fit: "contain"))`;
  }).join('\n');
}
