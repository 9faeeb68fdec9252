import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { withLineEnds } from './change-rules.ts';
import { markIn, type PlaceChoice, placesIn, type Stretch, settled } from './conflict-rules.ts';
import {
  howField,
  ownField,
  type TypedConflict,
  type TypedPlace,
  takeField,
  wholeField,
} from './conflict-schema.ts';

/** What becomes of a file in conflict: one side as it is, a text, or nothing. */
export type Outcome =
  | { readonly take: 'mine' | 'main' }
  | { readonly take: 'text'; readonly text: string }
  | { readonly take: 'nothing' };

/** A file in conflict, as far as it decides what can be chosen. */
export interface SettledFile {
  readonly path: string;
  readonly hasMine: boolean;
  readonly hasMain: boolean;
  readonly stretches: readonly Stretch[] | undefined;
}

/** How a file can be settled. */
export type Way = 'places' | 'whole' | 'mine' | 'main' | 'gone';

/** What can be chosen for a file, the most likely first. */
export function waysOf({ hasMine, hasMain, stretches }: SettledFile): readonly Way[] {
  if (!hasMine && !hasMain) return ['gone'];
  return [
    ...(stretches !== undefined && placesIn(stretches).length > 0 ? (['places'] as const) : []),
    ...(stretches === undefined ? [] : (['whole'] as const)),
    ...(hasMine ? (['mine'] as const) : []),
    ...(hasMain ? (['main'] as const) : []),
    ...(hasMine && hasMain ? [] : (['gone'] as const)),
  ];
}

/** The way that a form begins with; a file that both have given up is settled already. */
export const firstWay = (file: SettledFile): Way | '' => {
  const [first] = waysOf(file);
  return first === 'places' || first === 'whole' || first === 'gone' ? first : '';
};

/** What was chosen for a file, or what is still open, at the field that asks for it. */
export function outcomeOf(
  file: SettledFile,
  index: number,
  typed: TypedConflict | undefined,
): Result<Outcome, Problem[]> {
  const how = waysOf(file).find((way) => way === typed?.how) ?? firstWay(file);
  switch (how) {
    case 'gone':
      return ok({ take: 'nothing' });
    case 'mine':
    case 'main':
      return ok({ take: how });
    case 'whole':
      return wholeText(file, index, typed?.whole ?? '');
    case 'places':
      return byPlaces(file, index, typed?.places ?? []);
    case '':
      return fail([
        problem('not-chosen', `Say what becomes of ${file.path}.`, { path: howField(index) }),
      ]);
  }
}

function wholeText(
  { path }: SettledFile,
  index: number,
  whole: string,
): Result<Outcome, Problem[]> {
  const text = withLineEnds(whole, undefined);
  const mark = markIn(text);
  if (mark !== undefined) {
    const sentence = `Line ${mark} of ${path} still has a mark of the conflict; take the marks out once you have settled what is between them.`;
    return fail([problem('mark-left', sentence, { path: wholeField(index) })]);
  }
  return ok({ take: 'text', text });
}

function byPlaces(
  { path, stretches = [] }: SettledFile,
  index: number,
  typed: readonly TypedPlace[],
): Result<Outcome, Problem[]> {
  const choices = placesIn(stretches).map((_, place) => choiceOf(typed[place]));
  const open = choices.flatMap((choice, place) => (choice === undefined ? [place] : []));
  if (open.length > 0) {
    return fail(
      open.map((place) =>
        problem('not-chosen', `Choose what stands at place ${place + 1} of ${path}.`, {
          path: takeField(index, place),
        }),
      ),
    );
  }
  const text = settled(stretches, choices) ?? '';
  const marked = choices.findIndex(
    (choice) => choice?.take === 'own' && markIn(choice.text) !== undefined,
  );
  if (marked >= 0) {
    const sentence = 'Take the marks of the conflict out of your text.';
    return fail([problem('mark-left', sentence, { path: ownField(index, marked) })]);
  }
  return ok({ take: 'text', text });
}

const choiceOf = (typed: TypedPlace | undefined): PlaceChoice | undefined => {
  const { take = '', own = '' } = typed ?? {};
  if (take === 'own') return { take, text: withLineEnds(own, undefined) };
  return take === 'mine' || take === 'main' || take === 'both' ? { take } : undefined;
};

/**
 * Choices for places that are the same in a form and in what is to be settled now: a branch or main
 * that moved on meanwhile asks only about what is new.
 */
export function carriedOver(
  before: readonly Stretch[],
  typed: readonly TypedPlace[],
  now: readonly Stretch[],
): TypedPlace[] {
  const keyOf = (stretch: Stretch): string =>
    stretch.agreed ? '' : JSON.stringify([stretch.mine, stretch.main]);
  const known = new Map<string, TypedPlace[]>();
  for (const [index, stretch] of placesIn(before).entries()) {
    const place = typed[index];
    if (place === undefined) continue;
    known.set(keyOf(stretch), [...(known.get(keyOf(stretch)) ?? []), place]);
  }
  return placesIn(now).map(
    (stretch) => known.get(keyOf(stretch))?.shift() ?? { take: '', own: ownStart(stretch) },
  );
}

/** What the box for a text of one’s own begins with: both sides, one below the other. */
export const ownStart = (stretch: Stretch): string =>
  stretch.agreed ? '' : (settled([stretch], [{ take: 'both' }]) ?? '');
