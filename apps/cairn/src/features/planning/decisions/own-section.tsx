import { expectZone } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { When } from '../../../design/prose.tsx';
import type { LoadOwnSection } from '../../people/invitations/answer-routes.tsx';
import { isComing } from '../../people/invitations/participation-queries.ts';
import { openTopics, ownInterest } from '../interest/interest-queries.ts';
import { planOf } from '../repository/main-queries.ts';
import { handlesOf } from '../threads/handle-queries.ts';
import { mayRevise } from './decision-commands.ts';
import { decisionsOf } from './decision-queries.ts';

/**
 * What the plan asks of somebody, on their own part of the summit: what was decided without them and is
 * open to objections, and topics of which they have said nothing.
 */
export const planAskingSection: LoadOwnSection = async (db, { summit, self }) => {
  if (!(await isComing(db, summit.id, self.personId))) return undefined;
  if ((await planOf(db, summit.id)) === undefined) return undefined;
  const handle = (await handlesOf(db, [self.personId])).get(self.personId);
  const open = (await decisionsOf(db, summit.id)).filter(
    (decision) =>
      decision.state === 'provisional' &&
      decision.document !== undefined &&
      !mayRevise(decision, handle),
  );
  const said = await ownInterest(db, self);
  const silent = (await openTopics(db, summit.id)).filter(({ number }) => !said.has(number));
  if (open.length + silent.length === 0) return undefined;
  const plan = `/s/${summit.slug}/plan`;
  const zone = expectZone(summit.definition.zone);
  return (
    <section aria-labelledby="plan-asks">
      <h2 id="plan-asks">The plan asks you</h2>
      <ul>
        {open.map(({ number, title, closesAt }) => (
          <li key={number}>
            Decided without you: <a href={`${plan}/decisions/${number}`}>{title}</a>, provisional
            until <When instant={closesAt} zone={zone} />
          </li>
        ))}
        {silent.length > 0 && (
          <li>
            You have said nothing of {counted(silent.length, 'open topic')}.{' '}
            <a href={`${plan}/interest`}>Say what you want</a>
          </li>
        )}
      </ul>
    </section>
  );
};
