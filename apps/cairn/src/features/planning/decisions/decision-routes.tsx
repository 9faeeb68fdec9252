import { type Problem, problem } from '@cairn/kernel/problem';
import { dateIn } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import {
  formProblems,
  readTyped,
  type Typed,
  typedList,
  typedText,
} from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { comersOnly, participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { mentionablePeople } from '../../work/mention-queries.ts';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { showPlanPage } from '../page.tsx';
import { memberOf } from '../threads/member-rights.ts';
import { recordDecision, reviseDecision } from './decision-commands.ts';
import { RecordPage, RevisePage, type TypedDecision } from './decision-form-views.tsx';
import { type DecisionContext, decides, planOf, showDecision } from './decision-page.tsx';
import { type Decision, decisionAt, decisionsOf, windowRule } from './decision-queries.ts';
import {
  type DecisionDeed,
  decisionDeed,
  newDecision,
  revisedDecision,
} from './decision-schema.ts';
import { DecisionList } from './list-views.tsx';
import {
  answerObjection,
  objectTo,
  upholdObjection,
  withdrawObjection,
} from './objection-commands.ts';
import { withoutStateLine } from './record-rules.ts';
import { reopenDecision } from './settle-commands.ts';
import { topicsAt } from './topic-queries.ts';

/**
 * `/s/<summit>/plan/decisions`: all of them, `…/new` to record one, `…/<number>` with its objections
 * and its conversation, `…/<number>/edit` to write it anew. Read by those who take part.
 */
export function decisionRoutes(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  const address = '/s/:summit/plan/decisions';
  for (const path of [address, `${address}/*`]) {
    routes.use(path, withSummit, participantsOnly, withPlan);
  }

  routes.get(address, async (c) => {
    const { summit, services } = c.var;
    const { windowDays } = await windowRule(services.db, summit);
    return showPlanPage(
      c,
      { title: 'Decisions', lede: 'What was decided, and what is still open to objections.' },
      <DecisionList
        plan={planOf(c)}
        zone={readerZone(c, summit)}
        decisions={await decisionsOf(services.db, summit.id)}
        mayRecord={c.var.comes || c.var.organiser !== undefined}
        windowDays={windowDays}
      />,
    );
  });

  routes.get(`${address}/new`, comersOnly, (c) => showRecord(c));

  routes.post(address, comersOnly, async (c) => {
    const { summit, services } = c.var;
    const { typed } = await readTyped(c);
    const form = newDecision.safeParse(typed);
    if (!form.success) return showRecord(c, { typed, problems: formProblems(form.error) });
    const recorded = await inTransaction(services.db, (tx) =>
      recordDecision(tx, services, webActor(c), summit, memberOf(c), form.data),
    );
    if (!recorded.ok) return showRecord(c, { typed, problems: [recorded.error] });
    const notice =
      'Recorded. It is provisional until its window closes; who was not there is told.';
    return seeOther(c, `${planOf(c)}/decisions/${recorded.value.number}`, notice);
  });

  routes.get(`${address}/:number`, async (c) => {
    const decision = await decisionOf(c);
    return decision === undefined ? c.notFound() : showDecision(c, decision);
  });

  routes.post(`${address}/:number`, comersOnly, async (c) => {
    const decision = await decisionOf(c);
    if (decision === undefined) return c.notFound();
    const { typed } = await readTyped(c);
    const form = decisionDeed.safeParse(typed);
    if (!form.success) {
      const problems = [problem('no-deed', 'Press one of the buttons of this page.')];
      return showDecision(c, decision, { typed: {}, problems });
    }
    const page = `${planOf(c)}/decisions/${decision.number}#objections`;
    const done = await doDeed(c, decision.number, form.data);
    if (done.ok) return seeOther(c, page, DONE[form.data.do]);
    const isTyped = ['object', 'answer', 'reopen'].includes(form.data.do);
    return showDecision(c, decision, {
      typed: isTyped ? textsOf(typed) : {},
      problems: [isTyped ? done.error : { ...done.error, place: {} }],
    });
  });

  routes.get(`${address}/:number/edit`, comersOnly, async (c) => {
    const decision = await decisionOf(c);
    if (decision?.document === undefined) return c.notFound();
    const { document, title } = decision;
    const text = withoutStateLine(document.text);
    return showRevise(c, decision, { title, text, blob: document.blob });
  });

  routes.post(`${address}/:number/edit`, comersOnly, async (c) => {
    const decision = await decisionOf(c);
    if (decision?.document === undefined) return c.notFound();
    const { summit, services } = c.var;
    const { typed } = await readTyped(c);
    const form = revisedDecision.safeParse(typed);
    const kept = {
      title: typedText(typed, 'title'),
      text: typedText(typed, 'text'),
      // Whoever was overtaken sees it, and may then save their text over the newer one.
      blob: decision.document.blob,
    };
    if (!form.success) return showRevise(c, decision, kept, formProblems(form.error));
    const saved = await inTransaction(services.db, (tx) =>
      reviseDecision(tx, services, webActor(c), summit, memberOf(c), {
        number: decision.number,
        ...form.data,
      }),
    );
    if (!saved.ok) return showRevise(c, decision, kept, [saved.error]);
    const notice = saved.value.hasChanged ? 'Saved.' : 'Nothing had changed.';
    return seeOther(c, `${planOf(c)}/decisions/${decision.number}`, notice);
  });

  return routes;
}

const DONE: Readonly<Record<DecisionDeed['do'], string>> = {
  object: 'Your objection stands. The decision is not ratified while it does.',
  withdraw: 'Taken back.',
  uphold: 'It stands.',
  answer: 'Answered. Whoever objected is told by mail.',
  reopen: 'Reopened. Who was there is told by mail.',
};

function doDeed(c: DecisionContext, number: number, deed: DecisionDeed) {
  const { summit, services } = c.var;
  const [actor, member] = [webActor(c), memberOf(c)];
  return inTransaction<unknown>(services.db, (tx) => {
    switch (deed.do) {
      case 'object':
        return objectTo(tx, actor, member, { number, reason: deed.reason });
      case 'withdraw':
        return withdrawObjection(tx, actor, member, { number, id: deed.objection });
      case 'uphold':
        return upholdObjection(tx, actor, member, { number, id: deed.objection });
      case 'answer': {
        const { objection: id, answer } = deed;
        return answerObjection(tx, actor, member, { number, id, answer });
      }
      case 'reopen': {
        const { reason } = deed;
        return reopenDecision(tx, services, actor, summit, member, { number, reason });
      }
      default:
        return deed satisfies never;
    }
  });
}

async function decisionOf(c: DecisionContext): Promise<Decision | undefined> {
  const { number = '' } = c.req.param() as Record<string, string | undefined>;
  if (!/^[1-9]\d{0,8}$/.test(number)) return undefined;
  return decisionAt(c.var.services.db, { summitId: c.var.summit.id, number: Number(number) });
}

const textsOf = (typed: Typed): Record<string, string> =>
  Object.fromEntries(Object.keys(typed).map((name) => [name, typedText(typed, name)]));

async function showRecord(
  c: DecisionContext,
  refused?: { readonly typed: Typed; readonly problems: readonly Problem[] },
): Promise<Response> {
  const { summit, services, signedIn } = c.var;
  const { db, clock } = services;
  const { windowDays, zone } = await windowRule(db, summit);
  const typed = refused?.typed;
  const begun: TypedDecision =
    typed === undefined
      ? {
          title: '',
          decided: '',
          why: '',
          alternatives: '',
          made: dateIn(clock.now(), zone).toString(),
          where: '',
          people: [signedIn.personId],
          topics: c.req.queries('topic') ?? [],
        }
      : {
          title: typedText(typed, 'title'),
          decided: typedText(typed, 'decided'),
          why: typedText(typed, 'why'),
          alternatives: typedText(typed, 'alternatives'),
          made: typedText(typed, 'made'),
          where: typedText(typed, 'where'),
          people: typedList(typed, 'people'),
          topics: typedList(typed, 'topics'),
        };
  return showPlanPage(
    c,
    { title: 'Record a decision', status: refused === undefined ? 200 : 422 },
    <RecordPage
      plan={planOf(c)}
      typed={begun}
      people={await mentionablePeople(db, summit.id)}
      topics={await topicsAt(db, summit.id)}
      windowDays={windowDays}
      problems={refused?.problems}
    />,
  );
}

async function showRevise(
  c: DecisionContext,
  decision: Decision,
  text: { readonly title: string; readonly text: string; readonly blob: string },
  problems?: readonly Problem[],
): Promise<Response> {
  const { summit, services } = c.var;
  if (!(await decides(c, decision))) return c.notFound();
  const { windowDays } = await windowRule(services.db, summit);
  return showPlanPage(
    c,
    { title: `Write anew: ${decision.title}`, status: problems === undefined ? 200 : 422 },
    <RevisePage
      plan={planOf(c)}
      number={decision.number}
      {...text}
      windowDays={windowDays}
      problems={problems}
    />,
  );
}
