import { ok } from '@cairn/kernel/result';
import { expectZone, formatInstant } from '@cairn/kernel/time';
import { type Actor, inTransaction, jobActor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import { organisersOf } from '../../people/roles/role-queries.ts';
import { allSummits, lockSummit } from '../../summits/queries.ts';
import { calendarsWithCalls } from './call-queries.ts';
import { endingOf, isToBeWarned, type KeptCall, type WarnWhen } from './call-rules.ts';

/** Tells organisers of calls that run out before they do: one mail each for all that are due, once for each end. */
export const callExpirySweep: Sweep = {
  name: 'calls-run-out',
  everySeconds: 3600,
  run: async ({ db, clock }) => {
    // Calls go on after the summit, so an archived one is looked at as well.
    for (const { id, state } of await allSummits(db)) {
      if (state === 'draft') continue;
      await inTransaction(db, async (tx) => ok(await warnOf(tx, jobActor(clock.now()), id)));
    }
  },
};

interface Due {
  readonly call: KeptCall;
  readonly calendar: string;
  readonly warn: WarnWhen;
}

async function warnOf(tx: Tx, actor: Actor, summitId: string): Promise<void> {
  const due = await dueCalls(tx, actor, summitId);
  if (due.length === 0) return;
  const { slug, definition } = await lockSummit(tx, summitId);
  // Another process may have told them while this one waited.
  const still = await dueCalls(tx, actor, summitId);
  if (still.length === 0) return;
  for (const { call } of still) {
    await tx
      .updateTable('recurringCall')
      .set({ warnedFor: call.runsOut ?? null })
      .where('id', '=', call.id)
      .execute();
  }
  const event = await recordEvent(tx, actor, {
    kind: 'calls.warned',
    summitId,
    data: { calls: still.map(({ call }) => call.id) },
  });
  for (const { personId, zone } of await organisersOf(tx, summitId)) {
    const own = expectZone(zone ?? definition.zone);
    await notify(tx, actor, {
      summitId,
      personId,
      key: `calls-run-out:${event}:${personId}`,
      subject: subjectOf(still),
      body: [
        still.length === 1
          ? 'A call runs out, and nobody will be told when it stops:'
          : 'These calls run out, and nobody will be told when they stop:',
        '',
        ...still.map((each) => `- ${lineOf(each, actor, own)}`),
        '',
        'If they go on, give them a later last day. If they end, there is nothing to do: this is the only mail about it.',
      ].join('\n'),
      page: `/s/${slug}/organise/calls`,
    });
  }
}

async function dueCalls(tx: Tx, { now }: Actor, summitId: string): Promise<Due[]> {
  const calendars = await calendarsWithCalls(tx, summitId);
  return calendars.flatMap(({ name, warn, calls }) =>
    calls
      .filter((call) => isToBeWarned(call, warn, now))
      .map((call) => ({ call, calendar: name, warn })),
  );
}

const subjectOf = (due: readonly Due[]): string => {
  const [first] = due;
  return due.length === 1 && first !== undefined
    ? `A call runs out: ${first.call.content.summary}`
    : `${due.length} calls run out`;
};

function lineOf(
  { call, calendar, warn }: Due,
  { now }: Actor,
  zone: ReturnType<typeof expectZone>,
) {
  const ending = endingOf(call, warn, now);
  const name = `${call.content.summary} (${calendar})`;
  if (ending.kind === 'open') return name;
  const last = formatInstant(ending.last, zone);
  return ending.kind === 'over' ? `${name}: was last on ${last}` : `${name}: last on ${last}`;
}
