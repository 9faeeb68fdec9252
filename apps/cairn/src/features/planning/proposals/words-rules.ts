import { counted, listed } from '@cairn/kernel/words';

/** A file as it differs, as far as words tell it. */
export interface ChangedFileFacts {
  readonly status: 'added' | 'removed' | 'changed' | 'renamed';
  readonly path: string;
  readonly oldPath: string;
  readonly added: number | undefined;
  readonly removed: number | undefined;
}

/**
 * What becomes of a file, in words.
 *
 *     changeWords({ status: 'added', path: 'goals/a.md', added: 3, … }) // 'Adds goals/a.md (3 lines)'
 */
export function changeWords({ status, path, oldPath, added, removed }: ChangedFileFacts): string {
  const lines = (count: number | undefined): string =>
    count === undefined ? '' : ` (${counted(count, 'line')})`;
  if (status === 'added') return `Adds ${path}${lines(added)}`;
  if (status === 'removed') return `Deletes ${path}${lines(removed)}`;
  const parts = [
    ...(added === undefined || added === 0 ? [] : [`${counted(added, 'line')} more`]),
    ...(removed === undefined || removed === 0 ? [] : [`${counted(removed, 'line')} fewer`]),
  ];
  const how = parts.length === 0 ? '' : ` (${parts.join(', ')})`;
  return status === 'renamed' ? `Moves ${oldPath} to ${path}${how}` : `Changes ${path}${how}`;
}

/** What a proposal does, in one sentence. */
export function summaryOf(changes: readonly ChangedFileFacts[]): string {
  const verbs = [
    ['added', 'adds'],
    ['changed', 'changes'],
    ['renamed', 'moves'],
    ['removed', 'deletes'],
  ] as const;
  const parts = verbs.flatMap(([status, verb]) => {
    const count = changes.filter((each) => each.status === status).length;
    return count === 0 ? [] : [`${verb} ${counted(count, 'file')}`];
  });
  return parts.length === 0 ? 'It changes nothing.' : `It ${listed(parts)}.`;
}
