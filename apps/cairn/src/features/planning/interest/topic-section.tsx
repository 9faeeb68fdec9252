import type { Reader } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';
import { interestIn } from './interest-queries.ts';
import { TopicInterestForm } from './interest-views.tsx';
import { InterestLists } from './matrix-views.tsx';

/**
 * What people want of one topic, on its page, with the reader's own answer where they come. For those
 * who take part.
 */
export async function topicInterestSection(
  db: Reader,
  summit: Pick<Summit, 'id' | 'slug'>,
  topic: { readonly number: number; readonly title: string },
  /** Who reads, and whether they may say something: they come, and the topic is open. */
  reader: { readonly personId: string; readonly maySay: boolean },
) {
  const people = await interestIn(db, { summitId: summit.id, number: topic.number });
  const own = people.find(({ personId }) => personId === reader.personId);
  const plan = `/s/${summit.slug}/plan`;
  return (
    <section id="interest">
      <h2>Interest</h2>
      <InterestLists people={people} />
      {reader.maySay && (
        <TopicInterestForm
          plan={plan}
          topic={topic}
          typed={{ level: own?.level ?? '', why: own?.why ?? '' }}
        />
      )}
      <p class="small">
        <a href={`${plan}/interest/matrix?people=${topic.number}`}>Beside the other topics</a>
      </p>
    </section>
  );
}
