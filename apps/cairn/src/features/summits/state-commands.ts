import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../platform/db/command.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { Organiser } from '../people/rights.ts';
import { openCarried } from './carried-queries.ts';
import { wordsForPath } from './form-fields.ts';
import { lockSummit } from './queries.ts';

/** Told by name before the rest is only counted. */
const NAMED = 8;

/** Makes a draft public. Refused while values of last year wait to be confirmed. */
export async function announce(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
): Promise<Result<void, Problem>> {
  const { state } = await lockSummit(tx, summitId);
  if (state !== 'draft') {
    return fail(problem('not-a-draft', 'This summit is announced already.'));
  }
  const open = await openCarried(tx, summitId);
  if (open.length > 0) {
    const named = open.slice(0, NAMED).map(({ path }) => wordsForPath(path));
    const more = open.length > NAMED ? ` and ${open.length - NAMED} more` : '';
    return fail(
      problem(
        'carried-values-open',
        `Still unconfirmed from the last edition: ${named.join('; ')}${more}. Confirm or change each of them first.`,
      ),
    );
  }
  await tx
    .updateTable('summit')
    .set({ state: 'announced', announcedAt: actor.now })
    .where('id', '=', summitId)
    .execute();
  await recordEvent(tx, actor, { kind: 'summit.announced', summitId });
  return ok(undefined);
}

/** Takes an announced summit off the list of what is to come; its pages stay. */
export async function archive(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
): Promise<Result<void, Problem>> {
  return moveBetween(tx, actor, organiser, {
    from: 'announced',
    to: 'archived',
    kind: 'summit.archived',
    otherwise: 'Only an announced summit can be archived.',
  });
}

/** Puts an archived summit back on the list. */
export async function reopen(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
): Promise<Result<void, Problem>> {
  return moveBetween(tx, actor, organiser, {
    from: 'archived',
    to: 'announced',
    kind: 'summit.reopened',
    otherwise: 'Only an archived summit can be put back on the list.',
  });
}

async function moveBetween(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  move: {
    readonly from: 'announced' | 'archived';
    readonly to: 'announced' | 'archived';
    readonly kind: string;
    readonly otherwise: string;
  },
): Promise<Result<void, Problem>> {
  const { state } = await lockSummit(tx, summitId);
  if (state !== move.from) return fail(problem('wrong-state', move.otherwise));
  await tx.updateTable('summit').set({ state: move.to }).where('id', '=', summitId).execute();
  await recordEvent(tx, actor, { kind: move.kind, summitId });
  return ok(undefined);
}
