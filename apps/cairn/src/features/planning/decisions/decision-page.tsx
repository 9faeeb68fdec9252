import type { AppContext } from '../../../platform/http/env.ts';
import { selfIn } from '../../people/rights.ts';
import { readerZone } from '../../summits/page.tsx';
import type { PlanMemberEnv } from '../access.ts';
import { watchSection } from '../activity/watch-section.tsx';
import { renderPlanText } from '../documents/text-rules.ts';
import { showPlanPage } from '../page.tsx';
import { CONVERSATION_SCRIPT, Conversation } from '../threads/conversation-views.tsx';
import { handlesOf, peopleByHandle } from '../threads/handle-queries.ts';
import { conversationOf } from '../threads/thread-queries.ts';
import { mayRevise } from './decision-commands.ts';
import { type Decision, objectionsIn } from './decision-queries.ts';
import { DecisionDetail, type RefusedDeed } from './decision-views.tsx';
import { withoutStateLine } from './record-rules.ts';
import { topicsAt } from './topic-queries.ts';

export type DecisionContext = AppContext<PlanMemberEnv['Variables']>;

/** The address of the plan. */
export const planOf = (c: DecisionContext): string => `/s/${c.var.summit.slug}/plan`;

/** Whether whoever reads was there when it was decided, or organises. */
export async function decides(c: DecisionContext, decision: Decision): Promise<boolean> {
  const { services, signedIn, organiser } = c.var;
  if (organiser !== undefined) return true;
  const handles = await handlesOf(services.db, [signedIn.personId]);
  return mayRevise(decision, handles.get(signedIn.personId));
}

/** Shows a decision with its objections and its conversation; with what was refused, if something was. */
export async function showDecision(
  c: DecisionContext,
  decision: Decision,
  refused?: RefusedDeed,
): Promise<Response> {
  const { summit, services, signedIn, organiser } = c.var;
  const { db, clock } = services;
  const { document } = decision;
  const zone = readerZone(c, summit);
  const people = await peopleByHandle(db, document?.deciders ?? []);
  const conversation = await conversationOf(db, decision, {
    personId: signedIn.personId,
    all: c.req.query('all') !== undefined,
  });
  const comes = c.var.comes || organiser !== undefined;
  return showPlanPage(
    c,
    {
      title: decision.title,
      lede: `Decision #${decision.number}`,
      status: refused === undefined ? 200 : 422,
      scripts: [CONVERSATION_SCRIPT],
    },
    <>
      <DecisionDetail
        plan={planOf(c)}
        zone={zone}
        now={clock.now()}
        decision={decision}
        html={renderPlanText(withoutStateLine(document?.text ?? ''), {
          base: planOf(c),
          path: decision.path,
        })}
        deciders={(document?.deciders ?? []).map(
          (handle) => people.get(handle.toLowerCase())?.name ?? `@${handle}`,
        )}
        topics={await topicsAt(db, summit.id, document?.topics ?? [])}
        objections={await objectionsIn(db, decision)}
        reader={{ personId: signedIn.personId, comes, decides: await decides(c, decision) }}
        refused={refused}
      />
      {conversation !== undefined && (
        <Conversation
          conversation={conversation}
          home={`/s/${summit.slug}`}
          zone={zone}
          reader={{
            personId: signedIn.personId,
            mayWrite: comes,
            isOrganiser: organiser !== undefined,
          }}
          withoutBody
        />
      )}
      {comes &&
        (await watchSection(db, selfIn(summit.id, signedIn), {
          home: `/s/${summit.slug}`,
          number: decision.number,
        }))}
    </>,
  );
}
