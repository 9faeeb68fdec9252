import { type Currency, convert, expectCurrency, splitEvenly, sumOf } from '@cairn/kernel/money';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { SeatKind } from '../../people/invitations/invitation-rules.ts';
import { summitDays } from '../../summits/facts.ts';
import type { Summit } from '../../summits/queries.ts';
import { providedMeals } from '../../timetable/meals/meal-queries.ts';
import { categoryOf } from '../category-rules.ts';
import { fundLinesOf, payeesOf } from '../funders/funder-queries.ts';
import type { FundLine, Payee } from '../funders/funder-rules.ts';
import type { Stage } from '../journal/journal-rules.ts';
import { rateFor } from '../rates/rate-queries.ts';
import type { Stay } from '../stays/stay-rules.ts';
import {
  type KnownPart,
  NOTHING_KNOWN,
  type Part,
  partOf,
  type SeatCostModel,
} from './cost-rules.ts';
import { storedModel } from './cost-schema.ts';
import type { CostFacts, CostPerson } from './forecast-rules.ts';
import { ceilingOf, linesByPart, nobody, ofStage, plus } from './known-rules.ts';

/** As many lines as bits of a number can stand for. */
const MOST_LINES = 30;

/** Facts of what seats cost, before anybody has said what a night costs. */
export interface CostWorld extends Omit<CostFacts, 'model'> {
  readonly model: SeatCostModel | undefined;
  /** In which everything here is: the model's, or the first line's. */
  readonly currency: Currency;
  /** The lines by their places. */
  readonly lines: readonly FundLine[];
  /** What the lines were given altogether. */
  readonly granted: number;
  /** Currencies without a rate, so that lines and costs in them are left out. */
  readonly withoutRate: readonly Currency[];
}

/** The model of a summit's costs, if somebody has made one. */
export async function modelOf(
  db: Reader,
  summitId: string,
): Promise<{ readonly model: SeatCostModel; readonly revision: number } | undefined> {
  const row = await db
    .selectFrom('seatCostModel')
    .select(['model', 'revision'])
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  // One that an older version wrote, or that erasing took words from, is made anew rather than stop a seat.
  const read = row && storedModel.safeParse(row.model);
  return row !== undefined && read?.success === true
    ? { model: read.data, revision: row.revision }
    : undefined;
}

/**
 * Loads what the cost of seats is made of; undefined where there is no line at all. It holds everybody's money: only
 * what asks for a `Treasurer`, or tells nothing of it, may hand it on.
 */
