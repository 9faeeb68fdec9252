import {
  creditsOf,
  DEED_KINDS,
  type Deed,
  type DeedKind,
  deedsOf,
  type ThreadRecord,
} from './deed-rules.ts';

/** One deed with the thread that it is in. */
export interface PlacedDeed extends Deed {
  readonly number: number;
}

/** How often somebody did each thing, and what of it counts towards the promise. */
export interface Tally {
  readonly counts: Readonly<Record<DeedKind, number>>;
  readonly contributions: number;
  readonly reviews: number;
}

const NOTHING: Tally = {
  counts: { opened: 0, discussed: 0, reviewed: 0, merged: 0 },
  contributions: 0,
  reviews: 0,
};

/** Every deed in these threads, the newest first. */
export const deedsIn = (records: readonly ThreadRecord[]): PlacedDeed[] =>
  records
    .flatMap((record) => deedsOf(record).map((deed) => ({ ...deed, number: record.number })))
    .sort((x, y) => y.at.epochMilliseconds - x.at.epochMilliseconds || y.number - x.number);

/** What each person did, by person. Who did nothing is not in it. */
export function tallies(
  records: readonly ThreadRecord[],
  commentWords: number,
): ReadonlyMap<string, Tally> {
  const credits = Map.groupBy(
    records.flatMap((record) => creditsOf(record, commentWords)),
    ({ personId }) => personId,
  );
  return new Map(
    [...Map.groupBy(deedsIn(records), ({ personId }) => personId)].map(([personId, deeds]) => {
      const own = credits.get(personId) ?? [];
      const count = (kind: DeedKind): number => deeds.filter((deed) => deed.kind === kind).length;
      const [opened, discussed, reviewed, merged] = DEED_KINDS.map(count);
      return [
        personId,
        {
          counts: { opened, discussed, reviewed, merged } as Tally['counts'], // one for each kind, in their order
          contributions: own.filter(({ kind }) => kind === 'contribution').length,
          reviews: own.filter(({ kind }) => kind === 'review').length,
        },
      ] as const;
    }),
  );
}

/** What somebody did, also where it is nothing. */
export const tallyOf = (tallied: ReadonlyMap<string, Tally>, personId: string): Tally =>
  tallied.get(personId) ?? NOTHING;

/** Whether nothing of what somebody did counts towards the promise. */
export const hasNone = ({ contributions, reviews }: Tally): boolean =>
  contributions + reviews === 0;
