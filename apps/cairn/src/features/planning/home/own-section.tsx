import type { LoadOwnSection } from '../../people/invitations/answer-routes.tsx';
import { awaitingOf } from './awaiting-queries.ts';
import { AwaitingList } from './home-views.tsx';

/** What of the plan awaits somebody, on their own part of the summit; nothing when nothing does. */
export const planAwaitingSection: LoadOwnSection = async (db, { summit, self }) => {
  const awaiting = await awaitingOf(db, self);
  if (awaiting.length === 0) return undefined;
  return (
    <section aria-labelledby="plan-awaits">
      <h2 id="plan-awaits">The plan awaits you</h2>
      <AwaitingList home={`/s/${summit.slug}`} awaiting={awaiting} />
    </section>
  );
};
