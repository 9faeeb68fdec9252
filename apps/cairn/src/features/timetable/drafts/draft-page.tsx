import type { AppContext } from '../../../platform/http/env.ts';
import type { OrganiserEnv } from '../../summits/access.ts';
import { currentTimetable } from '../release/current-queries.ts';
import { timetableFacts } from '../solving/facts-queries.ts';
import type { TimetableFacts } from '../solving/facts-rules.ts';
import { baseOf } from '../solving/search-queries.ts';
import type { From } from '../solving/search-schema.ts';
import { type Draft, draftOf } from './draft-queries.ts';
import type { Placement } from './placement-rules.ts';

export type DraftContext = AppContext<OrganiserEnv['Variables']>;

/** `/s/<summit>/organise/timetable`. */
export const makingHome = (c: DraftContext): string => `/s/${c.var.summit.slug}/organise/timetable`;

/** The facts of the summit of a request; undefined while there is no frame. */
export const factsFor = ({ var: { services, summit, organiser } }: DraftContext) =>
  timetableFacts(services.db, summit, organiser);

/** A draft and the facts that it is judged by; undefined where one of them is not there. */
export async function draftWithFacts(
  c: DraftContext,
  id: string,
): Promise<{ readonly draft: Draft; readonly facts: TimetableFacts } | undefined> {
  const draft = await draftOf(c.var.services.db, c.var.summit.id, id);
  const facts = draft && (await factsFor(c));
  return draft && facts && { draft, facts };
}

/** What was released last, by its name; undefined while nothing was. */
export const releasedName = async ({
  var: { services, summit },
}: DraftContext): Promise<string | undefined> =>
  (await currentTimetable(services.db, summit.id))?.name;

/** One side of a comparison: a draft by its id, or `release`. */
export async function sideOf(
  c: DraftContext,
  id: string,
): Promise<{ readonly name: string; readonly placements: readonly Placement[] } | undefined> {
  const { services, summit } = c.var;
  const from: From | undefined = id === 'release' ? 'release' : id;
  return baseOf(services.db, summit.id, from);
}