export async function costWorld(db: Reader, summit: Summit): Promise<CostWorld | undefined> {
  const all = await fundLinesOf(db, summit.id);
  const lines = all.filter(({ isClosed }) => !isClosed).slice(0, MOST_LINES);
  const first = lines[0] ?? all[0];
  if (first === undefined) return undefined;
  const model = (await modelOf(db, summit.id))?.model;
  const currency = model === undefined ? first.funder.currency : expectCurrency(model.currency);
  const { rates, withoutRate } = await ratesTo(db, summit, lines, currency);
  const inModel = (line: FundLine, minor: number): number => {
    const rate = rates.get(line.funder.currency);
    return rate === undefined ? 0 : convert(minor, line.funder.currency, rate, currency);
  };
  const [places, balances, estimates, done, provided] = await Promise.all([
    placesOf(db, summit.id),
    balancesOf(db, lines),
    openEstimates(db, lines),
    doneOf(db, summit.id),
    providedMeals(db, summit.id),
  ]);
  const ids = places.map(({ personId }) => personId);
  const [payees, stays] = await Promise.all([
    payeesOf(db, summit.id, ids),
    stayOf(db, summit.id, ids),
  ]);
  const lineOf = new Map(lines.map((line, place) => [line.id, { line, place }]));
  // A hotel's bill is for nobody by name: everybody with a funded seat has a share of it.
  const sharing = places.filter(
    ({ place, seatKind }) => place !== 'waiting' && seatKind === 'funded',
  );
  const shareOf = new Map(sharing.map(({ personId }, index) => [personId, index]));
  const people = places.map(({ personId, place, seatKind }): CostPerson => {
    const payee: Payee = payees.get(personId) ?? nobody(personId);
    const known: Partial<Record<Part, KnownPart>> = {};
    const gives: Partial<Record<Part, number>> = {};
    const most: Partial<Record<Part, number>> = {};
    const add = (part: Part, more: Partial<KnownPart>): void => {
      known[part] = plus(known[part] ?? NOTHING_KNOWN, more);
    };
    for (const row of balances) {
      const part = partOf(categoryOf(row.category));
      const at = lineOf.get(row.lineId);
      if (part === undefined || at === undefined) continue;
      const minor = inModel(at.line, row.minor);
      const share = shareOf.get(personId);
      if (row.personId === null && share !== undefined) {
        add(part, ofStage(row.stage, splitEvenly(minor, sharing.length)[share] ?? 0));
      }
      if (row.personId !== personId) continue;
      add(part, ofStage(row.stage, minor));
      if (row.stage === 'committed' && minor > (most[part] ?? 0)) {
        most[part] = minor;
        gives[part] = at.place;
      }
    }
    for (const row of estimates) {
      const part = partOf(categoryOf(row.category));
      const at = lineOf.get(row.lineId ?? '');
      if (row.personId !== personId || part === undefined || at === undefined) continue;
      add(part, { estimate: inModel(at.line, row.minor ?? 0) });
    }
    const funded = { ...payee, seatKind: 'funded' as const };
    return {
      personId,
      place,
      seatKind,
      stay: stays.get(personId),
      known,
      gives,
      isDone: done.has(personId),
      lines: linesByPart(lines, funded),
      ceiling: ceilingOf(lines, funded, inModel),
    };
  });
  const counted = new Set(ids);
  const left = lines.map((line) => {
    const own = balances.filter(({ lineId }) => lineId === line.id);
    // Claimed without a cap is still in what is left. Of those here it is a part of their cost.
    const besides = own.filter(
      ({ stage, personId, category }) =>
        stage === 'uncommitted' &&
        (partOf(categoryOf(category)) === undefined ||
          (personId === null ? sharing.length === 0 : !counted.has(personId))),
    );
    const isLeft = own.filter(({ stage }) => stage === 'left');
    return inModel(line, sumOf([...isLeft, ...besides].map(({ minor }) => minor)));
  });
  const { dates } = summit.definition;
  return {
    model,
    currency,
    lines,
    withoutRate,
    left,
    people,
    provided: new Set(provided.keys()),
    days: dates,
    anybody: linesByPart(lines, nobody('')),
    granted: sumOf(
      lines.map((line) =>
        inModel(
          line,
          -sumOf(
            balances
              .filter(({ lineId, stage }) => lineId === line.id && stage === 'grant')
              .map(({ minor }) => minor),
          ),
        ),
      ),
    ),
  };
}

async function ratesTo(
  db: Reader,
  summit: Summit,
  lines: readonly FundLine[],
  currency: Currency,
): Promise<{ readonly rates: ReadonlyMap<Currency, string>; readonly withoutRate: Currency[] }> {
  const rates = new Map<Currency, string>();
  const withoutRate: Currency[] = [];
  const { arrival } = summitDays(summit.definition);
  for (const from of new Set(lines.map(({ funder }) => funder.currency))) {
    const latest = await db
      .selectFrom('exchangeRate')
      .select(({ fn }) => fn.max('onDate').as('day'))
      .where('summitId', '=', summit.id)
      .executeTakeFirst();
    // A forecast is of any day: it takes the last rates there are.
    const day = latest?.day ?? arrival.toString();
    const rate = await rateFor(db, summit.id, from, currency, day);
    if (rate.ok) rates.set(from, rate.value.rate);
    else withoutRate.push(from);
  }
  return { rates, withoutRate };
}

