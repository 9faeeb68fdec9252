import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import { summitById } from '../../summits/queries.ts';
import { ownPart } from './answer-queries.ts';
import { ownConcern } from './concern-queries.ts';
import { pollOf, weeksOfPoll } from './poll-queries.ts';
import { closingOf, takesAnswers, todayAt } from './poll-rules.ts';
import { offered } from './week-rules.ts';

/** What a week poll wants of somebody now. */
export type OwnPoll =
  /** Their answers, until a moment; so many weeks are open and of so many they said nothing. */
  | {
      readonly kind: 'open';
      readonly weeks: number;
      readonly unanswered: number;
      readonly closes: Instant | undefined;
    }
  /** What they want to do: the week that was chosen does not suit them, or they never said. */
  | { readonly kind: 'concern'; readonly why: 'no' | 'unanswered' }
  /** Nothing: a week is being chosen. */
  | { readonly kind: 'closed' };

/** What the week poll wants of somebody; undefined where they are not asked, or nothing is left to say. */
export async function ownPoll(db: Reader, self: Self, now: Instant): Promise<OwnPoll | undefined> {
  const poll = await pollOf(db, self.summitId);
  if (poll === undefined) return undefined;
  const part = await ownPart(db, self);
  if (part === undefined) return undefined;
  const { definition } = await summitById(db, self.summitId);
  const today = todayAt(definition, now);
  if (takesAnswers(poll, today)) {
    const weeks = offered(await weeksOfPoll(db, poll, today));
    return {
      kind: 'open',
      weeks: weeks.length,
      unanswered: weeks.filter(({ id }) => part.weeks.get(id)?.answer === undefined).length,
      closes: poll.closesOn && closingOf(poll.closesOn, definition),
    };
  }
  if (poll.chosenStart !== undefined) {
    const concern = await ownConcern(db, self, poll.chosenStart);
    return concern === undefined || concern.reply !== undefined
      ? undefined
      : { kind: 'concern', why: concern.why };
  }
  return poll.state === 'open' || poll.state === 'closed' ? { kind: 'closed' } : undefined;
}
