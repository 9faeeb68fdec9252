import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, type AppEnv, webActor } from '../../../platform/http/env.ts';
import { parseForm, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import {
  type OrganiserEnv,
  organisersOnly,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { showPlanPage } from '../page.tsx';
import { threadsByNumber } from '../threads/thread-queries.ts';
import { DEED_KINDS } from './deed-rules.ts';
import { deedsOfPerson, ledgerOf, planPerson } from './ledger-queries.ts';
import { LedgerPage, PersonPage, SettingPage } from './ledger-views.tsx';
import { setLedger } from './setting-commands.ts';
import { ledgerSetting } from './setting-queries.ts';

const PAGE = 50;

const personQuery = z.object({
  kind: z.enum(DEED_KINDS).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});

const whole = (least: number, most: number, sentence: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,3}$/, sentence)
    .transform(Number)
    .refine((n) => n >= least && n <= most, sentence);

const settingForm = z.object({
  comment_words: whole(1, 500, 'write a whole number of words from 1 to 500'),
  ask_every_days: whole(1, 60, 'write a whole number of days from 1 to 60'),
  asks: z
    .string()
    .optional()
    .transform((said) => said !== undefined),
});

/** `/s/<summit>/plan/people`, `…/people/<handle>`, and `/s/<summit>/organise/ledger`. */
export function ledgerRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.route('/', peoplePages());
  routes.route('/', settingPages());
  return routes;
}

function peoplePages(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  const address = '/s/:summit/plan/people';
  for (const path of [address, `${address}/:who`]) {
    routes.use(path, withSummit, participantsOnly, withPlan);
  }

  routes.get(address, async (c) => {
    const { summit, signedIn, organiser, services } = c.var;
    const { commentWords } = await ledgerSetting(services.db, summit.id);
    return showPlanPage(
      c,
      { title: 'People of the plan', lede: 'Who opened, discussed, reviewed and merged what.' },
      <LedgerPage
        home={`/s/${summit.slug}`}
        zone={readerZone(c, summit)}
        rows={await ledgerOf(services.db, summit.id)}
        personId={signedIn.personId}
        isOrganiser={organiser !== undefined}
        onlyNone={c.req.query('show') === 'none'}
        commentWords={commentWords}
      />,
    );
  });

  routes.get(`${address}/:who`, async (c) => {
    const { summit, services } = c.var;
    const who = await planPerson(services.db, summit.id, c.req.param('who'));
    if (who === undefined) return c.notFound();
    const { kind, page } = personQuery.parse(c.req.query());
    const { tally, deeds } = await deedsOfPerson(services.db, summit.id, who.personId);
    const wanted = kind === undefined ? deeds : deeds.filter((deed) => deed.kind === kind);
    const shown = wanted.slice((page - 1) * PAGE, page * PAGE);
    const threads = await threadsByNumber(
      services.db,
      summit.id,
      shown.map(({ number }) => number),
    );
    const home = `/s/${summit.slug}`;
    return showPlanPage(
      c,
      { title: who.name },
      <PersonPage
        home={home}
        zone={readerZone(c, summit)}
        who={who}
        tally={tally}
        kind={kind}
        deeds={shown.map((deed) => ({ ...deed, thread: threads.get(deed.number) }))}
        page={page}
        pages={Math.ceil(wanted.length / PAGE)}
        feed={
          <a href={`${home}/plan/activity?who=${who.handle ?? who.personId}`}>
            Everything in order
          </a>
        }
      />,
    );
  });

  return routes;
}

function settingPages(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/ledger';
  routes.use(address, withSummit, organisersOnly);

  routes.get(address, async (c) => {
    const setting = await ledgerSetting(c.var.services.db, c.var.summit.id);
    return showSetting(c, {
      words: String(setting.commentWords),
      days: String(setting.askEveryDays),
      asks: setting.asks,
    });
  });

  routes.post(address, async (c) => {
    const form = await parseForm(c, settingForm);
    if (!form.ok) {
      const { typed, problems } = form.error;
      return showSetting(c, {
        words: typedText(typed, 'comment_words'),
        days: typedText(typed, 'ask_every_days'),
        asks: typedText(typed, 'asks') !== '',
        problems,
      });
    }
    const { comment_words: commentWords, ask_every_days: askEveryDays, asks } = form.value;
    const { services, organiser, summit } = c.var;
    await inTransaction(services.db, (tx) =>
      setLedger(tx, webActor(c), organiser, { commentWords, askEveryDays, asks }),
    );
    return seeOther(
      c,
      `/s/${summit.slug}/organise/ledger`,
      'Saved. What was done is counted anew.',
    );
  });

  return routes;
}

function showSetting(
  c: AppContext<OrganiserEnv['Variables']>,
  shown: { words: string; days: string; asks: boolean; problems?: readonly Problem[] },
): Response {
  const home = `/s/${c.var.summit.slug}`;
  return showPage(
    c,
    {
      title: 'What counts in the plan',
      lede: 'What is evidence for the promise to contribute and to review.',
      status: shown.problems === undefined ? 200 : 422,
    },
    <SettingPage {...shown} action={`${home}/organise/ledger`} back={`${home}/plan/people`} />,
  );
}
