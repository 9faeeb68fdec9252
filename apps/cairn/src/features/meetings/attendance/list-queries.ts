import type { Reader } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';

/** A row of a list that awaits somebody to say who it is. */
export interface KeptRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly github: string;
  readonly minutes: number | null;
  readonly reason: 'unknown' | 'doubtful' | 'too_short';
}

/** One page of the open rows of a meeting, and how many there are. Addresses are for organisers. */
export async function keptRows(
  db: Reader,
  { summitId }: Organiser,
  meeting: string,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly rows: KeptRow[]; readonly count: number }> {
  const open = db
    .selectFrom('attendanceRow')
    .where('summitId', '=', summitId)
    .where('meeting', '=', meeting)
    .where('settledAt', 'is', null);
  const { count } = await open
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const rows = await open
    .select(['id', 'name', 'email', 'github', 'minutes', 'reason'])
    .orderBy('reason')
    .orderBy('who')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { rows, count: Number(count) };
}