interface Place {
  readonly personId: string;
  readonly place: CostPerson['place'];
  readonly seatKind: SeatKind;
}

/** Who sits, who is offered a seat, who waits: in this order, those who wait in the organisers'. */
async function placesOf(db: Reader, summitId: string): Promise<readonly Place[]> {
  const { rows } = await sql<Place>`
    select person_id as "personId", 'seated' as place, kind as "seatKind", 0 as list, number as nth
      from seat where summit_id = ${summitId}
    union all
    select person_id, case when exists (
        select from seat_offer o where o.summit_id = waiting.summit_id
          and o.person_id = waiting.person_id and o.state = 'open')
      then 'offered' else 'waiting' end, seat_kind, 1, position
      from waiting where summit_id = ${summitId}
    order by list, nth`.execute(db);
  return rows;
}

/** Never an empty list, which SQL does not know. */
const idsOf = (lines: readonly FundLine[]): readonly string[] =>
  lines.length === 0 ? ['00000000-0000-0000-0000-000000000000'] : lines.map(({ id }) => id);

const balancesOf = async (db: Reader, lines: readonly FundLine[]) =>
  (
    await db
      .selectFrom('journalBalance')
      .selectAll()
      .where('lineId', 'in', idsOf(lines))
      .where('minor', '<>', 0)
      .execute()
  ).map((row) => ({ ...row, stage: row.stage as Stage })); // the database allows no other

/** What is asked for in estimates that nobody has decided on. */
const openEstimates = (db: Reader, lines: readonly FundLine[]) =>
  db
    .selectFrom('estimateItem')
    .innerJoin('estimate', 'estimate.id', 'estimateItem.estimateId')
    .select(['estimate.personId', 'estimateItem.category', 'lineId', 'minor'])
    .where('estimate.state', 'in', ['submitted', 'second_look'])
    .where('lineId', 'in', idsOf(lines))
    .execute();

/** Who has said that nothing more comes: the last claim was final, or the estimate is closed and none is open. */
async function doneOf(db: Reader, summitId: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ personId: string }>`
    select person_id as "personId" from claim
      where summit_id = ${summitId} and is_final and person_id is not null
        and state not in ('draft', 'returned', 'declined', 'withdrawn')
    union
    select person_id from estimate where summit_id = ${summitId}
      group by person_id
      having bool_or(state = 'closed')
        and not bool_or(state in ('draft', 'submitted', 'second_look', 'returned', 'approved'))`.execute(
    db,
  );
  return new Set(rows.map(({ personId }) => personId));
}

/** Stays as they count for costs; days are those of the presence, as everywhere. */
async function stayOf(
  db: Reader,
  summitId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Stay>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Stay>`
    select person.id as "personId", stay.person_id is not null as "hasSaid",
      coalesce(stay.from_city, '') as "fromCity", stay.from_country as "fromCountry",
      stay.from_airport as "fromAirport",
      case when presence.person_id is null then stay.arrives_on else presence.arrives_on end
        as "arrivesOn",
      case when presence.person_id is null then stay.leaves_on else presence.leaves_on end
        as "leavesOn",
      coalesce(presence.is_remote, false) as "isRemote", '' as "extraReason",
      stay.extra_paid_by as "extraPaidBy", coalesce(stay.extra_state, 'none') as "extraState",
      '' as "extraAnswer", coalesce(stay.extra_nights, '{}') as "extraNights",
      coalesce(stay.room, 'shared') as room, coalesce(stay.single_state, 'none') as "singleState",
      coalesce(stay.revision, 0) as revision
    from person
    left join stay on stay.summit_id = ${summitId} and stay.person_id = person.id
    left join presence on presence.summit_id = ${summitId} and presence.person_id = person.id
    where person.id in (${sql.join(ids)})
      and (stay.person_id is not null or presence.person_id is not null)`.execute(db);
  return new Map(rows.map((stay) => [stay.personId, stay]));
}
