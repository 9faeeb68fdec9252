import type { Reader } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import type { SummitDefinition } from '../../summits/schema.ts';
import { policiesOf } from '../policy/policy-queries.ts';
import type { Names } from './line-words-rules.ts';
import { moneyPeople } from './people-queries.ts';

/** What tracks and communities of the definition and people are called, by key or id. */
export async function namesForLines(
  db: Reader,
  treasurer: Treasurer,
  definition: SummitDefinition,
): Promise<Names> {
  const people = await moneyPeople(db, treasurer);
  return new Map([
    ...tracksOf(definition).map(({ key, title }) => [key, title] as const),
    ...definition.communities.map(({ key, name }) => [key, name] as const),
    ...people.map(({ personId, name }) => [personId, name] as const),
  ]);
}

/** The tracks in which people can say that they lead or work. */
export const tracksOf = ({ planning_meetings: { tracks, list } }: SummitDefinition) => [
  ...new Map(
    [...tracks, ...list.flatMap((meeting) => meeting.tracks)].map((track) => [track.key, track]),
  ).values(),
];

/** What the sets of rules are called, by id. */
export const policyTitles = async (db: Reader, summitId: string): Promise<Names> =>
  new Map((await policiesOf(db, summitId)).map(({ id, title }) => [id, title]));
