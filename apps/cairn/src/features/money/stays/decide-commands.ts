import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { counted } from '@cairn/kernel/words';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import { lockPerson } from '../../people/persons/person-queries.ts';
import type { Organiser } from '../../people/rights.ts';
import { summitById } from '../../summits/queries.ts';
import { hostedStays } from './stay-queries.ts';
import { extraNightsOf } from './stay-rules.ts';

/** What an organiser answers to a request: for extra nights, or for a room alone. */
export interface StayAnswer {
  readonly personId: string;
  readonly request: 'extra' | 'single';
  readonly isAgreed: boolean;
  /** Told to whoever asked; needed where it is declined. */
  readonly answer: string;
  /** The revision that the organiser saw. */
  readonly revision: number;
}

/**
 * Agrees to nights that the grant is asked for, or to a room alone, or declines them; whoever asked is told by mail.
 * Nobody answers their own request. Events `stay.extra_answered`, `stay.single_answered`.
 */
export async function answerStay(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { personId, request, isAgreed, answer, revision }: StayAnswer,
): Promise<Result<void, Problem>> {
  const { summitId } = organiser;
  if (organiser.personId === personId) {
    return fail(
      problem('own-request', 'This is your own request; another organiser has to answer it.'),
    );
  }
  if (!isAgreed && answer === '') {
    const place = { path: 'answer' };
    return fail(problem('no-reason', 'Say why not; whoever asked is told so.', place));
  }
  await lockPerson(tx, personId);
  const stay = (await hostedStays(tx, organiser)).find((each) => each.personId === personId);
  if (stay === undefined) return fail(problem('no-stay', 'There is no such stay any more.'));
  if (stay.revision !== revision) {
    const sentence = 'The stay was changed meanwhile. Look at it anew, and answer then.';
    return fail(problem('changed-meanwhile', sentence));
  }
  const state = request === 'extra' ? stay.extraState : stay.singleState;
  if (state === 'none') {
    return fail(problem('nothing-asked', 'Nothing is asked for any more.'));
  }
  const answered = isAgreed ? ('agreed' as const) : ('declined' as const);
  await tx
    .updateTable('stay')
    .set(
      request === 'extra'
        ? { extraState: answered, extraAnswer: answer, revision: revision + 1 }
        : { singleState: answered, singleAnswer: answer, revision: revision + 1 },
    )
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .execute();
  const kind = request === 'extra' ? 'stay.extra_answered' : 'stay.single_answered';
  await recordEvent(tx, actor, { kind, summitId, personId, data: { isAgreed } });
  const { definition, slug } = await summitById(tx, summitId);
  const nights = extraNightsOf(stay, definition.dates).nights.length;
  const what = request === 'extra' ? `the ${counted(nights, 'extra night')}` : 'a room alone';
  await notify(tx, actor, {
    summitId,
    personId,
    key: `stay-${request}:${summitId}:${personId}:${revision}`,
    subject: `Your stay: ${definition.title}`,
    body: [
      `Dear ${stay.name},`,
      '',
      isAgreed
        ? `the organisers agreed to ${what} that you asked for.`
        : `the organisers cannot agree to ${what} that you asked for.`,
      ...(answer === '' ? [] : ['', `They say: ${answer}`]),
      '',
      isAgreed ? 'Your page says what holds now.' : 'On your page you can say what you do now.',
    ].join('\n'),
    page: `/s/${slug}/money/stay`,
  });
  return ok(undefined);
}
