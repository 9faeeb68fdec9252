import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  linesOf,
  markIn,
  type PlaceChoice,
  placesIn,
  settled,
  stretchesOf,
  withMarks,
} from './conflict-rules.ts';

const line = fc.constantFrom('alpha', 'beta', 'gamma', '', '- a point', '# Title', '=======');
const text = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.boolean())
  .map(([lines, ends]) => lines.join('\n') + (ends && lines.length > 0 ? '\n' : ''));
/** Texts whose last line ends, as those of the plan do: nothing needs to be put between them. */
const ended = fc
  .array(line, { maxLength: 12 })
  .map((lines) => lines.map((each) => `${each}\n`).join(''));
const take = (side: 'mine' | 'main' | 'both') => (): PlaceChoice => ({ take: side });

describe('places in conflict', () => {
  test('are where both changed a line, and nothing else', () => {
    expect(stretchesOf('a\nb\nc\nd\n', 'A\nb\nc\nd\n', 'a\nb\nC\nd\n')).toEqual([
      { agreed: true, text: 'A\nb\nC\nd\n' },
    ]);
    expect(stretchesOf('a\nb\nc\n', 'a\nmine\nc\n', 'a\nmain\nc\n')).toEqual([
      { agreed: true, text: 'a\n' },
      { agreed: false, base: 'b\n', mine: 'mine\n', main: 'main\n' },
      { agreed: true, text: 'c\n' },
    ]);
    expect(stretchesOf('a\n', 'a\nnew\n', 'a\nnew\n')).toEqual([
      { agreed: true, text: 'a\nnew\n' },
    ]);
  });

  test('chosen all from one side give that side, where only places in conflict differ', () => {
    fc.assert(
      fc.property(ended, ended, ended, (base, mine, main) => {
        const stretches = stretchesOf(base, mine, main);
        // With main as it was, all is agreed and mine; so what is not agreed is what both changed.
        expect(settled(stretchesOf(base, mine, base), [])).toBe(mine);
        expect(settled(stretchesOf(base, base, main), [])).toBe(main);
        const places = placesIn(stretches);
        for (const side of ['mine', 'main'] as const) {
          const chosen = settled(stretches, places.map(take(side))) ?? '';
          let at = 0;
          for (const stretch of stretches) {
            const part = stretch.agreed ? stretch.text : stretch[side];
            expect(chosen.slice(at, at + part.length)).toBe(part);
            at += part.length;
          }
          expect(at).toBe(chosen.length);
        }
      }),
    );
  });

  test('with a side for every place of a file in which all is in conflict are exactly that side', () => {
    fc.assert(
      fc.property(text, text, (mine, main) => {
        const stretches = stretchesOf('', mine, main);
        const places = placesIn(stretches);
        expect(settled(stretches, places.map(take('mine')))).toBe(mine === '' ? main : mine);
        expect(settled(stretches, places.map(take('main')))).toBe(main === '' ? mine : main);
      }),
    );
  });

  test('with both keep every line of both, however often it stands there', () => {
    fc.assert(
      fc.property(text, text, text, (base, mine, main) => {
        const stretches = stretchesOf(base, mine, main);
        for (const stretch of placesIn(stretches)) {
          if (stretch.agreed) continue;
          const both = linesOf(settled([stretch], [{ take: 'both' }]) ?? '').map(bare);
          expect(both.sort()).toEqual(
            [...linesOf(stretch.mine), ...linesOf(stretch.main)].map(bare).sort(),
          );
        }
      }),
    );
  });

  test('keep the other side untouched where one changed nothing, and never lose an insertion of either', () => {
    fc.assert(
      fc.property(ended, ended, ended, (base, mine, main) => {
        const stretches = stretchesOf(base, mine, main);
        const whole = settled(stretches, placesIn(stretches).map(take('both'))) ?? '';
        const were = new Set(linesOf(base));
        for (const added of [...linesOf(mine), ...linesOf(main)]) {
          if (!were.has(added)) expect(linesOf(whole)).toContain(added);
        }
      }),
    );
  });

  test('stand between marks in the whole file, which is refused while a mark is left', () => {
    const marked = withMarks(stretchesOf('a\nb\n', 'a\nmine', 'a\nmain\n'));
    expect(marked).toBe('a\n<<<<<<< the proposal\nmine\n=======\nmain\n>>>>>>> main\n');
    expect(markIn(marked)).toBe(2);
    expect(markIn('a\n=======\nb\n')).toBeUndefined();
  });

  test('are not settled while one of them is open', () => {
    expect(settled(stretchesOf('a\n', 'b\n', 'c\n'), [undefined])).toBeUndefined();
    expect(settled(stretchesOf('a\n', 'b\n', 'c\n'), [{ take: 'own', text: 'd\n' }])).toBe('d\n');
  });
});

const bare = (line: string): string => line.replace(/\n$/, '');
