import { Temporal } from '@cairn/kernel/time';
import type { z } from 'zod';
import { applyFact, holdPlan } from './apply-commands.ts';
import { countCommentsAhead } from './apply-thread-commands.ts';
import { linksAbout, type RemoteFact } from './delivery-rules.ts';
import { readLinksAhead } from './link-commands.ts';
import type { Asked, Reading } from './read-task.ts';
import { placeAfter, watermark } from './reading-rules.ts';
import { commentSchema, issueSchema, lineSchema } from './remote-schema.ts';
import { type ReadingState, readingsOf } from './settings-queries.ts';

type Stopped = Exclude<Asked, { ok: true }>['error'];

interface Stream {
  readonly name: ReadingState['stream'];
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly read: (
    said: unknown,
  ) => { readonly updatedAt: string; readonly fact: RemoteFact } | undefined;
}

/** What is read by moments of change, in this order: comments hang on issues. */
const STREAMS: readonly Stream[] = [
  stream('issues', '/issues', { state: 'all' }, issueSchema, (thread) => ({
    is: 'thread',
    thread,
  })),
  stream('comments', '/issues/comments', {}, commentSchema, (comment) => ({
    is: 'comment',
    comment,
    isGone: false,
  })),
  stream('line-comments', '/pulls/comments', {}, lineSchema, (line) => ({
    is: 'line',
    line,
    isGone: false,
  })),
];

function stream<T extends { readonly updatedAt: string }>(
  name: Stream['name'],
  path: string,
  query: Readonly<Record<string, string>>,
  schema: z.ZodType<T>,
  fact: (read: T) => RemoteFact,
): Stream {
  return {
    name,
    path,
    query,
    read: (said) => {
      const read = schema.safeParse(said);
      return read.success ? { updatedAt: read.data.updatedAt, fact: fact(read.data) } : undefined;
    },
  };
}

const PAGE = 100;

/** Reads each list from its watermark to its end. */
export async function readStreams(reading: Reading): Promise<Stopped | undefined> {
  const { services, plan } = reading;
  for (const each of STREAMS) {
    const states = await readingsOf(services.db, plan.summitId);
    const stopped = await readStream(
      reading,
      each,
      states.find((row) => row.stream === each.name),
    );
    if (stopped !== undefined) return stopped;
  }
  return undefined;
}

async function readStream(
  reading: Reading,
  { name, path, query, read }: Stream,
  state: ReadingState | undefined,
): Promise<Stopped | undefined> {
  const { services, plan } = reading;
  const { db, clock } = services;
  let since = state?.since?.toString();
  let page = state?.page ?? 1;
  let etag = state?.etag ?? undefined;
  let seen = state?.passBeganAt == null ? 0 : state.seen;
  const began = state?.passBeganAt ?? clock.now();
  let expected = state?.passBeganAt == null ? undefined : (state.expected ?? undefined);
  for (;;) {
    const answer = await reading.ask(
      path,
      {
        ...query,
        sort: 'updated',
        direction: 'asc',
        per_page: PAGE,
        page,
        ...(since === undefined ? {} : { since }),
      },
      etag,
    );
    if (!answer.ok) return answer.error;
    const { data, nextPage, unchanged } = answer.value;
    const items = unchanged ? [] : Array.isArray(data) ? data.map(read) : [];
    const known = items.filter((item) => item !== undefined);
    const updated = known.map(({ updatedAt }) => updatedAt);
    const next = placeAfter({ since, page }, updated, nextPage !== undefined && !unchanged);
    seen += known.length;
    expected ??= seen + PAGE * Math.max((answer.value.lastPage ?? page) - page, 0);
    const isSamePlace = next === undefined && watermark(since, updated) === since;
    const row = {
      since: asMoment(next === undefined ? watermark(since, updated) : next.since),
      page: next?.page ?? 1,
      seen,
      expected,
      // Of the last page alone, from the same watermark: there it says whether anything is new.
      etag: isSamePlace ? (answer.value.etag ?? etag ?? null) : null,
      passBeganAt: next === undefined ? null : began,
      ...(next === undefined ? { readAt: clock.now() } : {}),
    };
    await db.transaction().execute(async (tx) => {
      const applying = { tx, services, plan, source: 'asked', now: clock.now() } as const;
      await holdPlan(applying);
      const facts = known.map(({ fact }) => fact);
      await readLinksAhead(tx, plan.summitId, linksAbout(facts));
      await countCommentsAhead(tx, plan.summitId, facts);
      for (const fact of facts) await applyFact(applying, fact);
      await tx
        .insertInto('githubReading')
        .values({ summitId: plan.summitId, stream: name, readAt: null, ...row })
        .onConflict((conflict) => conflict.columns(['summitId', 'stream']).doUpdateSet(row))
        .execute();
    });
    if (next === undefined) return undefined;
    since = next.since;
    page = next.page;
    etag = undefined;
  }
}

/** GitHub's moments are whole seconds. */
const asMoment = (said: string | undefined): Temporal.Instant | null =>
  said === undefined ? null : Temporal.Instant.fromEpochMilliseconds(Date.parse(said));
