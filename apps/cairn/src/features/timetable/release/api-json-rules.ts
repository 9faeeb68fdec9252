import type { z } from '@hono/zod-openapi';
import type { changedSchema, timetableSchema, versionSchema } from './api-schema.ts';
import { changesBetween } from './change-rules.ts';
import type { TimetableContent } from './content-schema.ts';
import type { CurrentTimetable } from './current-queries.ts';
import type { Release } from './release-queries.ts';

interface Shown {
  /** The caller takes part, so may know who is expected. */
  readonly isMember: boolean;
  readonly names: ReadonlyMap<string, string>;
  readonly affected: ReadonlySet<string>;
}

/** The timetable that holds, as programs read it: field by field, so that nothing else slips out. */
export function timetableAsJson(
  { version, name, releasedAt, content, sessions }: CurrentTimetable,
  { isMember, names, affected }: Shown,
): z.output<typeof timetableSchema> {
  const keyOf = keysOf(content);
  return {
    ...{ version, name, released_at: releasedAt.toString(), zone: content.zone },
    days: content.days.map(({ date, starts, ends }) => ({ date, starts, ends })),
    rooms: content.rooms.map(({ key, name: called, capacity, features, directions }) => ({
      ...{ key, name: called, capacity, directions },
      features: [...features],
    })),
    blocks: content.blocks.map(({ roomId, isProvided, ...block }) => ({
      ...{ id: block.id, date: block.date, starts: block.starts, ends: block.ends },
      ...{ kind: block.kind, title: block.title, meal: block.meal, provided: isProvided },
      ...{ room: keyOf(roomId), place: block.place, text: block.text },
    })),
    sessions: sessions.map((session) => ({
      ...{ id: session.id, date: session.date, starts: session.starts, ends: session.ends },
      ...{ kind: session.kind, title: session.title, text: session.text, track: session.track },
      ...{ room: keyOf(session.roomId), topic: session.topicNumber, group: session.groupKey },
      leads: session.leads.flatMap((id) => names.get(id) ?? []),
      people: isMember ? [...session.people] : [],
      affected: affected.has(session.id),
    })),
  };
}

const keysOf = ({ rooms }: TimetableContent) => {
  const keys = new Map(rooms.map(({ id, key }) => [id, key]));
  return (id: string | null): string | null => keys.get(id ?? '') ?? null;
};

/** A version without what it says. */
export const versionAsJson = ({
  version,
  name,
  note,
  releasedAt,
}: Release): z.output<typeof versionSchema> => ({
  ...{ version, name, note },
  released_at: releasedAt.toString(),
});

/** A version with what it changed. */
export function changesAsJson(
  release: Release & {
    readonly content: TimetableContent;
    readonly before: TimetableContent | undefined;
  },
): z.output<typeof changedSchema> {
  const { content, before } = release;
  const changes = changesBetween(before, content);
  const where = (
    from: TimetableContent | undefined,
    thing: { date: string; starts: string; ends: string; roomId: string | null } | undefined,
  ) =>
    from === undefined || thing === undefined
      ? null
      : {
          ...{ date: thing.date, starts: thing.starts, ends: thing.ends },
          room: keysOf(from)(thing.roomId),
        };
  const all = [
    ...changes.sessions.map((change) => ({ what: 'session' as const, ...change })),
    ...changes.blocks.map((change) => ({ what: 'block' as const, ...change })),
  ];
  return {
    ...versionAsJson(release),
    changes: all.map(({ what, kind, before: was, after: is }) => ({
      ...{ what, kind, id: (is ?? was)?.id ?? '', title: (is ?? was)?.title ?? '' },
      ...{ from: where(before, was), to: where(content, is) },
    })),
  };
}
