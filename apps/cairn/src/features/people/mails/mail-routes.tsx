import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { sendAgain } from './mail-commands.ts';
import { mailById, mailCounts, mailsOf } from './mail-queries.ts';
import { MailList, MailPage } from './mail-views.tsx';
import { MAIL_STATE_NAMES } from './mail-words.ts';

const ADDRESS = '/s/:summit/organise/mail';
const MAIL = `${ADDRESS}/:mail{${UUID}}` as const;
const PAGE = 50;

const querySchema = z.object({
  state: z.enum(MAIL_STATE_NAMES).optional().catch(undefined),
  page: z.coerce.number().int().min(1).catch(1).default(1),
});

/** `/s/<summit>/organise/mail`: every mail of the summit, whether it went out or not. */
export function mailRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  routes.use(ADDRESS, withSummit, organisersOnly);
  routes.use(`${ADDRESS}/*`, withSummit, organisersOnly);

  routes.get(ADDRESS, async (c) => {
    const { summit, organiser, services } = c.var;
    const { state, page: asked } = querySchema.parse(c.req.query());
    const counts = await mailCounts(services.db, organiser);
    const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const count = state === undefined ? all : (counts.get(state) ?? 0);
    const pages = Math.max(1, Math.ceil(count / PAGE));
    const page = Math.min(asked, pages);
    return showPage(
      c,
      { title: 'Mail' },
      <MailList
        summit={summit}
        zone={readerZone(c, summit)}
        mailGoesOut={services.mailGoesOut}
        state={state}
        counts={counts}
        mails={
          await mailsOf(services.db, organiser, state, {
            limit: PAGE,
            offset: (page - 1) * PAGE,
          })
        }
        page={page}
        pages={pages}
      />,
    );
  });

  routes.get(MAIL, async (c) => {
    const { summit, organiser, services } = c.var;
    const mail = await mailById(services.db, organiser, c.req.param('mail'));
    if (mail === undefined) return c.notFound();
    return showPage(
      c,
      { title: mail.subject },
      <MailPage
        summit={summit}
        zone={readerZone(c, summit)}
        mailGoesOut={services.mailGoesOut}
        mail={mail}
      />,
    );
  });

  routes.post(MAIL, async (c) => {
    const { summit, organiser, services } = c.var;
    const id = c.req.param('mail');
    if ((await mailById(services.db, organiser, id)) === undefined) return c.notFound();
    const again = await inTransaction(services.db, (tx) =>
      sendAgain(tx, webActor(c), organiser, id),
    );
    const notice = again.ok ? 'The mail is on its way.' : again.error.sentence;
    return seeOther(c, `/s/${summit.slug}/organise/mail/${id}`, notice);
  });

  routes.get(`${MAIL}/attachments/:index{[0-9]+}`, async (c) => {
    const { organiser, services } = c.var;
    const mail = await mailById(services.db, organiser, c.req.param('mail'));
    const attachment = mail?.attachments[Number(c.req.param('index'))];
    if (attachment === undefined) return c.notFound();
    // Downloaded, never shown: what is attached may be anybody's file. RFC 6266 §4.3 for the name.
    return c.body(Uint8Array.from(Buffer.from(attachment.base64, 'base64')), 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(attachment.filename)}`,
    });
  });

  return routes;
}
