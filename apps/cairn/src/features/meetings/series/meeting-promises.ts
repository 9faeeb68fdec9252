import { ownPromises } from '../../people/promises/obligation-queries.ts';
import { selfIn } from '../../people/rights.ts';
import type { MeetingContext } from './meeting-sections.ts';
import type { MeetingPromise } from './meeting-views.tsx';

/** The visitor's promises about meetings, judged now. */
export async function meetingPromises(c: MeetingContext): Promise<MeetingPromise[]> {
  const { summit, signedIn, services } = c.var;
  const now = services.clock.now();
  const person = await ownPromises(services.db, selfIn(summit.id, signedIn), summit, now);
  return (person?.promises ?? [])
    .filter(({ rule }) => rule.kind === 'attend')
    .map(({ key, wording, forecast: { standing, canMiss, sentence, advice } }) => ({
      key,
      wording,
      standing,
      canMiss,
      sentence,
      advice,
    }));
}
