import { isTypedGroup, type Part, partsOf, type TypedGroup, type Typing } from './form-parts.ts';
import { typingOf } from './form-typing.ts';

const ROW_ACTIONS = ['add', 'remove', 'up', 'down'] as const;

/** What a button of a list asks for: one more row, or something with the row at a place. */
export interface RowAction {
  readonly do: (typeof ROW_ACTIONS)[number];
  /** The list for `add` (`hosts`), else the row (`hosts[1]`). */
  readonly path: readonly (string | number)[];
}

/** Reads the value of a pressed button: `add hosts`, `remove phases[1].steps[0]`. */
export function readRowAction(pressed: string): RowAction | undefined {
  const [verb, name, ...more] = pressed.split(' ');
  const action = ROW_ACTIONS.find((each) => each === verb);
  if (action === undefined || name === undefined || more.length > 0) return undefined;
  const path = [...name.matchAll(/([^.[\]]+)|\[(\d{1,6})\]/g)].map(([, word, index]) =>
    index === undefined ? (word ?? '') : Number(index),
  );
  return { do: action, path };
}

/** What was typed, with a row added, removed or moved. What the action does not fit stays as it was. */
export function withRowAction(part: Part, typing: Typing, action: RowAction): Typing {
  return within(part, typing, action.path, action.do);
}

function within(
  part: Part,
  typing: Typing,
  [step, ...rest]: readonly (string | number)[],
  action: RowAction['do'],
): Typing {
  if (part.kind === 'list' && Array.isArray(typing)) {
    if (step === undefined) {
      return action === 'add' ? [...typing, typingOf(part.item, undefined)] : typing;
    }
    if (typeof step !== 'number' || typing[step] === undefined) return typing;
    if (rest.length === 0 && action !== 'add') return withRow(typing, step, action);
    return typing.map((row: Typing, index) =>
      index === step ? within(part.item, row, rest, action) : row,
    );
  }
  if ((part.kind !== 'group' && part.kind !== 'variants') || !isTypedGroup(typing)) return typing;
  const parts = partsOf(part, typing);
  if (typeof step !== 'string' || !Object.hasOwn(parts, step)) return typing;
  const [inner, typed] = [parts[step], typing[step]];
  if (inner === undefined || typed === undefined) return typing;
  return { ...typing, [step]: within(inner, typed, rest, action) } satisfies TypedGroup;
}

function withRow(
  rows: readonly Typing[],
  index: number,
  action: Exclude<RowAction['do'], 'add'>,
): readonly Typing[] {
  if (action === 'remove') return rows.filter((_, each) => each !== index);
  const other = action === 'up' ? index - 1 : index + 1;
  const [row, neighbour] = [rows[index], rows[other]];
  if (row === undefined || neighbour === undefined) return rows;
  return rows.with(index, neighbour).with(other, row);
}
