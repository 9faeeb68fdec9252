import { type Problem, problem } from '@cairn/kernel/problem';
import { expectOk } from '@cairn/kernel/result';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { shippedPolicies } from '../../../platform/files/shipped-policies.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped, type Typed, typedList, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type TreasurerEnv, treasurersOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { fundLinesOf } from '../funders/funder-queries.ts';
import { showMoneyPage } from '../page.tsx';
import { adoptPolicy, changePolicy, confirmRules, removePolicy } from './policy-commands.ts';
import {
  confirmationsOf,
  policiesOf,
  policyRevisions,
  type StoredPolicy,
} from './policy-queries.ts';
import { policyFile, readPolicy } from './policy-schema.ts';
import { PoliciesPage, PolicyPage, PolicyTextPage, RevisionsPage } from './policy-views.tsx';

type Context = AppContext<TreasurerEnv['Variables']>;
const LIST = '/s/:summit/treasury/policies';
const NEW = `${LIST}/new`;
const POLICY = `${LIST}/:policy{[a-z][a-z0-9_]*}`;
const baseOf = (c: Context): string => `/s/${c.var.summit.slug}/treasury/policies`;

/** `/s/<summit>/treasury/policies`: sets of rules, adopted, read, confirmed, changed. */
export function policyRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  for (const address of [LIST, `${LIST}/*`]) routes.use(address, withSummit, treasurersOnly);

  routes.get(LIST, (c) => showPolicies(c));
  routes.post(LIST, adoptShipped);
  routes.get(NEW, (c) => {
    const from = shippedPolicies().get(c.req.query('from') ?? '');
    return showNew(c, from ?? beginning(c));
  });
  routes.post(NEW, adoptOwn);

  routes.get(POLICY, async (c) => {
    const policy = await policyAt(c, c.req.param('policy'));
    return policy === undefined ? c.notFound() : showPolicy(c, policy);
  });
  routes.post(POLICY, async (c) => {
    const policy = await policyAt(c, c.req.param('policy'));
    return policy === undefined ? c.notFound() : confirmOrRemove(c, policy);
  });
  routes.get(`${POLICY}/text`, async (c) => {
    const policy = await policyAt(c, c.req.param('policy'));
    return policy === undefined ? c.notFound() : showText(c, policy, policy.text);
  });
  routes.post(`${POLICY}/text`, async (c) => {
    const policy = await policyAt(c, c.req.param('policy'));
    return policy === undefined ? c.notFound() : saveText(c, policy);
  });
  routes.get(`${POLICY}/file`, async (c) => {
    const policy = await policyAt(c, c.req.param('policy'));
    if (policy === undefined) return c.notFound();
    return c.body(policy.text, 200, {
      'content-type': 'application/yaml; charset=utf-8',
      'content-disposition': `attachment; filename="${policyFile(policy.key)}"`,
    });
  });
  routes.get(`${POLICY}/revisions`, async (c) => {
    const policy = await policyAt(c, c.req.param('policy'));
    if (policy === undefined) return c.notFound();
    const revisions = await policyRevisions(c.var.services.db, policy.id);
    const zone = readerZone(c, c.var.summit);
    const address = `${baseOf(c)}/${policy.key}`;
    return showMoneyPage(
      c,
      { title: `Revisions of “${policy.title}”`, lede: 'The newest first.' },
      <RevisionsPage address={address} revisions={revisions} zone={zone} />,
    );
  });

  return routes;
}

const policyAt = async (c: Context, key: string): Promise<StoredPolicy | undefined> =>
  (await policiesOf(c.var.services.db, c.var.summit.id)).find((policy) => policy.key === key);

async function linesByTitle(c: Context): Promise<ReadonlyMap<string, string>> {
  const lines = await fundLinesOf(c.var.services.db, c.var.summit.id);
  return new Map(lines.map(({ id, title }) => [id, title]));
}

async function showPolicies(c: Context, problems?: readonly Problem[]): Promise<Response> {
  const policies = await policiesOf(c.var.services.db, c.var.summit.id);
  const adopted = new Set(policies.map(({ shipped }) => shipped));
  const shipped = [...shippedPolicies()]
    .filter(([key]) => !adopted.has(key))
    .map(([key, text]) => ({ key, content: expectOk(readPolicy(text, policyFile(key))) }));
  return showMoneyPage(
    c,
    {
      title: 'Rules',
      lede: 'What is paid and what is not, by rules that say where they are from.',
      status: problems === undefined ? 200 : 422,
    },
    <PoliciesPage
      base={baseOf(c)}
      policies={policies}
      shipped={shipped}
      lines={await linesByTitle(c)}
      problems={problems}
    />,
  );
}

async function adoptShipped(c: Context): Promise<Response> {
  const { services, treasurer } = c.var;
  const { typed } = await readTyped(c);
  const shipped = typedText(typed, 'shipped');
  const text = shippedPolicies().get(shipped);
  if (text === undefined) {
    const sentence = 'No such set comes with Cairn; look at the list again.';
    return showPolicies(c, [problem('no-set', sentence)]);
  }
  const adopted = await inTransaction(services.db, (tx) =>
    adoptPolicy(tx, webActor(c), treasurer, { text, shipped }),
  );
  if (!adopted.ok) return showPolicies(c, [adopted.error]);
  const notice = 'Adopted. Confirm what is marked, and choose the rules for a line.';
  return seeOther(c, `${baseOf(c)}/${adopted.value.key}`, notice);
}

