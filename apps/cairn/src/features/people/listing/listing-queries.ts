import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';
import type { SummitDefinition } from '../../summits/schema.ts';
import { pageOf } from '../promises/obligation-board.ts';
import { judgedFor, ownPromises } from '../promises/obligation-queries.ts';
import type { Self } from '../rights.ts';
import {
  type Listable,
  type ListingField,
  listingFields,
  type PublicEntry,
  publicEntry,
} from './listing-rules.ts';

/** Who takes part, as the public may know it. */
export interface ParticipantList {
  /** By name; those of the page that was asked for. */
  readonly entries: readonly PublicEntry[];
  readonly page: number;
  readonly pages: number;
  /** How many are listed on all pages. */
  readonly listed: number;
  /** Seated people who chose to show nothing: counted, and no more. */
  readonly unlisted: number;
}

interface ConsentRow {
  readonly personId: string;
  readonly name: string;
  readonly fields: string[];
}

/** What somebody may be known by besides their name. */
interface Particulars {
  readonly communities: string[];
  readonly github: string | null;
}

/**
 * The public list of a summit's participants, made anew from seats and consents each time, so that a
 * change shows at once. Names of people who did not consent are not even read.
 */
export async function participantList(
  db: Reader,
  summit: Summit,
  now: Instant,
  asked: { readonly page: number; readonly size: number } = { page: 1, size: Infinity },
): Promise<ParticipantList> {
  const { rows: consenting } = await sql<ConsentRow>`
    select person.id as person_id, person.name, listing.fields
    from seat
    join listing on listing.summit_id = seat.summit_id and listing.person_id = seat.person_id
    join person on person.id = seat.person_id
    where seat.summit_id = ${summit.id} and 'name' = any(listing.fields)
      and person.erased_at is null`.execute(db);
  const { seated } = await db
    .selectFrom('seat')
    .select(({ fn }) => fn.countAll<number>().as('seated'))
    .where('summitId', '=', summit.id)
    .executeTakeFirstOrThrow();
  const byTheirName = consenting.toSorted((a, b) => byName.compare(a.name, b.name));
  const { items, page, pages } = pageOf(byTheirName, asked.page, asked.size);
  const shown = await particularsOf(
    db,
    summit.id,
    items.map(({ personId }) => personId),
  );
  const showing = items.filter(({ fields }) => fields.includes('promises'));
  const promises = await judgedFor(
    db,
    summit,
    showing.map(({ personId }) => personId),
    now,
  );
  const entries = items
    .map((row) =>
      publicEntry(
        {
          name: row.name,
          communities: communityNames(
            summit.definition,
            shown.get(row.personId)?.communities ?? [],
          ),
          github: shown.get(row.personId)?.github ?? undefined,
          promises: (promises.get(row.personId) ?? []).map(({ wording, forecast }) => ({
            wording,
            standing: forecast.standing,
          })),
        },
        listingFields(row.fields),
      ),
    )
    .filter((entry) => entry !== undefined);
  return { entries, page, pages, listed: consenting.length, unlisted: seated - consenting.length };
}

/** What these people chose to show besides their name; what they did not choose is not even read. */
async function particularsOf(
  db: Reader,
  summitId: string,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, Particulars>> {
  const { rows } = await sql<Particulars & { readonly personId: string }>`
    select person.id as person_id,
      case when 'communities' = any(listing.fields) then ${communitiesOf(summitId)} else '{}' end
        as communities,
      case when 'github' = any(listing.fields) then ${githubOf} end as github
    from listing join person on person.id = listing.person_id
    where listing.summit_id = ${summitId} and listing.person_id = any(${personIds}::uuid[])`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.personId, row]));
}

const byName = new Intl.Collator('en');

const communitiesOf = (summitId: string) => sql`(
  select coalesce(array_agg(community), '{}') from person_community
  where summit_id = ${summitId} and person_id = person.id
)`;

const githubOf = sql`(
  select value::text from person_identity
  where kind = 'github' and person_id = person.id order by is_primary desc, value limit 1
)`;

/** Names in the definition's order; a community that has left the definition is not shown. */
const communityNames = (
  { communities }: SummitDefinition,
  keys: readonly string[],
): readonly string[] => communities.filter(({ key }) => keys.includes(key)).map(({ name }) => name);

/** What a person chose, and everything that they could choose to show. */
export interface OwnListing {
  readonly fields: readonly ListingField[];
  readonly listable: Listable;
  readonly isSeated: boolean;
}

/** A person's own consent, with what each field would show. */
export async function ownListing(
  db: Reader,
  self: Self,
  summit: Summit,
  now: Instant,
): Promise<OwnListing> {
  const { rows } = await sql<
    Omit<ConsentRow, 'fields'> & Particulars & { fields: string[] | null; seated: boolean }
  >`
    select person.id as person_id, person.name, listing.fields,
      ${communitiesOf(summit.id)} as communities, ${githubOf} as github,
      exists (select from seat where summit_id = ${summit.id} and person_id = person.id) as seated
    from person
    left join listing on listing.summit_id = ${summit.id} and listing.person_id = person.id
    where person.id = ${self.personId}`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('somebody is signed in who does not exist');
  const promises = (await ownPromises(db, self, summit, now))?.promises ?? [];
  return {
    fields: listingFields(row.fields ?? []),
    isSeated: row.seated,
    listable: {
      name: row.name,
      communities: communityNames(summit.definition, row.communities),
      github: row.github ?? undefined,
      promises: promises.map(({ wording, forecast }) => ({ wording, standing: forecast.standing })),
    },
  };
}
