import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import { parseForm, readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { showCalendar } from './organiser-invite-routes.tsx';
import { settleReply, takeReply } from './reply-commands.ts';
import { readReplies } from './reply-reading.ts';
import { outcomeSentence } from './reply-rules.ts';

const ADDRESS = '/s/:summit/organise/calendar/replies';
const REPLY = `${ADDRESS}/:reply{${UUID}}` as const;

const settleForm = z.discriminatedUnion(
  'action',
  [
    z.object({ action: z.literal('count'), person: z.guid('choose who sent it') }),
    z.object({ action: z.literal('drop') }),
  ],
  { error: 'press one of the buttons of this page' },
);

/** `/s/<summit>/organise/calendar/replies`: replies by mail, handed in or kept. */
export function replyRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  routes.use(ADDRESS, withSummit, organisersOnly);
  routes.use(`${ADDRESS}/*`, withSummit, organisersOnly);

  routes.post(ADDRESS, async (c) => {
    const { summit, organiser, services } = c.var;
    const { typed, files } = await readTyped(c);
    const file = files.get('file');
    const pasted = String(typed['source'] ?? '');
    // Mails are not always UTF-8; what is read of them is ASCII, or says how it is encoded.
    const raw = file === undefined ? pasted : new TextDecoder().decode(await file.arrayBuffer());
    const path = file === undefined ? 'source' : 'file';
    const read = await readReplies(raw);
    if (!read.ok) {
      return showCalendar(c, { typed: pasted, problems: [{ ...read.error, place: { path } }] });
    }
    const said: string[] = [];
    for (const reply of read.value) {
      const taken = await inTransaction(services.db, (tx) =>
        takeReply(tx, webActor(c), organiser, reply, services),
      );
      if (!taken.ok) {
        return showCalendar(c, { typed: pasted, problems: [{ ...taken.error, place: { path } }] });
      }
      said.push(outcomeSentence({ ...reply, title: taken.value.title }, taken.value.outcome));
    }
    return seeOther(c, `/s/${summit.slug}/organise/calendar`, said.join(' '));
  });

  routes.post(REPLY, async (c) => {
    const { summit, organiser, services } = c.var;
    const form = await parseForm(c, settleForm);
    if (!form.ok) return showCalendar(c, { problems: form.error.problems });
    const settling =
      form.value.action === 'count'
        ? { action: 'count' as const, personId: form.value.person }
        : { action: 'drop' as const };
    const settled = await inTransaction(services.db, (tx) =>
      settleReply(tx, webActor(c), organiser, c.req.param('reply'), settling, services),
    );
    if (!settled.ok) return showCalendar(c, { problems: [settled.error] });
    const said = settling.action === 'count' ? 'The reply is counted.' : 'The reply is set aside.';
    return seeOther(c, `/s/${summit.slug}/organise/calendar`, said);
  });

  return routes;
}
