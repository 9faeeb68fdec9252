import { type Instant, Temporal } from '@cairn/kernel/time';
import type { KeptItem } from './history-rules.ts';
import type { ProgrammeItem } from './programme-rules.ts';

/** What is known of one person's part in a timetable. */
export interface OwnPart {
  readonly personId: string;
  /** They come, as far as they have said. */
  readonly comes: boolean;
  /** They came into the summit at some time: what they were told then is taken back. */
  readonly everCame: boolean;
  /** The sessions that they go to now. */
  readonly goes: ReadonlySet<string>;
  /** Sessions in whose release they were expected, or which they marked. */
  readonly wasIn: ReadonlySet<string>;
  /** Groups that they are or were in, by key. */
  readonly groups: ReadonlySet<string>;
  /** When their own part in a session changed last; under `group` that of groups, under `` of all. */
  readonly changed: ReadonlyMap<string, Instant>;
  /** When the timetable was first released. */
  readonly since: Instant;
}

/**
 * What one person's calendar tells of a timetable: what they go to, blocks, and as CANCELLED what they
 * went to before. Their part changes between releases too, so SEQUENCE is that of the entry and the
 * seconds until their own last change: both only ever rise.
 */
export function ownItems(kept: Iterable<KeptItem>, part: OwnPart): KeptItem[] {
  return [...kept].flatMap((each) => {
    const { item } = each;
    const isIn = part.comes && (item.isBlock || part.goes.has(item.id));
    if (!isIn && !mayHaveBeenIn(item, part)) return [];
    const own = lastOf([
      part.changed.get(item.id),
      part.changed.get(''),
      ...(item.groupKey === null ? [] : [part.changed.get('group')]),
    ]);
    const seconds = own === undefined ? 0 : Math.ceil(own.since(part.since).total('seconds'));
    return [
      {
        ...each,
        status: isIn ? each.status : ('CANCELLED' as const),
        sequence: each.sequence + Math.max(0, seconds),
        lastModified: lastOf([each.lastModified, own]) ?? each.lastModified,
      },
    ];
  });
}

const mayHaveBeenIn = (item: ProgrammeItem, { everCame, wasIn, groups }: OwnPart): boolean =>
  item.isBlock || item.kind === 'plenary'
    ? everCame
    : wasIn.has(item.id) || groups.has(item.groupKey ?? '');

const lastOf = (moments: readonly (Instant | undefined)[]): Instant | undefined =>
  moments
    .filter((moment) => moment !== undefined)
    .toSorted(Temporal.Instant.compare)
    .at(-1);
