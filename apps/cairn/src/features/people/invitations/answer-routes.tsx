import type { Instant } from '@cairn/kernel/time';
import { Hono } from 'hono';
import type { ComponentChildren } from 'preact';
import { type Actor, inTransaction } from '../../../platform/db/command.ts';
import type { Reader } from '../../../platform/db/database.ts';
import { networkOfRequest } from '../../../platform/http/client.ts';
import { type AppContext, type AppEnv, webActor } from '../../../platform/http/env.ts';
import { parseForm, type RefusedForm } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { ownPoll } from '../../dates/weeks/own-poll-queries.ts';
import { type ParticipantEnv, participantsOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage, showPlainPage } from '../../summits/page.tsx';
import { type Summit, summitById } from '../../summits/queries.ts';
import { log } from '../accounts/sign-in-finish.ts';
import { currentAgreement, lastAcceptance } from '../agreement/agreement-queries.ts';
import { agreementOf } from '../agreement/agreement-rules.ts';
import { type Self, selfIn } from '../rights.ts';
import { seatCount, seatOf, waitingPlaceOf } from '../seats/seat-queries.ts';
import { freeSeats } from '../seats/seat-rules.ts';
import { answerOffer, sayNotice } from '../seats/waiting-commands.ts';
import { type Answered, answerInvitation, openInvitation } from './answer-commands.ts';
import { invitationBehindLink, type LinkedInvitation, ownInvitation } from './answer-queries.ts';
import { answerForm, noticeForm, offerForm } from './answer-schema.ts';
import { AnswerForm, ChangeAnswer, InvitationDoor } from './answer-views.tsx';
import { awaitsAnswer, isOverdue } from './invitation-rules.ts';
import { MyPart } from './my-part-views.tsx';

const NO_SUCH_LINK = (
  <p>
    This link is not valid, or a newer mail has replaced it. Look for the newest invitation in your
    mail, or <a href="/sign-in">sign in</a> with the address that was invited.
  </p>
);

/** Why a link leads nowhere any more; undefined while it does. */
function closedWords(invitation: LinkedInvitation, actor: Actor): string | undefined {
  if (invitation.state === 'withdrawn') {
    return 'This invitation was withdrawn; ask the organisers if you think that is a mistake.';
  }
  if (invitation.state === 'expired' || isOverdue(invitation, actor.now)) {
    return 'This invitation has expired; ask the organisers to send it anew.';
  }
  return undefined;
}

/** `/i/<secret>`: the link in the invitation mail. */
export function invitationLinkRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get('/i/:secret', async (c) => {
    const { services, visitor } = c.var;
    const invitation = await invitationBehindLink(services.db, c.req.param('secret'));
    if (invitation === undefined) {
      return showPlainPage(c, { title: 'Invitation', status: 404 }, NO_SUCH_LINK);
    }
    const summit = await summitById(services.db, invitation.summitId);
    const { title } = summit.definition;
    const closed = closedWords(invitation, webActor(c));
    if (closed !== undefined) {
      return showPlainPage(c, { title, status: 410 }, <p>{closed}</p>);
    }
    const { signedIn } = visitor;
    if (signedIn !== undefined && signedIn.personId !== invitation.personId) {
      return showPlainPage(
        c,
        { title, status: 403 },
        <p>
          This invitation is for {invitation.name}, and you are signed in as {signedIn.name}. If it
          is yours, sign out first and open the link again.
        </p>,
      );
    }
    return showPlainPage(
      c,
      { title },
      <InvitationDoor summit={summit} name={invitation.name} action={c.req.path} />,
    );
  });

  routes.post('/i/:secret', async (c) => {
    const { services, visitor } = c.var;
    const invitation = await invitationBehindLink(services.db, c.req.param('secret'));
    if (invitation === undefined) {
      return showPlainPage(c, { title: 'Invitation', status: 404 }, NO_SUCH_LINK);
    }
    const summit = await summitById(services.db, invitation.summitId);
    const page = `/s/${summit.slug}/me/invitation`;
    const { signedIn } = visitor;
    if (closedWords(invitation, webActor(c)) !== undefined) return c.redirect(c.req.path, 303);
    if (signedIn !== undefined && signedIn.personId !== invitation.personId) {
      return c.redirect(c.req.path, 303);
    }
    const actor = { ...webActor(c), personId: invitation.personId };
    const opened = await inTransaction(services.db, (tx) =>
      openInvitation(tx, actor, invitation.id),
    );
    if (signedIn === undefined) {
      // Somebody known by a handle only has no mailbox to prove; they sign in with the handle.
      if (!opened.ok || !opened.value.signsIn || invitation.address === undefined) {
        return c.redirect(`/sign-in?to=${encodeURIComponent(page)}`, 303);
      }
      const cookies = await services.sessions.start(
        { address: invitation.address, name: invitation.name },
        'invitation link',
        c.req.raw.headers,
      );
      await log(c, {
        method: 'invitation',
        outcome: 'signed-in',
        personId: invitation.personId,
        network: networkOfRequest(c),
      });
      for (const cookie of cookies) c.header('set-cookie', cookie, { append: true });
    }
    return c.redirect(page, 303);
  });

  return routes;
}

