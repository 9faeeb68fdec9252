import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { dateIn, expectZone } from '@cairn/kernel/time';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import type { Organiser } from '../../people/rights.ts';
import { summitById } from '../../summits/queries.ts';
import { hostedStays } from './stay-queries.ts';

/**
 * Asks those of them who have not said anything of their stay to say it, one mail a day at most. Event `stay.asked`
 * for each. Answers how many were asked.
 */
export async function askForStays(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  personIds: readonly string[],
): Promise<Result<number, Problem>> {
  const { summitId } = organiser;
  const unsaid = (await hostedStays(tx, organiser)).filter(
    ({ hasSaid, isRemote, personId }) => !hasSaid && !isRemote && personIds.includes(personId),
  );
  if (unsaid.length === 0) {
    const sentence = 'Tick at least one person who has not said it yet.';
    return fail(problem('nobody-to-ask', sentence, { path: 'people[]' }));
  }
  const { slug, definition } = await summitById(tx, summitId);
  const day = dateIn(actor.now, expectZone(definition.zone)).toString();
  for (const { personId, name } of unsaid) {
    await recordEvent(tx, actor, { kind: 'stay.asked', summitId, personId });
    await notify(tx, actor, {
      summitId,
      personId,
      key: `stay-asked:${summitId}:${personId}:${day}`,
      subject: `When do you come? ${definition.title}`,
      body: [
        `Dear ${name},`,
        '',
        'please say when you arrive and leave, from where you come, and whether you would share a room. Beds and meals are ordered by it. It takes two minutes; what you do not know yet may stay empty, and you can change it later.',
      ].join('\n'),
      page: `/s/${slug}/money/stay`,
    });
  }
  return ok(unsaid.length);
}
