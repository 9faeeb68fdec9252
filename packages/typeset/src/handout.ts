import { parseMarkdown } from '@cairn/formats/markdown';
import type { Problem } from '@cairn/kernel/problem';
import { problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import {
  formatAuthors,
  formatHandoutDate,
  type Handout,
  type HandoutSection,
  headingLevels,
  isLanguageTag,
} from './handout-content.ts';
import { HANDOUT_STYLE } from './handout-style.ts';
import { compileTypst } from './typst-compiler.ts';
import {
  blockSource,
  blocksSource,
  headingSource,
  type TypstContext,
  typstString,
} from './typst-source.ts';

/** All text together, in UTF-16 units; a long handout has about 30,000. */
const LONGEST = 500_000;

/**
 * A handout as a PDF: tagged, and PDF/UA-1 where the fonts have every letter. The same handout
 * gives the same bytes.
 *
 *     const pdf = typesetHandout({ title, authors, date, abstract, sections, paper: 'a4', language: 'en' });
 */
export function typesetHandout(handout: Handout): Result<Uint8Array, Problem> {
  if (!isLanguageTag(handout.language)) {
    const sentence = `“${handout.language}” is no language tag; write one such as en, en-GB or de.`;
    return fail(problem('unknown-language', sentence, { path: 'language' }));
  }
  if (lengthOf(handout) > LONGEST) {
    const sentence = `This handout is longer than ${LONGEST} characters; shorten it or split it in two.`;
    return fail(problem('too-long', sentence));
  }
  const pdf = compileTypst(handoutSource(handout));
  if (pdf.ok) return ok(pdf.value);
  const sentence =
    'This handout could not be typeset; take out what is unusual in it, such as very deep lists or very wide tables.';
  return fail(problem('not-typeset', sentence));
}

const lengthOf = ({ title, abstract, authors, sections }: Handout): number =>
  [title, abstract, ...authors]
    .concat(sections.flatMap(({ heading, body, marginNotes }) => [heading, body, ...marginNotes]))
    .reduce((sum, text) => sum + text.length, 0);

/** The Typst source of a handout: the style, then calls with the texts as string literals. */
export function handoutSource(handout: Handout): string {
  const { title, subtitle, authors, organisation, date, paper, language } = handout;
  const [tongue = 'en', ...rest] = language.split('-');
  const region = rest.find((part) => /^[A-Za-z]{2}$/.test(part));
  const words = (text: string | undefined) =>
    text === undefined || text.trim() === '' ? 'none' : `text(${typstString(text)})`;
  const notes = noteMarks();
  const level = headingLevels();
  const abstract =
    handout.abstract.trim() === ''
      ? 'none'
      : besideSource(parseMarkdown(handout.abstract), [], { level, shift: 0, notes });
  const sections = handout.sections.map((section) => sectionSource(section, { level, notes }));
  return `${HANDOUT_STYLE}
#set document(title: ${typstString(title)}, author: (${authors.map((name) => `${typstString(name)}, `).join('')}), date: datetime(year: ${date.year}, month: ${date.month}, day: ${date.day}))
#set text(lang: ${typstString(tongue)}${region ? `, region: ${typstString(region.toLowerCase())}` : ''})
#show: handout.with(
  title: ${words(title)},
  short-title: ${words(title)},
  subtitle: ${words(subtitle)},
  authors: ${words(formatAuthors(handout))},
  organisation: ${words(organisation)},
  date: ${words(formatHandoutDate(handout))},
  paper: "${paper}",
  abstract: ${abstract},
)
#{
${sections.join('\n')}
}
`;
}

/** Footnotes get numbers through the whole document and are kept until their block is written. */
interface NoteMarks {
  readonly note: (content: string) => string;
  /** The notes since the last call, as source. */
  readonly take: () => string[];
}

function noteMarks(): NoteMarks {
  let count = 0;
  let kept: string[] = [];
  return {
    note: (content) => {
      count++;
      kept.push(`margin-note("${count}", ${content})`);
      return `super("${count}")`;
    },
    take: () => {
      const taken = kept;
      kept = [];
      return taken;
    },
  };
}

function sectionSource(
  { heading, level, body, marginNotes }: HandoutSection,
  { level: levels, notes }: { level: TypstContext['level']; notes: NoteMarks },
): string {
  const given = levels(level);
  const title = headingSource(`text(${typstString(heading)})`, given);
  const context = { level: levels, shift: given, notes };
  const beside = marginNotes.map(
    (note) =>
      `margin-note(none, ${blocksSource(parseMarkdown(note), { ...context, note: (content) => content }, 1)})`,
  );
  return besideSource(parseMarkdown(body), beside, context, { source: title, level: given });
}

/**
 * Blocks with their notes beside them. A new row begins at each block that has notes, so that a note
 * stands at the height of its block and can run on beside the blocks that follow.
 */
function besideSource(
  blocks: ReturnType<typeof parseMarkdown>,
  firstNotes: readonly string[],
  { level, shift, notes }: { level: TypstContext['level']; shift: number; notes: NoteMarks },
  heading?: { readonly source: string; readonly level: number },
): string {
  const rows: { content: string[]; notes: string[] }[] = [
    { content: heading ? [heading.source] : [], notes: [...firstNotes] },
  ];
  for (const block of blocks) {
    const source = blockSource(block, { level, shift, note: notes.note });
    const found = notes.take();
    const last = rows.at(-1);
    if (last && (found.length === 0 || last.content.length <= 1)) {
      last.content.push(source);
      last.notes.push(...found);
    } else {
      rows.push({ content: [source], notes: found });
    }
  }
  return `{ ${rows
    .map((row, index) => {
      const above = index === 0 && heading ? heading.level : 'none';
      const margin = row.notes.length === 0 ? 'none' : `{ ${row.notes.join('; ')} }`;
      return `beside(${above}, ${margin}, { ${row.content.join('; ')} })`;
    })
    .join('; ')} }`;
}
