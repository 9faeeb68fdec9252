import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import {
  formProblems,
  type RefusedForm,
  readTyped,
  type Typed,
  typedText,
} from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import {
  answerFaults,
  CHECK_SCRIPTS,
  factsFor,
  faultsOf,
  isDespite,
  type MakingContext,
  unread,
} from '../frame/check-page.tsx';
import type { ContradictionFacts } from '../frame/contradiction-rules.ts';
import type { TypedFaults } from '../frame/contradiction-views.tsx';
import { contradictionsIn } from '../frame/frame-check-rules.ts';
import { NEW } from '../frame/typed-rules.ts';
import { showTimetablePage } from '../page.tsx';
import { halfDaysOf, halvesOfSlots, slotsOfHalves } from './half-day-rules.ts';
import { removeSessionRule, saveSessionRule } from './rule-commands.ts';
import { RuleListPage, RulePage } from './rule-views.tsx';
import type { SessionRule } from './session-rules.ts';
import { ruleAsTyped, ruleForm } from './session-schema.ts';
import { ruleSentence } from './session-words-rules.ts';

const LIST = '/s/:summit/organise/timetable/sessions/rules';
const RULE = `${LIST}/:rule{new|[0-9a-f-]{36}}`;
const homeOf = (c: MakingContext): string => `/s/${c.var.summit.slug}/organise/timetable`;

/** What a request is about: the facts of the making, and the rule unless it is a new one. */
interface Asked {
  readonly facts: ContradictionFacts;
  readonly rule: SessionRule | undefined;
  readonly action: string;
}

/** `/s/<summit>/organise/timetable/sessions/rules`: what must or should hold between sessions. */
export function sessionRuleRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  for (const address of [LIST, RULE, `${RULE}/check`]) {
    routes.use(address, withSummit, organisersOnly);
  }

  routes.get(LIST, async (c) => {
    const facts = await factsFor(c);
    if (facts === undefined) return c.redirect(`${homeOf(c)}/frame`, 303);
    return showTimetablePage(
      c,
      {
        title: 'Rules between sessions',
        lede: 'What must or should hold, whichever timetable it is.',
      },
      <RuleListPage
        home={homeOf(c)}
        rules={facts.rules.map((rule) => ({ id: rule.id, sentence: sentenceOf(facts, rule) }))}
        contradictions={contradictionsIn(facts).filter(({ at }) => at.startsWith('sessions/rules'))}
      />,
    );
  });

  routes.get(RULE, async (c) => {
    const asked = await askedFor(c, c.req.param('rule'));
    return asked instanceof Response ? asked : showRule(c, asked);
  });
  routes.post(`${RULE}/check`, async (c) => {
    const asked = await askedFor(c, c.req.param('rule'));
    const { typed } = await readTyped(c);
    return asked instanceof Response ? asked : answerFaults(c, tryRule(asked, typed).faults);
  });
  routes.post(RULE, async (c) => {
    const asked = await askedFor(c, c.req.param('rule'));
    return asked instanceof Response ? asked : changeRule(c, asked);
  });

  return routes;
}

/** A rule in words, with its times as half days. */
function sentenceOf({ frame, sessions }: ContradictionFacts, rule: SessionRule): string {
  const titles = rule.sessions.map(
    (id) => sessions.find((session) => session.id === id)?.title ?? 'a session that is gone',
  );
  const halves = halfDaysOf(frame);
  const named = halvesOfSlots(halves, rule.at);
  const places =
    rule.kind === 'slot-wish'
      ? halves.filter(({ key }) => named.includes(key)).map(({ words }) => words)
      : rule.at.map(
          (id) => frame.rooms.find((room) => room.id === id)?.name ?? 'a room that is gone',
        );
  return ruleSentence(rule, titles, places.length === 0 ? ['a time that is gone'] : places);
}

async function askedFor(c: MakingContext, key: string): Promise<Asked | Response> {
  const facts = await factsFor(c);
  if (facts === undefined) return c.redirect(`${homeOf(c)}/frame`, 303);
  const rule = facts.rules.find(({ id }) => id === key);
  if (rule === undefined && key !== NEW) return c.notFound();
  return { facts, rule, action: `${homeOf(c)}/sessions/rules/${key}` };
}

/** A rule as it was typed: half days become the slots that begin in them now. */
function tryRule({ facts, rule }: Asked, typed: Typed) {
  const form = ruleForm.safeParse(typed);
  if (!form.success) return { value: undefined, faults: unread(formProblems(form.error)) };
  const { times, rooms, wish, ...rest } = form.data;
  const isWish = rest.kind === 'slot-wish' || rest.kind === 'room-wish';
  const at = rest.kind === 'slot-wish' ? slotsOfHalves(halfDaysOf(facts.frame), times) : rooms;
  const value = { ...rest, at: isWish ? at : [], wish: isWish ? wish : null };
  const id = rule?.id ?? NEW;
  const rules = [...facts.rules.filter((each) => each.id !== id), { ...value, id }];
  return { value, faults: faultsOf(facts, { ...facts, rules }, [id]) };
}

async function changeRule(c: MakingContext, asked: Asked): Promise<Response> {
  const { services, organiser } = c.var;
  const { typed } = await readTyped(c);
  const { rule } = asked;
  const list = `${homeOf(c)}/sessions/rules`;
  const actor = webActor(c);
  if (typedText(typed, 'do') === 'remove' && rule !== undefined) {
    const removed = await inTransaction(services.db, (tx) =>
      removeSessionRule(tx, actor, organiser, { id: rule.id }),
    );
    return seeOther(c, list, removed.ok ? 'The rule is removed.' : removed.error.sentence);
  }
  const { value, faults } = tryRule(asked, typed);
  if (value === undefined) return showRule(c, asked, { typed, problems: faults.problems });
  if (faults.contradictions.length > 0 && !isDespite(typed)) {
    return showRule(c, asked, { typed, problems: [] }, faults);
  }
  const saved = await inTransaction(services.db, (tx) =>
    saveSessionRule(tx, actor, organiser, { ...value, id: rule?.id }),
  );
  if (!saved.ok) {
    const isPlace = saved.error.place.path === 'at[]';
    const path = isPlace ? (value.kind === 'slot-wish' ? 'times[]' : 'rooms[]') : undefined;
    const problem = path === undefined ? saved.error : { ...saved.error, place: { path } };
    return showRule(c, asked, { typed, problems: [problem] });
  }
  return seeOther(c, list, 'The rule is saved.');
}

function showRule(
  c: MakingContext,
  { facts, rule, action }: Asked,
  refused?: RefusedForm,
  faults?: TypedFaults,
): Response {
  const { frame, sessions } = facts;
  const halves = halfDaysOf(frame);
  const stored = rule === undefined ? {} : ruleAsTyped(rule, halvesOfSlots(halves, rule.at));
  return showTimetablePage(
    c,
    {
      title: rule === undefined ? 'A new rule' : 'A rule between sessions',
      scripts: CHECK_SCRIPTS,
      status: refused === undefined ? 200 : 422,
    },
    <RulePage
      action={action}
      isNew={rule === undefined}
      typed={refused?.typed ?? stored}
      problems={refused?.problems}
      faults={faults}
      sessions={sessions
        .filter(({ kind }) => kind !== 'open')
        .map(({ id, title }) => ({ value: id, label: title }))}
      times={halves.map(({ key, words }) => ({ value: key, label: words }))}
      rooms={frame.rooms.map(({ id, name }) => ({ value: id, label: name }))}
    />,
  );
}