const NOTICES: Record<Answered['kind'], string> = {
  seated: 'Thank you: you have a seat. A copy of the agreement is in your mail.',
  waiting:
    'Thank you. The last seat has just gone, so you are on the waiting list; you get a mail when one is free.',
  unsure: 'Noted: you are not sure yet. You can answer until the invitation expires.',
  declined: 'Noted: you cannot come. Thank you for telling us.',
};

type ParticipantContext = AppContext<ParticipantEnv['Variables']>;

/** Loads what another room shows on somebody's own part of a summit; undefined when it has nothing to say. */
export type LoadOwnSection = (
  db: Reader,
  asked: { readonly summit: Summit; readonly self: Self; readonly now: Instant },
) => Promise<ComponentChildren | undefined>;

async function showMyPart(
  c: ParticipantContext,
  sections: readonly LoadOwnSection[],
  refused?: RefusedForm,
): Promise<Response> {
  const { summit, signedIn, services } = c.var;
  const { db } = services;
  const asked = { summit, self: selfIn(summit.id, signedIn), now: services.clock.now() };
  const loaded = await Promise.all(sections.map((load) => load(db, asked)));
  const person = signedIn.personId;
  const invitation = await ownInvitation(db, selfIn(summit.id, signedIn));
  const accepted = await lastAcceptance(db, summit.id, person);
  const current = await currentAgreement(db, summit.id);
  const asksAgain =
    accepted !== undefined &&
    current !== undefined &&
    accepted.version < current.version &&
    invitation?.state === 'accepted';
  return showPage(
    c,
    { title: 'My part', status: refused === undefined ? 200 : 422 },
    <MyPart
      summit={summit}
      zone={readerZone(c, summit)}
      invitation={invitation}
      seat={await seatOf(db, summit.id, person)}
      waiting={await waitingPlaceOf(db, summit.id, person)}
      poll={await ownPoll(db, selfIn(summit.id, signedIn), services.clock.now())}
      changedAgreement={asksAgain ? current : undefined}
      problems={refused?.problems}
      typed={refused?.typed}
    >
      {loaded}
    </MyPart>,
  );
}

