import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { parseForm } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { selfIn } from '../../people/rights.ts';
import { type ParticipantEnv, participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { answerOwnInvite } from './answer-commands.ts';
import { ANSWER_WORDS } from './answer-rules.ts';
import { ownAnswerForm } from './answer-schema.ts';
import { ownInvites } from './own-invite-queries.ts';
import { OwnInvitesPage } from './own-invite-views.tsx';

type OwnContext = AppContext<ParticipantEnv['Variables']>;

async function showOwn(c: OwnContext, problems?: readonly Problem[]): Promise<Response> {
  const { summit, signedIn, services } = c.var;
  const self = selfIn(summit.id, signedIn);
  const now = services.clock.now();
  return showPage(
    c,
    {
      title: 'Calendar invitations',
      status: problems === undefined ? 200 : 422,
      lede: 'What you are invited to, and what you have said to it.',
    },
    <OwnInvitesPage
      slug={summit.slug}
      zone={readerZone(c, summit)}
      invites={await ownInvites(services.db, self, summit, services, now)}
      problems={problems}
    />,
  );
}

/** The key of a planning meeting on whose page an answer was pressed: the way back there. */
const MEETING = /^meeting\.([a-z][a-z0-9_]*)$/;

/** `/s/<summit>/me/calendar`: one's own calendar invitations and answers. */
export function ownInviteRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const address = '/s/:summit/me/calendar';
  routes.use(address, withSummit, participantsOnly);

  routes.get(address, (c) => showOwn(c));

  routes.post(address, async (c) => {
    const { summit, signedIn, services } = c.var;
    const form = await parseForm(c, ownAnswerForm);
    if (!form.ok) return showOwn(c, form.error.problems);
    const { entry, answer, seen, back } = form.value;
    const answered = await inTransaction(services.db, (tx) =>
      answerOwnInvite(
        tx,
        webActor(c),
        selfIn(summit.id, signedIn),
        { key: entry, answer, seen },
        services,
      ),
    );
    const home = `/s/${summit.slug}`;
    const meeting = back === 'meeting' ? MEETING.exec(entry)?.[1] : undefined;
    if (answered.ok) {
      const page = meeting === undefined ? `${home}/me/calendar` : `${home}/meetings/${meeting}`;
      return seeOther(c, page, `Noted: ${ANSWER_WORDS[answer]}.`);
    }
    return showOwn(c, [answered.error]);
  });

  return routes;
}
