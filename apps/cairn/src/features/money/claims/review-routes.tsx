import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { isId } from '../../../platform/db/id.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import {
  parseForm,
  type RefusedForm,
  readTyped,
  type Typed,
  typedText,
} from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type TreasurerEnv, treasurersOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { fundLinesOf } from '../funders/funder-queries.ts';
import { balancesOf } from '../journal/balance-queries.ts';
import { showMoneyPage } from '../page.tsx';
import { receiptsOf } from '../receipts/receipt-queries.ts';
import { worldFor } from './assess-queries.ts';
import { claimOf, claimsOf, sameSlips, stepsOf } from './claim-queries.ts';
import { allowedOf, type Claim, claimName, lastMoment, mayNotDecide } from './claim-rules.ts';
import { lineOf } from './claim-world-rules.ts';
import { changeLine, decideClaim, declineClaim, returnClaim } from './decide-commands.ts';
import { beyond, coveredIn, decided, reasonField } from './decision-rules.ts';
import { CLAIM_FILTERS, type ClaimFilterName, ClaimQueuePage } from './queue-views.tsx';
import { setReminderDays } from './reminder-commands.ts';
import { reminderDaysOf } from './reminder-queries.ts';
import { remindersSchema } from './reminder-schema.ts';
import { RemindersPage } from './reminder-views.tsx';
import { readDecisions } from './review-schema.ts';
import { ReviewPage } from './review-views.tsx';

type Context = AppContext<TreasurerEnv['Variables']>;
const ALL = '/s/:summit/treasury/claims';
const ONE = `${ALL}/:number{[1-9][0-9]{0,8}}`;

const REMINDERS = `${ALL}/reminders`;

/** `/s/<summit>/treasury/claims`: the claims that wait, and the decision on each. */
export function claimReviewRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  for (const address of [ALL, ONE, `${ONE}/*`, REMINDERS]) {
    routes.use(address, withSummit, treasurersOnly);
  }
  routes.get(ALL, showQueue);
  routes.get(REMINDERS, (c) => showReminders(c));
  routes.post(REMINDERS, async (c) => {
    const form = await parseForm(c, remindersSchema);
    if (!form.ok) return showReminders(c, form.error);
    await inTransaction(c.var.services.db, (tx) =>
      setReminderDays(tx, webActor(c), c.var.treasurer, form.value),
    );
    return seeOther(c, c.req.path, 'The reminders are saved.');
  });
  routes.get(ONE, (c) => showReview(c));
  routes.post(`${ONE}/decide`, decide);
  routes.post(`${ONE}/line`, async (c) => {
    const { typed } = await readTyped(c);
    const { number, revision } = seenIn(c, typed);
    const text = (name: string) => typedText(typed, name);
    const [itemId, lineId] = [text('item'), text('line')];
    const done = await inTransaction(c.var.services.db, (tx) =>
      changeLine(tx, webActor(c), c.var.treasurer, { number, revision, itemId, lineId }),
    );
    if (!done.ok) return showReview(c, { typed: {}, problems: [atTop(done.error)] });
    return seeOther(c, `${baseOf(c)}/${number}`, 'The line is changed; the rules were asked anew.');
  });
  return routes;
}

const baseOf = (c: Context): string => `/s/${c.var.summit.slug}/treasury/claims`;
const numberOf = (c: Context): number => Number(c.req.param('number') ?? '0');
const atTop = ({ code, sentence }: Problem): Problem => ({ code, sentence, place: {} });

function seenIn(c: Context, typed: Typed) {
  const text = typedText(typed, 'revision');
  return { number: numberOf(c), revision: /^\d{1,9}$/.test(text) ? Number(text) : -1 };
}

async function showReminders(c: Context, refused?: RefusedForm): Promise<Response> {
  const days = await reminderDaysOf(c.var.services.db, c.var.summit.id);
  const typed: Typed = refused?.typed ?? {
    waiting_days: days.waitingDays.join(', '),
    draft_days: String(days.draftDays),
    returned_days: String(days.returnedDays),
    deadline_days: String(days.deadlineDays),
    unpaid_days: String(days.unpaidDays),
  };
  return showMoneyPage(
    c,
    {
      title: 'Reminders of claims',
      lede: 'Who is told by mail that somebody waits for them, and when.',
      status: refused === undefined ? 200 : 422,
    },
    <RemindersPage action={c.req.path} typed={typed} problems={refused?.problems} />,
  );
}

