import type { Problem } from '@cairn/kernel/problem';
import { expectZone } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, type AppEnv, webActor } from '../../../platform/http/env.ts';
import { parseForm } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { fillFacts } from '../../summits/facts.ts';
import { readerZone, showPlainPage } from '../../summits/page.tsx';
import { summitById } from '../../summits/queries.ts';
import { summitCalendar } from '../calendar-queries.ts';
import { answerByLink, openEntry } from './answer-commands.ts';
import { ANSWER_WORDS, answerTo } from './answer-rules.ts';
import { linkAnswerForm } from './answer-schema.ts';
import { InvitePage } from './answer-views.tsx';
import { inviteBehindLink, type LinkedInvite } from './invite-queries.ts';
import { contentChanges } from './invite-words-rules.ts';

const NO_SUCH_LINK = (
  <p>
    This link is not valid. Look for the newest mail about it, or <a href="/sign-in">sign in</a> and
    answer on your own page.
  </p>
);

/** Closed for everybody, or only for this person; the status says which to programs. */
const CLOSED_STATUS = 410;

async function showInvite(
  c: AppContext,
  linked: LinkedInvite,
  problems?: readonly Problem[],
): Promise<Response> {
  const { services } = c.var;
  const summit = await summitById(services.db, linked.summitId);
  const open = await openEntry(services.db, webActor(c), linked, services);
  const { now } = await summitCalendar(services.db, summit, services);
  const entry = open.ok ? open.value.entry : now.find(({ key }) => key === linked.key);
  // Whoever has the link may answer for its person, so neither a search engine nor a browser is to
  // keep the page.
  c.header('x-robots-tag', 'noindex');
  c.header('cache-control', 'no-store');
  if (entry === undefined) {
    return showPlainPage(c, { title: 'Calendar invitation', status: 404 }, NO_SUCH_LINK);
  }
  const zone = readerZone(c, summit);
  const answer = answerTo(linked.kept, entry.content.time);
  return showPlainPage(
    c,
    {
      title: entry.content.summary,
      zone,
      lede: fillFacts(summit.definition.title, summit.definition),
      status: open.ok ? (problems === undefined ? 200 : 422) : CLOSED_STATUS,
    },
    <InvitePage
      slug={summit.slug}
      zone={zone}
      summitZone={expectZone(summit.definition.zone)}
      entry={entry}
      name={linked.name}
      answer={answer}
      wasAnswered={answer === 'NEEDS-ACTION' && linked.kept.answer !== 'NEEDS-ACTION'}
      changes={contentChanges(linked.content, entry.content, zone)}
      closed={open.ok ? undefined : open.error.sentence}
      action={c.req.path}
      problems={problems}
    />,
  );
}

/** `/r/<secret>`: the link in a mail about a calendar entry. */
export function inviteLinkRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get('/r/:secret', async (c) => {
    const linked = await inviteBehindLink(c.var.services.db, c.req.param('secret'));
    return linked === undefined
      ? showPlainPage(c, { title: 'Calendar invitation', status: 404 }, NO_SUCH_LINK)
      : showInvite(c, linked);
  });

  routes.post('/r/:secret', async (c) => {
    const { services } = c.var;
    const secret = c.req.param('secret');
    const linked = await inviteBehindLink(services.db, secret);
    if (linked === undefined) {
      return showPlainPage(c, { title: 'Calendar invitation', status: 404 }, NO_SUCH_LINK);
    }
    const form = await parseForm(c, linkAnswerForm);
    if (!form.ok) return showInvite(c, linked, form.error.problems);
    const answered = await inTransaction(services.db, (tx) =>
      answerByLink(tx, webActor(c), secret, form.value, services),
    );
    if (!answered.ok) return showInvite(c, linked, [answered.error]);
    return seeOther(c, c.req.path, `Noted: ${ANSWER_WORDS[form.value.answer]}.`);
  });

  return routes;
}
