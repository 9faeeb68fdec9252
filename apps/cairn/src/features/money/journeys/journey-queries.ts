import type { Reader } from '../../../platform/db/database.ts';
import { coming } from '../../people/invitations/participation-queries.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import type { Leg } from './journey-rules.ts';

const columns = [
  'direction',
  'mode',
  'fromPlace',
  'toPlace',
  'carrier',
  'number',
  'departsAt',
  'arrivesAt',
  'wantsRide',
  'journeyLeg.note',
] as const;

/** One's own legs, those there first, in order. */
export const ownJourney = (db: Reader, { summitId, personId }: Self): Promise<Leg[]> =>
  db
    .selectFrom('journeyLeg')
    .select(columns)
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .orderBy('direction', 'desc')
    .orderBy('position')
    .execute();

/** The journeys of those who come, and who of them said nothing yet; by name. */
export async function journeysOf(
  db: Reader,
  { summitId }: Organiser,
): Promise<
  readonly { readonly personId: string; readonly name: string; readonly legs: readonly Leg[] }[]
> {
  const [people, legs] = await Promise.all([
    db
      .selectFrom('person')
      .select(['id as personId', 'name'])
      .where('id', 'in', coming(summitId))
      .where('erasedAt', 'is', null)
      .orderBy('name')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('journeyLeg')
      .select([...columns, 'personId'])
      .where('summitId', '=', summitId)
      .orderBy('direction', 'desc')
      .orderBy('position')
      .execute(),
  ]);
  const own = Map.groupBy(legs, ({ personId }) => personId);
  return people.map((person) => ({ ...person, legs: own.get(person.personId) ?? [] }));
}
