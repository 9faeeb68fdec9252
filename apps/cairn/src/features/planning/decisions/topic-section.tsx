import type { ZoneName } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';
import { decisionsAbout } from './decision-queries.ts';
import { DecisionLines } from './list-views.tsx';

/** The decisions about a topic, on its page, each with how it stands. For those who take part. */
export async function topicDecisionsSection(
  db: Reader,
  summit: Pick<Summit, 'id' | 'slug'>,
  topic: { readonly number: number; readonly path: string },
  zone: ZoneName,
) {
  const decisions = await decisionsAbout(db, summit.id, topic.path);
  const plan = `/s/${summit.slug}/plan`;
  return (
    <section id="decisions">
      <h2>Decisions</h2>
      {decisions.length === 0 ? (
        <p class="quiet">None is recorded about it.</p>
      ) : (
        <DecisionLines plan={plan} zone={zone} decisions={decisions} />
      )}
      <p class="small">
        <a href={`${plan}/decisions/new?topic=${topic.number}`}>Record one</a>
      </p>
    </section>
  );
}
