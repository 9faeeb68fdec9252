import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type GitAsk, gitRefusal } from './git-access-rules.ts';

const comer = { mayRead: true, mayWrite: true, takesPart: true, comes: true, organises: false };
const open = { state: 'announced', readers: 'everyone' } as const;
const ask = (over: Partial<GitAsk>): GitAsk => ({
  service: 'write',
  summit: open,
  caller: comer,
  tokensUrl: 'https://x.org/me/tokens',
  ...over,
});
const codeOf = (over: Partial<GitAsk>): string | undefined => gitRefusal(ask(over))?.problem.code;

const anyAsk = fc.record({
  service: fc.constantFrom('read' as const, 'write' as const),
  summit: fc.option(
    fc.record({
      state: fc.constantFrom('draft' as const, 'announced' as const, 'archived' as const),
      readers: fc.constantFrom('everyone' as const, 'participants' as const),
    }),
    { nil: undefined },
  ),
  caller: fc.option(
    fc.record({
      mayRead: fc.boolean(),
      mayWrite: fc.boolean(),
      takesPart: fc.boolean(),
      comes: fc.boolean(),
      organises: fc.boolean(),
    }),
    { nil: undefined },
  ),
  tokensUrl: fc.constant(''),
});

describe('who may read and push with Git', () => {
  test('a plan that is everybody’s is read without a token, and pushed to with one', () => {
    expect(codeOf({ service: 'read', caller: undefined })).toBeUndefined();
    expect(codeOf({ caller: undefined })).toBe('token-wanted');
    expect(codeOf({})).toBeUndefined();
  });

  test('each right that lacks has its sentence', () => {
    expect(codeOf({ caller: { ...comer, mayWrite: false } })).toBe('scope-missing');
    expect(codeOf({ caller: { ...comer, comes: false } })).toBe('comers-only');
    expect(codeOf({ summit: { ...open, state: 'archived' } })).toBe('summit-archived');
    const closed = { ...open, readers: 'participants' } as const;
    const stranger = { ...comer, takesPart: false, comes: false };
    expect(codeOf({ service: 'read', summit: closed, caller: stranger })).toBe('readers-only');
    expect(codeOf({ summit: { ...open, state: 'draft' }, caller: stranger })).toBe('no-such-plan');
  });

  test('whoever shows no token cannot tell a draft from nothing', () => {
    fc.assert(
      fc.property(anyAsk, (given) => {
        const draft = { ...given, caller: undefined, summit: { ...open, state: 'draft' } } as const;
        expect(gitRefusal(draft)).toEqual(gitRefusal({ ...draft, summit: undefined }));
      }),
    );
  });

  test('nobody pushes without the scope, without coming, or to what is archived', () => {
    fc.assert(
      fc.property(anyAsk, (given) => {
        if (given.service === 'read' || gitRefusal(given) !== undefined) return;
        expect(given.caller?.mayWrite).toBe(true);
        expect(given.caller?.comes || given.caller?.organises).toBe(true);
        expect(given.summit?.state).not.toBe('archived');
      }),
    );
  });
});
