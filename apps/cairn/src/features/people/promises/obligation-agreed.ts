import type { Obligation } from '../../summits/schema.ts';

/** One promise of one person. */
export interface Promised {
  readonly key: string;
  /** The words of the version that this person accepted. */
  readonly wording: string;
  /** The rule that the summit judges by now. */
  readonly rule: Obligation['rule'];
}

/** What somebody promised, beside what the summit asks for now. */
export interface Agreed {
  readonly promised: readonly Promised[];
  /** Promised once and no longer asked for: nothing to judge. */
  readonly dropped: readonly Obligation[];
  /** Asked for now and not promised yet: nothing to judge either. */
  readonly unpromised: readonly Obligation[];
}

/**
 * Brings together what a person accepted and what the summit asks for now.
 *
 * Words and rule come from different places on purpose. A person sees the words that they agreed
 * to. The rule may change while the summit runs (a meeting falls out, two of three becomes one of
 * two) and holds for everybody alike, so that is the one to judge by; what was earned is kept. A
 * promise counts only once its person has made it: a new one waits until the new agreement is
 * accepted. Promises are the same when their keys are.
 */
export function agreedWith(
  asked: readonly Obligation[],
  accepted: readonly Obligation[] | undefined,
): Agreed {
  const words = new Map(accepted?.map(({ key, text }) => [key, text]));
  const askedKeys = new Set(asked.map(({ key }) => key));
  return {
    promised: asked.flatMap(({ key, rule }) => {
      const wording = words.get(key);
      return wording === undefined ? [] : [{ key, wording, rule }];
    }),
    dropped: accepted?.filter(({ key }) => !askedKeys.has(key)) ?? [],
    unpromised: asked.filter(({ key }) => !words.has(key)),
  };
}
