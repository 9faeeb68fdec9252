import type { KeptPlace } from './placement-rules.ts';

/** Where sessions were before and after a change; null for nowhere. */
export type Places = Readonly<Record<string, KeptPlace | null>>;

/** A change of a draft, as it is kept. */
export interface Step {
  readonly revision: number;
  readonly before: Places;
  readonly after: Places;
  readonly byPerson: string | null;
  /** The revision of the step that took it back. */
  readonly undoneBy: number | null;
  /** The revision of the step that it takes back. */
  readonly undoes: number | null;
}

/**
 * The step of a person that undo takes back: their last that holds. Other people's steps are theirs
 * to undo. What they had undone and did again can be undone again.
 */
export function toUndo(steps: readonly Step[], person: string | null): Step | undefined {
  const takesBack = kinds(steps);
  return steps.findLast(
    (step) =>
      step.byPerson === person &&
      step.undoneBy === null &&
      !(takesBack.get(step.revision) ?? false),
  );
}

/** The undo of a person that redo takes back: their last, unless they did something new since. */
export function toRedo(steps: readonly Step[], person: string | null): Step | undefined {
  const takesBack = kinds(steps);
  const own = steps.filter(({ byPerson }) => byPerson === person);
  const lastNew = own.findLast(({ undoes }) => undoes === null)?.revision ?? -1;
  return own.findLast(
    ({ revision, undoneBy }) =>
      undoneBy === null && revision > lastNew && takesBack.get(revision) === true,
  );
}

/** By revision whether a step takes something back: an undo does, a redo does not. */
function kinds(steps: readonly Step[]): ReadonlyMap<number, boolean> {
  const found = new Map<number, boolean>();
  for (const { revision, undoes } of steps) {
    found.set(revision, undoes !== null && !(found.get(undoes) ?? false));
  }
  return found;
}

/** Whether two kept places are one, pins included. */
export const isSameKept = (one: KeptPlace | null, other: KeptPlace | null): boolean =>
  one?.date === other?.date &&
  one?.starts === other?.starts &&
  one?.roomId === other?.roomId &&
  one?.isPinned === other?.isPinned;
