import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seedDefinition } from '../../../../../../tests/summit.ts';
import { agreementOf, asksTheSame, changesBetween, letter, partsOf } from './agreement-rules.ts';

describe('an agreement', () => {
  test('letters its promises and fills in the numbers of the definition', () => {
    const { text } = agreementOf(seedDefinition());
    expect(text).toContain(
      '(a) take part in two of the three one-hour pre-summit planning meetings',
    );
    expect(text).toContain('(d) participate, to whatever degree possible');
  });

  test('falls into its introduction and its promises without losing a letter', () => {
    const agreement = agreementOf(seedDefinition());
    const { introduction, promises } = partsOf(agreement);
    expect(promises.map((promise) => promise.slice(0, 4))).toEqual([
      '(a) ',
      '(b) ',
      '(c) ',
      '(d) ',
    ]);
    expect([introduction, ...promises].join('\n\n')).toBe(agreement.text);
    const other = { ...agreement, text: `${agreement.text} And more.` };
    expect(partsOf(other)).toEqual({ introduction: other.text, promises: [] });
  });

  test.each([
    [0, 'a'],
    [25, 'z'],
    [26, 'aa'],
    [27, 'ab'],
    [52, 'ba'],
  ])('letters number %i as %s', (index, expected) => {
    expect(letter(index)).toBe(expected);
  });

  test('asks for something else when only a rule changes and not a word', () => {
    const definition = seedDefinition();
    const [first, ...others] = definition.agreement.obligations;
    if (first === undefined) throw new Error('the seeds have promises');
    const changed = {
      ...definition,
      agreement: {
        text: definition.agreement.text,
        obligations: [
          { ...first, text: 'take part', rule: { kind: 'attend', meetings: 1, of: 3 } as const },
          ...others,
        ],
      },
    };
    const same = {
      ...changed,
      agreement: {
        ...changed.agreement,
        obligations: [
          { ...first, text: 'take part', rule: { kind: 'attend', meetings: 2, of: 3 } as const },
          ...others,
        ],
      },
    };
    expect(agreementOf(changed).text).toBe(agreementOf(same).text);
    expect(asksTheSame(agreementOf(changed), agreementOf(same))).toBe(false);
    expect(asksTheSame(agreementOf(same), agreementOf(structuredClone(same)))).toBe(true);
  });

  test('shows a change from which both texts can be read', () => {
    fc.assert(
      fc.property(fc.lorem(), fc.lorem(), (before, after) => {
        const changes = changesBetween(before, after);
        const read = (leftOut: string) =>
          changes
            .filter(({ kind }) => kind !== leftOut)
            .map(({ text }) => text)
            .join('');
        expect(read('added')).toBe(before);
        expect(read('removed')).toBe(after);
      }),
    );
  });
});
