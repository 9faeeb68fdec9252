import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { definitions } from '../../../../../tests/arbitrary-definition.ts';
import { mergeTyping } from './definition-merge.ts';
import { checkDefinition, definitionInput, definitionTyping } from './definition-text.ts';

describe('two people save at once', () => {
  test('whoever changed nothing changes nothing', () => {
    fc.assert(
      fc.property(definitions, definitions, (base, changed) => {
        const [old, now] = [definitionTyping(base), definitionTyping(changed)];
        expect(mergeTyping(old, old, now)).toEqual({ typing: now, collisions: [] });
        expect(mergeTyping(old, now, old)).toEqual({ typing: now, collisions: [] });
        expect(mergeTyping(old, now, now)).toEqual({ typing: now, collisions: [] });
      }),
    );
  });

  test('changes of different values are both there', () => {
    const base = { title: 'A', hosts: [{ name: 'H', url: '' }], city: 'S' };
    const mine = { ...base, title: 'B', hosts: [{ name: 'H', url: 'https://h.example' }] };
    const theirs = { ...base, city: 'T', hosts: [{ name: 'K', url: '' }] };
    expect(mergeTyping(base, mine, theirs)).toEqual({
      typing: { title: 'B', hosts: [{ name: 'K', url: 'https://h.example' }], city: 'T' },
      collisions: [],
    });
  });

  test('of one value changed by both, mine stands and both are told', () => {
    expect(mergeTyping({ a: '1' }, { a: '2' }, { a: '3' })).toEqual({
      typing: { a: '2' },
      collisions: [{ path: 'a', mine: '2', theirs: '3' }],
    });
  });

  test('rows added by both are told, and none of mine is lost', () => {
    const { typing, collisions } = mergeTyping(
      { rows: ['a'] },
      { rows: ['a', 'mine'] },
      { rows: ['a', 'theirs'] },
    );
    expect(typing).toEqual({ rows: ['a', 'mine'] });
    expect(collisions.map(({ path }) => path)).toEqual(['rows']);
  });

  test('a merge keeps every value that only I changed', () => {
    fc.assert(
      fc.property(definitions, definitions, (base, mine) => {
        const typing = definitionTyping(base);
        const merged = mergeTyping(typing, definitionTyping(mine), typing).typing;
        expect(expectOk(checkDefinition(definitionInput(merged)))).toEqual(mine);
      }),
    );
  });
});
