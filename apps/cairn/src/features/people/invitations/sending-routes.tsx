import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import { type Context, Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, parseForm, readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { spreadOverCommunities } from './invitation-rules.ts';
import { InvitationsPage } from './invitation-views.tsx';
import {
  discardBatch,
  pauseBatch,
  prepareBatch,
  resumeBatch,
  rewriteBatch,
  startBatch,
} from './sending-commands.ts';
import {
  type Batch,
  batchById,
  batchesOf,
  communityStates,
  invitationCounts,
  itemsOf,
  mailsOfBatch,
  namesOf,
} from './sending-queries.ts';
import { defaultText, type MailText, type Purpose, textProblems } from './sending-rules.ts';
import {
  type BATCH_ACTIONS,
  batchForm,
  textForm,
  writeForm,
  writeQuery,
} from './sending-schema.ts';
import { BatchPage, batchTitle, TextPage, WritePage } from './sending-views.tsx';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;
const ADDRESS = '/s/:summit/organise/invitations';
const BATCH = `${ADDRESS}/batches/:batch{${UUID}}` as const;
/** Whole mails are long; so many stand on one page. */
const PAGE = 25;

const ACTIONS: Record<(typeof BATCH_ACTIONS)[number], typeof startBatch> = {
  send: startBatch,
  pause: pauseBatch,
  resume: resumeBatch,
  discard: discardBatch,
};
const DONE: Record<(typeof BATCH_ACTIONS)[number], string> = {
  send: 'The mails are being sent.',
  pause: 'Paused. Nothing more is sent until you go on.',
  resume: 'Going on.',
  discard: 'Discarded; nothing was sent.',
};

async function showInvitations(c: OrganiserContext): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const keys = summit.definition.communities.map(({ key }) => key);
  return showPage(
    c,
    { title: 'Invitations' },
    <InvitationsPage
      summit={summit}
      zone={readerZone(c, summit)}
      counts={await invitationCounts(services.db, organiser)}
      spread={spreadOverCommunities(keys, await communityStates(services.db, organiser))}
      batches={await batchesOf(services.db, organiser)}
    />,
  );
}

interface Writing {
  readonly purpose: Purpose;
  readonly people: readonly string[];
  readonly text: MailText;
  readonly problems?: readonly Problem[];
}

async function showWriting(c: OrganiserContext, { problems, ...writing }: Writing) {
  const { summit, organiser, services } = c.var;
  const counts = await invitationCounts(services.db, organiser);
  const of = (...states: Parameters<typeof counts.get>[0][]) =>
    states.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
  const isInvitation = writing.purpose === 'invitation';
  return showPage(
    c,
    {
      title: isInvitation ? 'Write the invitations' : 'Write the reminders',
      status: problems === undefined ? 200 : 422,
    },
    <WritePage
      summit={summit}
      {...writing}
      names={await namesOf(services.db, organiser, writing.people)}
      count={isInvitation ? of('drafted') : of('sent', 'opened')}
      problems={problems}
    />,
  );
}

async function handleWriting(c: Context<OrganiserEnv>): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const { typed } = await readTyped(c);
  const form = writeForm.safeParse(typed);
  if (!form.success) {
    const { purpose, 'person[]': people } = writeQuery.parse(typed);
    const text = { subject: String(typed['subject'] ?? ''), body: String(typed['body'] ?? '') };
    return showWriting(c, { purpose, people, text, problems: formProblems(form.error) });
  }
  const { purpose, 'person[]': people } = form.data;
  const text = { subject: form.data.subject, body: withPlainBreaks(form.data.body) };
  const problems = textProblems(text);
  if (problems.length > 0) return showWriting(c, { purpose, people, text, problems });
  const to = people.length === 0 ? 'everybody' : people;
  const prepared = await inTransaction(services.db, (tx) =>
    prepareBatch(tx, webActor(c), organiser, { purpose, to, ...text }),
  );
  if (!prepared.ok) return showWriting(c, { purpose, people, text, problems: [prepared.error] });
  return seeOther(c, `/s/${summit.slug}/organise/invitations/batches/${prepared.value}`);
}

/** Browsers send CRLF; mails are written with LF until they go out. */
const withPlainBreaks = (text: string): string => text.replace(/\r\n?/g, '\n');

