import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';
import type { Organiser } from '../rights.ts';
import { promiseBoard } from './obligation-queries.ts';
import type { Standing } from './obligation-rules.ts';

/** Somebody with a promise that is broken or at risk, and which of the two is worse. */
export interface InNeed {
  readonly personId: string;
  readonly name: string;
  readonly worst: 'broken' | 'at_risk';
}

/** How a summit's promises stand in all. */
export interface PromiseSummary {
  readonly people: number;
  readonly inNeed: number;
  /** How many must not miss another planning meeting: their promise about them is at risk. */
  readonly atRiskOfMeetings: number;
  /** The first few of those in need, worst first. */
  readonly first: readonly InNeed[];
}

/** How many are named. */
const NAMED = 5;
const NEEDS_A_WORD: readonly Standing[] = ['broken', 'at_risk'];

// Judging 5,000 people takes longer than all else on the page that asks for it, and it comes out
// the same until something happens in the summit, which always leaves an event, or a minute passes.
const remembered = new Map<string, { readonly asOf: string; readonly summary: PromiseSummary }>();
const MOST_REMEMBERED = 50;

/** How a summit's promises stand, judged anew after every event and every minute. */
export async function promiseSummary(
  db: Reader,
  organiser: Organiser,
  summit: Summit,
  now: Instant,
): Promise<PromiseSummary> {
  const { rows } = await sql<{ last: number | null }>`
    select id as last from event where summit_id = ${summit.id} order by id desc limit 1`.execute(
    db,
  );
  const asOf = `${rows[0]?.last ?? 0} ${Math.floor(now.epochMilliseconds / 60_000)}`;
  const known = remembered.get(summit.id);
  if (known?.asOf === asOf) return known.summary;
  const summary = summarise(await promiseBoard(db, organiser, summit, now));
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(summit.id, { asOf, summary });
  return summary;
}

function summarise(board: Awaited<ReturnType<typeof promiseBoard>>): PromiseSummary {
  const inNeed = board.filter(({ promises }) =>
    promises.some(({ forecast }) => NEEDS_A_WORD.includes(forecast.standing)),
  );
  return {
    people: board.length,
    inNeed: inNeed.length,
    atRiskOfMeetings: board.filter(({ promises }) =>
      promises.some(
        ({ rule, forecast }) => rule.kind === 'attend' && forecast.standing === 'at_risk',
      ),
    ).length,
    first: inNeed.slice(0, NAMED).map(({ personId, name, promises }) => ({
      personId,
      name,
      worst: promises.some(({ forecast }) => forecast.standing === 'broken') ? 'broken' : 'at_risk',
    })),
  };
}
