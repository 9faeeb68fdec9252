import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, type AppEnv, webActor } from '../../../platform/http/env.ts';
import { parseForm, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { selfIn } from '../../people/rights.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { readerZone, showPage, showPlainPage } from '../../summits/page.tsx';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { setDigest, setWatch, stopMails } from './digest-commands.ts';
import { digestBehind, ownDigest, ownWatches } from './digest-queries.ts';
import { digestForm, watchForm } from './digest-schema.ts';
import { type DigestFields, DigestPage, StopPage } from './digest-views.tsx';

/** `/s/<summit>/me/digest`, the button on threads, and the link in mails. */
export function digestRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.route('/', ownPages());
  routes.route('/', watching());
  routes.route('/', stopping());
  return routes;
}

type OwnContext = AppContext<PlanMemberEnv['Variables']>;

function ownPages(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  const address = '/s/:summit/me/digest';
  routes.use(address, withSummit, participantsOnly, withPlan);

  routes.get(address, async (c) => {
    const { summit, signedIn, services } = c.var;
    const { choice } = await ownDigest(services.db, selfIn(summit.id, signedIn));
    return showDigest(c, {
      ...choice,
      hour: String(choice.hour),
      weekday: String(choice.weekday),
    });
  });

  routes.post(address, async (c) => {
    const { summit, signedIn, services } = c.var;
    const form = await parseForm(c, digestForm);
    if (!form.ok) {
      const { typed, problems } = form.error;
      const fields = {
        mentions: typedText(typed, 'mentions'),
        takingPart: typedText(typed, 'taking_part'),
        everything: typedText(typed, 'everything'),
        hour: typedText(typed, 'hour'),
        weekday: typedText(typed, 'weekday'),
        asks: typedText(typed, 'asks') !== '',
      };
      return showDigest(c, fields, problems);
    }
    const { taking_part: takingPart, ...choice } = form.value;
    await inTransaction(services.db, (tx) =>
      setDigest(tx, webActor(c), selfIn(summit.id, signedIn), { ...choice, takingPart }),
    );
    return seeOther(c, `/s/${summit.slug}/me/digest`, 'Saved.');
  });

  return routes;
}

async function showDigest(
  c: OwnContext,
  fields: DigestFields,
  problems?: readonly Problem[],
): Promise<Response> {
  const { summit, signedIn, services } = c.var;
  return showPage(
    c,
    {
      title: 'Mails about the plan',
      lede: 'What is said in the plan, told to you by mail as often as you like.',
      status: problems === undefined ? 200 : 422,
    },
    <DigestPage
      home={`/s/${summit.slug}`}
      fields={fields}
      zone={readerZone(c, summit)}
      watched={await ownWatches(services.db, selfIn(summit.id, signedIn))}
      problems={problems}
    />,
  );
}

function watching(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const address = '/s/:summit/plan/threads/:number{[1-9][0-9]{0,8}}/watch';
  routes.post(address, withSummit, participantsOnly, comersOnly, async (c) => {
    const { summit, signedIn, services } = c.var;
    const number = Number(c.req.param('number'));
    const back = `/s/${summit.slug}/plan/${number}`;
    const form = await parseForm(c, watchForm);
    if (!form.ok) return seeOther(c, back, form.error.problems[0]?.sentence);
    const { watches } = form.value;
    const set = await inTransaction(services.db, (tx) =>
      setWatch(tx, webActor(c), selfIn(summit.id, signedIn), { number, watches }),
    );
    if (!set.ok) return c.notFound();
    return seeOther(
      c,
      back,
      watches ? 'You watch this now.' : 'You hear of it no more, unless you are mentioned.',
    );
  });
  return routes;
}

/** Whoever has the link of a mail may stop such mails, so it asks for no sign-in. */
function stopping(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const address = '/s/:summit/plan/stop/:key';

  routes.get(address, async (c) => {
    const of = await digestBehind(c.var.services.db, c.req.param('key'));
    if (of === undefined || of.slug !== c.req.param('summit')) return c.notFound();
    c.header('cache-control', 'no-store');
    return showPlainPage(
      c,
      { title: 'No more mails about the plan' },
      <StopPage
        action={`/s/${of.slug}/plan/stop/${c.req.param('key')}`}
        title={of.title}
        settings={`/s/${of.slug}/me/digest`}
      />,
    );
  });

  routes.post(address, async (c) => {
    const stopped = await inTransaction(c.var.services.db, (tx) =>
      stopMails(tx, webActor(c), c.req.param('key')),
    );
    if (!stopped.ok) return c.notFound();
    return showPlainPage(
      c,
      { title: 'No more mails about the plan' },
      <p>
        Done. Should you want them again,{' '}
        <a href={`/s/${c.req.param('summit')}/me/digest`}>say so on your page</a>.
      </p>,
    );
  });

  return routes;
}