/** What a new set begins with: enough to see how one is written. */
const beginning = (c: Context): string => `cairn: policy/1
title: What we pay
currency: USD
rules:
  - key: dinner
    kind: meal_cap
    meal: dinner
    most: "25.00"
    words: A dinner is paid up to {most} for each person.
    source: Decided by the organisers
    source_date: ${c.var.services.clock.now().toString().slice(0, 10)}
  - key: provided
    kind: provided_meal
    words: Meals that we provide are not paid again.
    source: Decided by the organisers
    source_date: ${c.var.services.clock.now().toString().slice(0, 10)}
`;

function showNew(
  c: Context,
  text: string,
  problems?: readonly Problem[],
): Response | Promise<Response> {
  return showMoneyPage(
    c,
    {
      title: 'New rules',
      lede: 'Each rule says what it does, in which words people read it, and where it is from.',
      status: problems === undefined ? 200 : 422,
    },
    <PolicyTextPage action={`${baseOf(c)}/new`} text={text} problems={problems} />,
  );
}

/** A text that is longer than any set of rules would be a program gone wrong. */
const MOST_TEXT = 200_000;

const textOf = (typed: Typed): string =>
  typedText(typed, 'text').replace(/\r\n?/g, '\n').slice(0, MOST_TEXT);

async function adoptOwn(c: Context): Promise<Response> {
  const { services, treasurer } = c.var;
  const text = textOf((await readTyped(c)).typed);
  const read = readPolicy(text, 'rules');
  if (!read.ok) return showNew(c, text, read.error);
  const adopted = await inTransaction(services.db, (tx) =>
    adoptPolicy(tx, webActor(c), treasurer, { text, shipped: null }),
  );
  if (!adopted.ok) return showNew(c, text, [adopted.error]);
  return seeOther(c, `${baseOf(c)}/${adopted.value.key}`, 'Adopted. Choose the rules for a line.');
}

async function showPolicy(
  c: Context,
  policy: StoredPolicy,
  problems?: readonly Problem[],
  ticked?: readonly string[],
): Promise<Response> {
  return showMoneyPage(
    c,
    { title: policy.title, status: problems === undefined ? 200 : 422 },
    <PolicyPage
      base={baseOf(c)}
      policy={policy}
      confirmations={await confirmationsOf(c.var.services.db, policy.id)}
      lines={await linesByTitle(c)}
      zone={readerZone(c, c.var.summit)}
      ticked={ticked}
      problems={problems}
    />,
  );
}

async function confirmOrRemove(c: Context, policy: StoredPolicy): Promise<Response> {
  const { services, treasurer } = c.var;
  const { typed } = await readTyped(c);
  const actor = webActor(c);
  if (typedText(typed, 'do') === 'remove') {
    const removed = await inTransaction(services.db, (tx) =>
      removePolicy(tx, actor, treasurer, { id: policy.id }),
    );
    if (!removed.ok) return showPolicy(c, policy, [removed.error]);
    return seeOther(c, baseOf(c), `“${policy.title}” is removed.`);
  }
  const rules = typedList(typed, 'rules[]');
  const revision = revisionOf(typed);
  const confirmed = await inTransaction(services.db, (tx) =>
    confirmRules(tx, actor, treasurer, { id: policy.id, rules, revision }),
  );
  if (!confirmed.ok) return showPolicy(c, policy, [confirmed.error], rules);
  return seeOther(c, `${baseOf(c)}/${policy.key}`, 'Confirmed.');
}

/** 0, which no set ever had, where a form says none. */
const revisionOf = (typed: Typed): number =>
  /^\d{1,9}$/.test(typedText(typed, 'revision')) ? Number(typedText(typed, 'revision')) : 0;

function showText(
  c: Context,
  policy: StoredPolicy,
  text: string,
  refused?: { readonly problems: readonly Problem[]; readonly isStale: boolean },
): Response | Promise<Response> {
  return showMoneyPage(
    c,
    {
      title: `Text of “${policy.title}”`,
      lede: 'What was decided by the rules as they are stays decided.',
      status: refused === undefined ? 200 : refused.isStale ? 409 : 422,
    },
    <PolicyTextPage
      action={`${baseOf(c)}/${policy.key}/text`}
      text={text}
      revision={policy.revision}
      problems={refused?.problems}
      stored={refused?.isStale ? policy.text : undefined}
    />,
  );
}

async function saveText(c: Context, policy: StoredPolicy): Promise<Response> {
  const { services, treasurer } = c.var;
  const { typed } = await readTyped(c);
  const text = textOf(typed);
  const read = readPolicy(text, policyFile(policy.key));
  if (!read.ok) return showText(c, policy, text, { problems: read.error, isStale: false });
  const saved = await inTransaction(services.db, (tx) =>
    changePolicy(tx, webActor(c), treasurer, { id: policy.id, text, revision: revisionOf(typed) }),
  );
  if (saved.ok) {
    const notice =
      saved.value.revision === policy.revision
        ? 'Nothing had changed.'
        : `Saved as revision ${saved.value.revision}.`;
    return seeOther(c, `${baseOf(c)}/${policy.key}`, notice);
  }
  const isStale = saved.error.code === 'stale-revision';
  return showText(c, policy, text, { problems: [saved.error], isStale });
}
