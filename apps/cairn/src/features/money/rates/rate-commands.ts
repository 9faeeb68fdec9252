import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { sql } from 'kysely';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import type { ReadRates } from './rate-file-rules.ts';
import type { ExchangeRate } from './rate-rules.ts';

/** Rows of one statement. */
const CHUNK = 5000;

/** What an import did. */
export interface TakenRates {
  /** New, or another figure or source than before. */
  readonly changed: number;
  /** Known already. */
  readonly same: number;
  readonly kept: number;
}

/**
 * Adds a rate by hand, or puts it right. What was converted already keeps the rate that was frozen with it. With
 * `keptId` it mends a line that an import had kept. Event `rates.changed`.
 */
export async function addRate(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  { keptId, ...rate }: ExchangeRate & { readonly keptId?: string | undefined },
): Promise<Result<void, Problem>> {
  if (rate.base === rate.quote) {
    const sentence = 'Choose two currencies; one of a kind is always worth one of it.';
    return fail(problem('same-currency', sentence, { path: 'quote' }));
  }
  if (keptId !== undefined) await dropKept(tx, treasurer, [keptId]);
  await store(tx, actor, treasurer.summitId, [rate]);
  await told(tx, actor, treasurer, { changed: 1, kept: 0 });
  return ok(undefined);
}

/**
 * Takes what was read from a file: good rates at once, and lines that could not be taken are kept until they are
 * mended or dropped. The same file again changes nothing. Event `rates.changed` where something changed.
 */
export async function takeRates(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  fileName: string,
  { rates, bad }: ReadRates,
): Promise<Result<TakenRates, Problem>> {
  const { summitId } = treasurer;
  let changed = 0;
  for (let at = 0; at < rates.length; at += CHUNK) {
    changed += await store(tx, actor, summitId, rates.slice(at, at + CHUNK));
  }
  let kept = 0;
  for (let at = 0; at < bad.length; at += CHUNK) {
    kept += await keep(tx, actor, summitId, fileName, bad.slice(at, at + CHUNK));
  }
  if (changed + kept > 0) await told(tx, actor, treasurer, { changed, kept });
  return ok({ changed, same: rates.length - changed, kept });
}

const told = (tx: Tx, actor: Actor, { summitId }: Treasurer, data: Record<string, number>) =>
  recordEvent(tx, actor, { kind: 'rates.changed', summitId, data });

async function store(
  tx: Tx,
  actor: Actor,
  summitId: string,
  rates: readonly ExchangeRate[],
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into exchange_rate as known (summit_id, base, quote, on_date, rate, source, read_at)
    select ${summitId}::uuid, base, quote, "onDate"::date, rate, source, ${actor.now}
    from json_to_recordset(${JSON.stringify(rates)}::json)
      as read (base text, quote text, "onDate" text, rate text, source text)
    on conflict (summit_id, base, quote, on_date) do update
      set rate = excluded.rate, source = excluded.source, read_at = excluded.read_at
      where (known.rate, known.source) is distinct from (excluded.rate, excluded.source)`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0);
}

/** A line that waits already, of the same file and with the same words, is not kept twice. */
async function keep(
  tx: Tx,
  actor: Actor,
  summitId: string,
  fileName: string,
  bad: ReadRates['bad'],
): Promise<number> {
  const lines = bad.map((each) => ({ ...each, raw: each.raw.slice(0, 2000) }));
  const { numAffectedRows } = await sql`
    insert into rate_kept (summit_id, file_name, line, raw, reason, read_at)
    select ${summitId}::uuid, ${fileName}, line, raw, reason, ${actor.now}
    from json_to_recordset(${JSON.stringify(lines)}::json) as read (line int, raw text, reason text)
    where not exists (select from rate_kept waiting where waiting.summit_id = ${summitId}
      and waiting.file_name = ${fileName} and waiting.line = read.line and waiting.raw = read.raw)`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0);
}

const dropKept = (tx: Tx, { summitId }: Treasurer, ids: readonly string[]) =>
  tx
    .deleteFrom('rateKept')
    .where('summitId', '=', summitId)
    .where('id', 'in', [...ids])
    .executeTakeFirst();

/** Drops lines that were kept: one of them, or all. Event `rates.dropped`. */
export async function dropRateLines(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  id: string | 'all',
): Promise<Result<number, Problem>> {
  const { summitId } = treasurer;
  const { numDeletedRows } =
    id === 'all'
      ? await tx.deleteFrom('rateKept').where('summitId', '=', summitId).executeTakeFirst()
      : await dropKept(tx, treasurer, [id]);
  const count = Number(numDeletedRows);
  if (count > 0) {
    await recordEvent(tx, actor, { kind: 'rates.dropped', summitId, data: { count } });
  }
  return ok(count);
}