async function showQueue(c: Context): Promise<Response> {
  const { services, treasurer, summit } = c.var;
  const asked = c.req.query('show');
  const shown = CLAIM_FILTERS.find(([value]) => value === asked)?.[0] ?? 'waiting';
  const lineId = c.req.query('line') ?? '';
  const days = c.req.query('days') ?? '';
  const now = services.clock.now();
  const all = await claimsOf(services.db, treasurer, isId(lineId) ? { lineId } : {});
  const least = /^\d{1,4}$/.test(days) ? Number(days) : 0;
  const old = all.filter(
    (claim) => least === 0 || lastMoment(claim).until(now).total('hours') / 24 >= least,
  );
  const ofFilter = (name: ClaimFilterName) => {
    const states: readonly string[] = CLAIM_FILTERS.find(([value]) => value === name)?.[2] ?? [];
    return old.filter(({ state }) => states.includes(state));
  };
  const counts = Object.fromEntries(
    CLAIM_FILTERS.map(([name]) => [name, ofFilter(name).length]),
  ) as Record<ClaimFilterName, number>; // every filter
  return showMoneyPage(
    c,
    { title: 'Claims', lede: 'What people ask to be paid back, the longest waiting first.' },
    <ClaimQueuePage
      base={baseOf(c)}
      claims={ofFilter(shown)}
      shown={shown}
      counts={counts}
      lines={await fundLinesOf(services.db, summit.id)}
      lineId={lineId}
      days={days}
      now={now}
      zone={readerZone(c, summit)}
      billAt={`/s/${summit.slug}/money/claims/bill`}
    />,
  );
}

async function decide(c: Context): Promise<Response> {
  const { services, treasurer, summit } = c.var;
  const { typed } = await readTyped(c);
  const claim = await claimOf(services.db, treasurer, numberOf(c));
  if (claim === undefined) return c.notFound();
  const seen = seenIn(c, typed);
  const words = typedText(typed, 'words');
  const wish = typedText(typed, 'do');
  const name = claimName(claim.number);
  const actor = webActor(c);
  if (wish === 'return' || wish === 'decline') {
    const items = claim.items.map(({ id }) => ({
      itemId: id,
      words: typedText(typed, reasonField(id)),
    }));
    const done = await inTransaction(services.db, (tx) =>
      wish === 'return'
        ? returnClaim(tx, actor, treasurer, { ...seen, question: { words, items } })
        : declineClaim(tx, actor, treasurer, { ...seen, words }),
    );
    if (!done.ok) return showReview(c, { typed, problems: [done.error] });
    const what = wish === 'return' ? 'is returned' : 'is declined';
    return seeOther(c, baseOf(c), `${name} ${what}; ${claim.payee} is told.`);
  }
  const lines = await fundLinesOf(services.db, summit.id);
  const currencyOf = (id: string) => lines.find((line) => line.id === id)?.funder.currency;
  const { decisions, problems } = readDecisions(typed, claim, currencyOf);
  if (problems.length > 0) return showReview(c, { typed, problems });
  const whole = decided(claim, decisions, lines);
  if (!whole.ok) return showReview(c, { typed, problems: whole.error });
  const overReason = typedText(typed, 'over_reason');
  const done = await inTransaction(services.db, (tx) =>
    decideClaim(tx, actor, treasurer, { ...seen, decisions, overReason }),
  );
  if (!done.ok) return showReview(c, { typed, problems: [done.error] });
  const notice =
    done.value === 'approved'
      ? `${name} is approved; ${claim.payee} is told.`
      : `${name} awaits a second look; the other treasurers are told.`;
  return seeOther(c, baseOf(c), notice);
}

async function showReview(c: Context, refused?: RefusedForm): Promise<Response> {
  const { services, treasurer, summit } = c.var;
  const { db } = services;
  const claim = await claimOf(db, treasurer, numberOf(c));
  if (claim === undefined) return c.notFound();
  const world = await worldFor(db, claim, services.clock.now());
  const receiptIds = claim.items.flatMap((item) => item.receiptIds);
  const receipts = await receiptsOf(db, treasurer, [...new Set(receiptIds)]);
  const steps = await stepsOf(db, claim);
  const name = claimName(claim.number);
  return showMoneyPage(
    c,
    {
      title: [`Claim ${name}`, claim.title || claim.supplier].filter(Boolean).join(': '),
      status: refused === undefined ? 200 : 422,
    },
    <ReviewPage
      base={baseOf(c)}
      claim={claim}
      steps={steps}
      lines={world.lines}
      choices={new Map(claim.items.map((item) => [item.id, lineOf(item, world).choices]))}
      policies={world.policies}
      receipts={new Map(receipts.map((receipt) => [receipt.id, receipt]))}
      elsewhere={await sameSlips(db, treasurer, claim)}
      receiptsAt={`/s/${summit.slug}/treasury/receipts`}
      names={world.names}
      beyond={await beyondAsItStands(c, claim)}
      firstLook={steps.findLast(({ state }) => state === 'second_look')?.byName ?? undefined}
      barred={mayNotDecide(claim, treasurer.personId)}
      zone={readerZone(c, summit)}
      typed={refused?.typed ?? {}}
      problems={refused?.problems}
    />,
  );
}

/** What would go beyond what is foreseen if the proposed amounts were approved. */
async function beyondAsItStands(c: Context, claim: Claim) {
  const { services, treasurer, summit } = c.var;
  const items = claim.items.map((item) => ({
    ...item,
    approvedMinor: item.approvedMinor ?? allowedOf(item),
  }));
  const lines = await fundLinesOf(services.db, summit.id);
  return [
    ...beyond({ ...claim, items }, { lines, balances: await balancesOf(services.db, treasurer) }),
    ...coveredIn({ items }, treasurer.personId),
  ];
}
