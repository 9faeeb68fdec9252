import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { isLanguageTag } from './handout-content.ts';
import type { Letter } from './letter-content.ts';
import { compileTypst } from './typst-compiler.ts';
import { typstString } from './typst-source.ts';

/** All text together, in UTF-16 units; a letter has about 2,000. */
const LONGEST = 50_000;

/**
 * A letter as a PDF: tagged, and PDF/UA-1 where the fonts have every letter. The same letter gives the same bytes.
 * Refused where it is too long for a letter.
 */
export function typesetLetter(letter: Letter): Result<Uint8Array, Problem> {
  if (!isLanguageTag(letter.language)) {
    const sentence = `“${letter.language}” is no language tag; write one such as en, en-GB or de.`;
    return fail(problem('unknown-language', sentence, { path: 'language' }));
  }
  const source = letterSource(letter);
  if (source.length > LONGEST) {
    return fail(problem('too-long', 'This is too long for a letter; shorten its texts.'));
  }
  const pdf = compileTypst(source);
  return pdf.ok
    ? ok(pdf.value)
    : fail(
        problem('not-typeset', 'This letter could not be typeset; take out what is unusual in it.'),
      );
}

const text = (words: string): string => `text(${typstString(words.replace(/\s*\n\s*/g, ' '))})`;
const lines = (all: readonly string[]): string =>
  all.length === 0 ? '[]' : `{ ${all.map(text).join('; linebreak(); ')} }`;

/** The Typst source of a letter: calls with the texts as string literals, so that nothing in them is markup. */
export function letterSource(letter: Letter): string {
  const { letterhead, date, to, subject, paragraphs, facts, signed, paper, language } = letter;
  const [tongue = 'en', ...rest] = language.split('-');
  const region = rest.find((part) => /^[A-Za-z]{2}$/.test(part));
  const day = date.toLocaleString(language, { day: 'numeric', month: 'long', year: 'numeric' });
  const [first = '', ...others] = paragraphs;
  const rows = facts.flatMap(({ term, value }) => [
    text(term),
    value === '' ? 'by-hand' : `strong(${text(value)})`,
  ]);
  const table = facts.length === 0 ? '[]' : `facts(${rows.join(', ')})`;
  return `${STYLE}
#set document(title: ${typstString(subject)}, author: (${typstString(letterhead[0] ?? '')},), date: datetime(year: ${date.year}, month: ${date.month}, day: ${date.day}))
#set text(lang: ${typstString(tongue)}${region ? `, region: ${typstString(region.toLowerCase())}` : ''})
#set page(paper: "${paper}", margin: (left: 25mm, right: 25mm, top: 22mm, bottom: 22mm))
#{
  ${letter.isDraft === true ? `block(below: 1em, text(fill: rgb("#9c2b1f"), ${typstString('Draft: this letter is not issued.')}))` : ''}
  block(below: 2.2em, text(fill: quiet, ${lines(letterhead)}))
  block(below: 1.4em, ${lines(to)})
  block(below: 1.8em, ${text(day)})
  title(${text(subject)})
  par(${text(first)})
  ${table}
  ${others.map((each) => `par(${text(each)})`).join('\n  ')}
  block(above: 4.2em, breakable: false, ${lines(signed)})
}
`;
}

const STYLE = `
#let quiet = luma(38%)
#let by-hand = box(width: 60mm, height: 1em, stroke: (bottom: 0.5pt))
#let facts(..cells) = block(above: 1.3em, below: 1.3em, table(
  columns: (auto, 1fr),
  stroke: none,
  inset: (x: 0pt, y: 0.4em),
  column-gutter: 1.5em,
  ..cells,
))
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), size: 11pt, hyphenate: false)
#set par(justify: false, leading: 0.65em, spacing: 1.1em)
#show title: set text(size: 13pt, weight: "bold")
#show title: set block(below: 1.3em)
`;
