import type {
  PlacedSession,
  ReleasedBlock,
  ReleasedRoom,
  TimetableContent,
} from './content-schema.ts';

/** What became of something from one version to the next. */
export interface Change<Thing> {
  /** `moved`: at another time or in another room; `changed`: in the same place, and says something else. */
  readonly kind: 'added' | 'moved' | 'changed' | 'dropped';
  readonly before: Thing | undefined;
  readonly after: Thing | undefined;
}

/** What changed from one version to the next. */
export interface VersionChanges {
  readonly sessions: readonly Change<PlacedSession>[];
  readonly blocks: readonly Change<ReleasedBlock>[];
  readonly rooms: readonly Change<ReleasedRoom>[];
}

/** Whether two versions say the same. */
export const isSame = ({ sessions, blocks, rooms }: VersionChanges): boolean =>
  sessions.length + blocks.length + rooms.length === 0;

interface Placed {
  readonly date: string;
  readonly starts: string;
  readonly ends: string;
  readonly roomId: string | null;
}

/** What changed; everything is new where there was nothing before. In the order of the later version, then what was dropped. */
export function changesBetween(
  before: TimetableContent | undefined,
  after: TimetableContent,
): VersionChanges {
  return {
    sessions: changesOf(before?.sessions ?? [], after.sessions, isMoved, saysOfSession),
    blocks: changesOf(before?.blocks ?? [], after.blocks, isBlockMoved, saysOfBlock),
    rooms: changesOf(before?.rooms ?? [], after.rooms, () => false, saysOfRoom),
  };
}

/** Whether something is at another time or in another room. */
export const isMoved = (one: Placed, other: Placed): boolean =>
  one.date !== other.date ||
  one.starts !== other.starts ||
  one.ends !== other.ends ||
  one.roomId !== other.roomId;

const isBlockMoved = (one: ReleasedBlock, other: ReleasedBlock): boolean =>
  isMoved(one, other) || (one.roomId === null && one.place !== other.place);

const saysOfSession = ({ kind, title, text, topicNumber, groupKey, track, leads }: PlacedSession) =>
  JSON.stringify([kind, title, text, topicNumber, groupKey, track, leads]);

const saysOfBlock = ({ kind, title, text, meal, isProvided }: ReleasedBlock) =>
  JSON.stringify([kind, title, text, meal, isProvided]);

const saysOfRoom = ({ name, capacity, features, directions }: ReleasedRoom) =>
  JSON.stringify([name, capacity, features, directions]);

function changesOf<Thing extends { readonly id: string }>(
  before: readonly Thing[],
  after: readonly Thing[],
  moved: (one: Thing, other: Thing) => boolean,
  says: (thing: Thing) => string,
): Change<Thing>[] {
  const earlier = new Map(before.map((thing) => [thing.id, thing]));
  const later = new Set(after.map(({ id }) => id));
  const kept = after.flatMap((thing): Change<Thing>[] => {
    const was = earlier.get(thing.id);
    if (was === undefined) return [{ kind: 'added', before: undefined, after: thing }];
    if (moved(was, thing)) return [{ kind: 'moved', before: was, after: thing }];
    return says(was) === says(thing) ? [] : [{ kind: 'changed', before: was, after: thing }];
  });
  const gone = before
    .filter(({ id }) => !later.has(id))
    .map((thing): Change<Thing> => ({ kind: 'dropped', before: thing, after: undefined }));
  return [...kept, ...gone];
}