async function showAnswerForm(c: ParticipantContext, refused?: RefusedForm): Promise<Response> {
  const { summit, signedIn, services } = c.var;
  const invitation = await ownInvitation(services.db, selfIn(summit.id, signedIn));
  if (invitation === undefined) return c.redirect(`/s/${summit.slug}/me`, 303);
  const title = `Your invitation to ${summit.definition.title}`;
  if (invitation.state === 'accepted') {
    const seat = await seatOf(services.db, summit.id, signedIn.personId);
    return showPage(c, { title }, <ChangeAnswer summit={summit} seatNumber={seat?.number} />);
  }
  const mayAnswer = awaitsAnswer(invitation.state) || invitation.state === 'declined';
  if (!mayAnswer) return c.redirect(`/s/${summit.slug}/me`, 303);
  return showPage(
    c,
    { title, status: refused === undefined ? 200 : 422 },
    <AnswerForm
      summit={summit}
      invitation={invitation}
      agreement={await agreementToAccept(c, summit)}
      poll={await ownPoll(services.db, selfIn(summit.id, signedIn), services.clock.now())}
      seatsAreGone={freeSeats(await seatCount(services.db, summit.id)) === 0}
      zone={readerZone(c, summit)}
      typed={refused?.typed}
      problems={refused?.problems}
    />,
  );
}

/** The version that a yes would accept: the newest, or the first, which is published by the first yes. */
async function agreementToAccept(c: ParticipantContext, summit: Summit) {
  return (
    (await currentAgreement(c.var.services.db, summit.id)) ?? {
      ...agreementOf(summit.definition),
      version: 1,
    }
  );
}

/** `/s/<summit>/me`: a person's own part, their answer, and the seat that they are offered. */
export function answerRoutes(sections: readonly LoadOwnSection[] = []): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  for (const path of ['', '/invitation', '/offer', '/notice']) {
    routes.use(`/s/:summit/me${path}`, withSummit, participantsOnly);
  }

  routes.get('/s/:summit/me', (c) => showMyPart(c, sections));
  routes.get('/s/:summit/me/invitation', (c) => showAnswerForm(c));

  routes.post('/s/:summit/me/invitation', async (c) => {
    const { summit, signedIn, services } = c.var;
    const form = await parseForm(c, answerForm);
    if (!form.ok) return showAnswerForm(c, form.error);
    const given = form.value;
    const answered = await inTransaction(services.db, (tx) =>
      answerInvitation(
        tx,
        webActor(c),
        summit.id,
        signedIn.personId,
        given.answer === 'accept'
          ? {
              answer: 'accept',
              agreement: { version: given.version },
              noticeDays: given.notice_days,
              note: given.note,
              signIn: { method: signedIn.signInMethod, sessionId: signedIn.sessionId },
            }
          : given,
      ),
    );
    if (!answered.ok) {
      const notice = given.answer === 'accept' ? (given.notice_days ?? '') : '';
      const typed = { note: given.note, notice_days: String(notice) };
      return showAnswerForm(c, { typed, problems: [answered.error] });
    }
    return seeOther(c, `/s/${summit.slug}/me`, NOTICES[answered.value.kind]);
  });

  routes.post('/s/:summit/me/offer', async (c) => {
    const { summit, signedIn, services } = c.var;
    const form = await parseForm(c, offerForm);
    if (!form.ok) return showMyPart(c, sections, form.error);
    const answered = await inTransaction(services.db, (tx) =>
      answerOffer(tx, webActor(c), summit.id, signedIn.personId, form.value.answer),
    );
    if (!answered.ok) return showMyPart(c, sections, { typed: {}, problems: [answered.error] });
    return seeOther(
      c,
      `/s/${summit.slug}/me`,
      answered.value.kind === 'seated'
        ? 'The seat is yours.'
        : 'The seat goes to the next person; you stay on the waiting list.',
    );
  });

  routes.post('/s/:summit/me/notice', async (c) => {
    const { summit, signedIn, services } = c.var;
    const form = await parseForm(c, noticeForm);
    if (!form.ok) return showMyPart(c, sections, form.error);
    const said = await inTransaction(services.db, (tx) =>
      sayNotice(tx, webActor(c), summit.id, signedIn.personId, form.value.notice_days),
    );
    return seeOther(c, `/s/${summit.slug}/me`, said.ok ? 'Saved.' : said.error.sentence);
  });

  return routes;
}
