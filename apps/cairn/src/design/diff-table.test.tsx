import { render } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';
import type { DiffPair } from './diff-lines.ts';
import { DiffTable } from './diff-table.tsx';

const line = (number: number, text: string, isOpen = false) => ({ number, text, isOpen });
const kept = (number: number): DiffPair => ({
  left: line(number, `kept ${number}`),
  right: line(number, `kept ${number}`),
});
const change = {
  kind: 'change',
  isFolded: false,
  change: 1,
  pairs: [{ left: line(1, 'was', true), right: line(1, 'is') }],
} as const;
const folded = (count: number) =>
  ({
    kind: 'same',
    isFolded: true,
    change: undefined,
    pairs: Array.from({ length: count }, (_, index) => kept(index + 2)),
  }) as const;

const shown = (
  view: 'unified' | 'split',
  stretches: Parameters<typeof DiffTable>[0]['stretches'],
): string =>
  render(
    <DiffTable
      caption="Changes of a.md"
      id="f1"
      whole="/raw"
      text={(text) => text}
      lineHref={(side, number) => `?say=${side}-${number}`}
      below={(side, number) => (side === 'new' && number === 1 ? <p>Said.</p> : undefined)}
      {...{ view, stretches }}
    />,
  );

describe.each(['unified', 'split'] as const)('a difference, %s', (view) => {
  test('says by words and signs, and not by colour alone, what went and what came', () => {
    const html = shown(view, [change]);
    expect(html).toContain('<span class="unseen">taken out: </span>was');
    expect(html).toContain('<span class="unseen">added: </span>is');
    expect(html).toContain('no line break at the end of the text');
    expect(html.match(/Said\./g)).toHaveLength(1);
  });

  test('leads from each line to the place where something can be said about it', () => {
    const html = shown(view, [change]);
    expect(html).toContain('href="?say=old-1"');
    expect(html).toContain('href="?say=new-1"');
  });

  test('folds unchanged lines without a script, and leaves out what is too much for a page', () => {
    const few = shown(view, [change, folded(20)]);
    expect(few).toContain('<summary class="small">20 unchanged lines</summary>');
    expect(few).toContain('kept 21');
    const many = shown(view, [change, folded(5000)]);
    expect(many).toContain('5,000 unchanged lines');
    expect(many).toContain('href="/raw"');
    expect(many).not.toContain('kept 21');
  });
});