async function showBatch(c: OrganiserContext, batch: Batch, problems?: readonly Problem[]) {
  const { summit, organiser, services } = c.var;
  const pages = Math.max(1, Math.ceil(batch.total / PAGE));
  const asked = Number(c.req.query('page') ?? '1');
  const page = Number.isInteger(asked) ? Math.min(Math.max(1, asked), pages) : 1;
  return showPage(
    c,
    { title: batchTitle(batch), status: problems === undefined ? 200 : 422 },
    <BatchPage
      summit={summit}
      zone={readerZone(c, summit)}
      now={services.clock.now()}
      mailGoesOut={services.mailGoesOut}
      batch={batch}
      items={
        await itemsOf(services.db, organiser, batch.id, {
          limit: PAGE,
          offset: (page - 1) * PAGE,
        })
      }
      mails={await mailsOfBatch(services.db, organiser, batch.id)}
      page={page}
      pages={pages}
      problems={problems}
    />,
  );
}

const showText = (
  c: OrganiserContext,
  batch: Batch,
  text: MailText,
  problems?: readonly Problem[],
) =>
  showPage(
    c,
    { title: 'Change the text', status: problems === undefined ? 200 : 422 },
    <TextPage summit={c.var.summit} batch={batch} text={text} problems={problems} />,
  );

async function handleText(c: Context<OrganiserEnv>, batch: Batch): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const form = await parseForm(c, textForm);
  if (!form.ok) {
    const { subject, body } = form.error.typed;
    const typed = { subject: String(subject ?? ''), body: String(body ?? '') };
    return showText(c, batch, typed, form.error.problems);
  }
  const text = { subject: form.value.subject, body: withPlainBreaks(form.value.body) };
  const problems = textProblems(text);
  if (problems.length > 0) return showText(c, batch, text, problems);
  const changed = await inTransaction(services.db, (tx) =>
    rewriteBatch(tx, webActor(c), organiser, batch.id, text),
  );
  if (!changed.ok) return showText(c, batch, text, [changed.error]);
  return seeOther(c, `/s/${summit.slug}/organise/invitations/batches/${batch.id}`, 'Changed.');
}

/** `/s/<summit>/organise/invitations`: the picture, writing a batch, looking at it, sending it. */
export function sendingRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  routes.use(ADDRESS, withSummit, organisersOnly);
  routes.use(`${ADDRESS}/*`, withSummit, organisersOnly);

  routes.get(ADDRESS, showInvitations);

  routes.get(`${ADDRESS}/write`, (c) => {
    const { purpose, 'person[]': people } = writeQuery.parse({
      purpose: c.req.query('purpose'),
      'person[]': c.req.queries('person[]'),
    });
    // From the list of people, nobody ticked must not come to mean everybody.
    if (c.req.query('chosen') === 'yes' && people.length === 0) {
      return seeOther(c, `/s/${c.var.summit.slug}/organise/people`, 'Choose some people first.');
    }
    const text = defaultText(c.var.summit.definition, purpose);
    return showWriting(c, { purpose, people, text });
  });
  routes.post(`${ADDRESS}/write`, handleWriting);

  const asked = (c: Context<OrganiserEnv>): Promise<Batch | undefined> =>
    batchById(c.var.services.db, c.var.organiser, c.req.param('batch') ?? '');

  routes.get(BATCH, async (c) => {
    const batch = await asked(c);
    return batch === undefined ? c.notFound() : showBatch(c, batch);
  });

  routes.post(BATCH, async (c) => {
    const { summit, organiser, services } = c.var;
    const batch = await asked(c);
    if (batch === undefined) return c.notFound();
    const form = await parseForm(c, batchForm);
    if (!form.ok) return showBatch(c, batch, form.error.problems);
    const { action } = form.value;
    const done: Result<void, Problem> = await inTransaction(services.db, (tx: Tx) =>
      ACTIONS[action](tx, webActor(c), organiser, batch.id),
    );
    if (!done.ok) return showBatch(c, batch, [done.error]);
    const list = `/s/${summit.slug}/organise/invitations`;
    return seeOther(c, action === 'discard' ? list : `${list}/batches/${batch.id}`, DONE[action]);
  });

  routes.get(`${BATCH}/text`, async (c) => {
    const batch = await asked(c);
    return batch === undefined ? c.notFound() : showText(c, batch, batch);
  });
  routes.post(`${BATCH}/text`, async (c) => {
    const batch = await asked(c);
    return batch === undefined ? c.notFound() : handleText(c, batch);
  });

  return routes;
}
