import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { coming } from '../../people/invitations/participation-queries.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import { summitById } from '../../summits/queries.ts';
import { hostedStays } from '../stays/stay-queries.ts';
import { expectedNights, type HostedStay } from '../stays/stay-rules.ts';
import { wishesForSearch } from '../stays/wish-queries.ts';
import type { Sleeper } from './rooming-rules.ts';
import { type Statement, statementSchema } from './statement-rules.ts';

/** Who sleeps where in a proposal or in what is set. */
export interface Rooming {
  readonly id: string;
  readonly state: 'draft' | 'set' | 'dropped';
  readonly seed: number;
  readonly statement: Statement | undefined;
  readonly places: ReadonlyMap<
    string,
    { readonly roomId: string | null; readonly isKept: boolean; readonly asksMove: boolean }
  >;
}

/** The draft, or what is set; undefined where there is none. Only a lock makes it stay so. */
export async function roomingIn(
  db: Reader,
  { summitId }: Organiser,
  state: 'draft' | 'set',
): Promise<Rooming | undefined> {
  const row = await db
    .selectFrom('rooming')
    .select(['id', 'state', 'seed', 'statement'])
    .where('summitId', '=', summitId)
    .where('state', '=', state)
    .orderBy('madeAt', 'desc')
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const places = await db
    .selectFrom('roomingPlace')
    .select(['personId', 'roomId', 'isKept', 'asksMove'])
    .where('roomingId', '=', row.id)
    .execute();
  const statement = statementSchema.safeParse(row.statement);
  return {
    ...row,
    statement: statement.success ? statement.data : undefined,
    places: new Map(places.map(({ personId, ...place }) => [personId, place])),
  };
}

/** Whoever said that they need a bed, by name. Who said nothing shares with nobody before they say with whom. */
export const bedSeekers = (stays: readonly HostedStay[]): readonly HostedStay[] =>
  stays.filter(({ hasSaid, isRemote, room }) => hasSaid && !isRemote && room !== 'own');

/**
 * Everybody who needs a bed, with all that the search looks at. `draft` says who was put by hand, `set` where people
 * were told that they sleep. For the search, and for checks whose answers name no wish.
 */
export async function sleepersOf(
  db: Reader,
  organiser: Organiser,
  { draft, set }: { readonly draft: Rooming | undefined; readonly set: Rooming | undefined },
): Promise<readonly Sleeper[]> {
  const { summitId } = organiser;
  const { dates } = (await summitById(db, summitId)).definition;
  const [stays, wishes, needs] = await Promise.all([
    hostedStays(db, organiser),
    wishesForSearch(db, summitId),
    db
      .selectFrom('need')
      .select('personId')
      .where('summitId', '=', summitId)
      .where('stepFree', '=', true)
      .execute(),
  ]);
  const stepFree = new Set(needs.map(({ personId }) => personId));
  return bedSeekers(stays).map((stay) => {
    const own = wishes.get(stay.personId) ?? { habits: [], with: [], notWith: [] };
    const told = set?.places.get(stay.personId);
    const put = draft?.places.get(stay.personId);
    return {
      ...own,
      id: stay.personId,
      nights: expectedNights(stay, dates),
      isSingle: stay.room === 'single' && stay.singleState === 'agreed',
      sharesWith: stay.sharesWith,
      stepFree: stepFree.has(stay.personId),
      before: told?.roomId ?? undefined,
      asksMove: told?.asksMove === true,
      kept: put?.isKept === true ? put.roomId : undefined,
    };
  });
}

/** One's own room, once it is set. */
export interface OwnRoom {
  readonly room: string;
  readonly house: string;
  readonly address: string;
  readonly link: string | null;
  readonly text: string;
  /** Names of those who are there in some of the same nights. */
  readonly mates: readonly string[];
  readonly asksMove: boolean;
  /** One of them is somebody whom one asked not to share with; told to nobody else. */
  readonly isAgainstWish: boolean;
}

/** One's own room and room-mates; undefined where none is set. */
export async function ownRoom(
  db: Reader,
  { summitId, personId }: Self,
): Promise<OwnRoom | undefined> {
  const { rows } = await sql<OwnRoom>`
    with here as (
      select rooming_place.rooming_id, rooming_place.room_id, rooming_place.asks_move
      from rooming join rooming_place on rooming_place.rooming_id = rooming.id
      where rooming.summit_id = ${summitId} and rooming.state = 'set'
        and rooming_place.person_id = ${personId} and rooming_place.room_id is not null),
    mate as (
      select person.id, person.name from here
      join rooming_place on rooming_place.rooming_id = here.rooming_id
        and rooming_place.room_id = here.room_id and rooming_place.person_id <> ${personId}
      join person on person.id = rooming_place.person_id and person.id in ${coming(summitId)}
      left join presence as own on own.summit_id = ${summitId} and own.person_id = ${personId}
      left join presence as other on other.summit_id = ${summitId} and other.person_id = person.id
      where (other.arrives_on < own.leaves_on) is not false
        and (own.arrives_on < other.leaves_on) is not false)
    select lodging_room.name as room, lodging.name as house, lodging.address, lodging.link,
      lodging.text, here.asks_move as "asksMove",
      array(select name from mate order by name, id) as mates,
      exists (select from room_wish where summit_id = ${summitId} and person_id = ${personId}
        and wish = 'not_with' and other_id in (select id from mate)) as "isAgainstWish"
    from here
    join lodging_room on lodging_room.id = here.room_id
    join lodging on lodging.id = lodging_room.lodging_id`.execute(db);
  return rows[0];
}
