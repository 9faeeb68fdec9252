import { ok } from '@cairn/kernel/result';
import { formatInstant, Temporal } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { z } from 'zod';
import { SWEEPS } from '../background.ts';
import { Actions, SubmitButton } from '../design/actions.tsx';
import { RadioGroup } from '../design/controls.tsx';
import { Form } from '../design/form.tsx';
import { When } from '../design/prose.tsx';
import { readerZone, showPlainPage } from '../features/summits/page.tsx';
import type { Auth } from '../platform/auth/auth.ts';
import { SettableClock } from '../platform/clock/clock.ts';
import { inTransaction, recordEvent } from '../platform/db/command.ts';
import { type AppContext, type AppEnv, webActor } from '../platform/http/env.ts';
import { parseForm, type RefusedForm } from '../platform/http/form.ts';
import { seeOther } from '../platform/http/notice.ts';
import { isSameSecret } from '../platform/http/secret.ts';
import { runAllSweeps } from '../platform/jobs/sweeps.ts';
import { keepDemoClock } from './clock.ts';
import { demoLinks } from './links.ts';
import { loadDemo } from './load.ts';
import { MOMENTS, STORY_BEGINS } from './moments.ts';

/** What the command line needs to have the story told anew in a running demo. */
export interface DemoOperator {
  /** Proves that the caller may read the installation's files. */
  readonly localToken: string;
  readonly auth: Auth;
}

async function tellAnew(c: AppContext, { localToken, auth }: DemoOperator): Promise<Response> {
  const { db, git, clock, url, isDemo } = c.var.services;
  const moment = MOMENTS.find((known) => known === c.req.param('moment'));
  const isOperator = isSameSecret(c.req.header('authorization') ?? '', `Bearer ${localToken}`);
  if (!isOperator || moment === undefined) {
    return c.notFound();
  }
  if (!isDemo || !(clock instanceof SettableClock)) {
    return c.text('Real people are in this installation; the demo is not loaded over them.\n', 409);
  }
  // What the worker sweeps meanwhile goes by this clock: in the story's first days nothing is due.
  clock.set(STORY_BEGINS);
  const told = await loadDemo({ db, git }, moment, url);
  clock.set(told.now());
  return c.text(`${(await demoLinks(auth)).join('\n')}\n`);
}

const LEAPS = {
  P1D: 'one day',
  P1W: 'one week',
  P4W: 'four weeks',
  P3M: 'three months',
} as const;

const leapForm = z.object({
  leap: z.enum(Object.keys(LEAPS) as (keyof typeof LEAPS)[], 'choose how far to move the clock'),
});

function showClock(c: AppContext, refused?: RefusedForm): Response {
  const zone = readerZone(c);
  const leap = refused?.typed['leap'];
  return showPlainPage(
    c,
    { title: 'The demonstration’s clock', status: refused === undefined ? 200 : 422 },
    <>
      <p>
        It is <When instant={c.var.services.clock.now()} zone={zone} /> here, and the clock runs on.
        Moving it forward does what that time would have done: invitations expire, offered seats go
        to the next person, promises become due. To go back, start anew with{' '}
        <code>npx cairn demo --at invited</code>.
      </p>
      <Form action="/demo" problems={refused?.problems}>
        <RadioGroup
          name="leap"
          label="Move the clock forward by"
          options={Object.entries(LEAPS).map(([value, label]) => ({ value, label }))}
          value={typeof leap === 'string' ? leap : 'P1W'}
        />
        <Actions>
          <SubmitButton>Move the clock</SubmitButton>
        </Actions>
      </Form>
    </>,
  );
}

/** `/demo`: the clock of a demonstration. Where real people are, the page does not exist. */
export function demoRoutes(operator?: DemoOperator): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  if (operator !== undefined) routes.post('/demo/at/:moment', (c) => tellAnew(c, operator));
  routes.use('/demo', async (c, next) => {
    if (!(c.var.services.clock instanceof SettableClock) || !c.var.services.isDemo) {
      return c.notFound();
    }
    if (c.var.visitor.signedIn === undefined) return c.redirect('/sign-in?to=/demo', 303);
    await next();
    return undefined;
  });

  routes.get('/demo', (c) => showClock(c));

  routes.post('/demo', async (c) => {
    const { services } = c.var;
    const { clock, db } = services;
    const form = await parseForm(c, leapForm);
    if (!form.ok) return showClock(c, form.error);
    if (!(clock instanceof SettableClock)) return c.notFound();
    const zone = readerZone(c);
    const later = clock.now().toZonedDateTimeISO(zone).add(Temporal.Duration.from(form.value.leap));
    clock.set(later.toInstant());
    await inTransaction(db, async (tx) => {
      await keepDemoClock(tx, clock);
      await recordEvent(tx, webActor(c), { kind: 'demo.clock_moved' });
      return ok(undefined);
    });
    await runAllSweeps(services, SWEEPS);
    return seeOther(c, '/demo', `The clock now says ${formatInstant(clock.now(), zone)}.`);
  });

  return routes;
}
