import type { AppContext } from '../../../platform/http/env.ts';
import { type Typed, typedText } from '../../../platform/http/form.ts';
import { selfIn } from '../../people/rights.ts';
import type { ParticipantEnv } from '../../summits/access.ts';
import type { Stretch } from '../frame/frame-rules.ts';
import { showTimetablePage } from '../page.tsx';
import { collisionsOf } from './collision-rules.ts';
import type { ShownSession } from './open-session-views.tsx';
import { goersOf, namesOf } from './space-queries.ts';
import type { OpenSpace } from './space-rules.ts';
import type { TypedSession } from './space-views.tsx';

export type SpaceContext = AppContext<ParticipantEnv['Variables']>;

export const homeOf = (c: SpaceContext): string => `/s/${c.var.summit.slug}/timetable/open-space`;
export const selfOf = (c: SpaceContext) => selfIn(c.var.summit.id, c.var.signedIn);

/** What a page says instead while nobody knows what is free. */
export const notYet = (c: SpaceContext): Response =>
  showTimetablePage(
    c,
    { title: 'Open space', lede: 'Rooms and times that anybody may take.' },
    <p class="empty">
      Open space begins once a timetable is released: before that nobody knows what is free.
    </p>,
  );

/** Sessions of open space as the reader sees them, with what they collide with. */
export async function shownSessions(
  c: SpaceContext,
  { frame, released, open }: OpenSpace,
  which: (session: Stretch & { readonly id: string }) => boolean,
): Promise<ShownSession[]> {
  const { services, signedIn } = c.var;
  const { db } = services;
  const chosen = open.filter(which);
  const ids = chosen.map(({ id }) => id);
  const [goers, names] = await Promise.all([
    goersOf(db, ids),
    namesOf(
      db,
      chosen.flatMap(({ leads }) => leads),
    ),
  ]);
  const collisions = new Map(
    collisionsOf({ ...frame, sessions: released.sessions }, chosen, frame.closures).map(
      ({ session, sentence }) => [session.id, sentence],
    ),
  );
  return chosen.map((session): ShownSession => {
    const [by = ''] = session.leads;
    const others = (goers.get(session.id) ?? []).filter(({ id }) => id !== by);
    return {
      session,
      room: frame.rooms.find(({ id }) => id === session.roomId),
      by: names.get(by),
      goers: others.map(({ name }) => name),
      isOwn: by === signedIn.personId,
      goes: others.some(({ id }) => id === signedIn.personId),
      collision: collisions.get(session.id),
    };
  });
}

/** What was typed about a session, as it was typed. */
export const sessionTyped = (typed: Typed): TypedSession => ({
  title: typedText(typed, 'title'),
  text: typedText(typed, 'text'),
  topic: typedText(typed, 'topic'),
});
