import { problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { parseForm, type RefusedForm } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import {
  type OrganiserEnv,
  organisersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import { agreementForm } from '../invitations/answer-schema.ts';
import { acceptChangedAgreement, publishAgreement } from './agreement-commands.ts';
import {
  acceptanceRows,
  agreementHistory,
  currentAgreement,
  lastAcceptance,
} from './agreement-queries.ts';
import { agreementOf, asksTheSame, changesBetween } from './agreement-rules.ts';
import { AgreementPage, ChangedAgreement } from './agreement-views.tsx';

/** `/s/<summit>/organise/agreement`: versions, publishing, and who accepted which. */
export function agreementRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/agreement';
  routes.use(address, withSummit, organisersOnly);

  routes.get(address, async (c) => {
    const { summit, organiser, services } = c.var;
    const history = await agreementHistory(services.db, summit.id);
    const [current] = history;
    const agreement = agreementOf(summit.definition);
    const differs = current === undefined || !asksTheSame(current, agreement);
    return showPage(
      c,
      { title: 'Agreement' },
      <AgreementPage
        summit={summit}
        zone={readerZone(c, summit)}
        history={history}
        unpublished={
          differs
            ? { agreement, changes: changesBetween(current?.text ?? '', agreement.text) }
            : undefined
        }
        people={await acceptanceRows(services.db, organiser)}
      />,
    );
  });

  routes.post(address, async (c) => {
    const { summit, services } = c.var;
    const published = await inTransaction(services.db, (tx) =>
      publishAgreement(tx, webActor(c), summit.id),
    );
    return seeOther(
      c,
      `/s/${summit.slug}/organise/agreement`,
      published.ok ? `Version ${published.value.version} is in force.` : published.error.sentence,
    );
  });

  return routes;
}

type ParticipantContext = AppContext<ParticipantEnv['Variables']>;

async function showChangedAgreement(
  c: ParticipantContext,
  refused?: RefusedForm,
): Promise<Response> {
  const { summit, signedIn, services } = c.var;
  const accepted = await lastAcceptance(services.db, summit.id, signedIn.personId);
  const current = await currentAgreement(services.db, summit.id);
  if (accepted === undefined || current === undefined || accepted.version >= current.version) {
    return c.redirect(`/s/${summit.slug}/me`, 303);
  }
  return showPage(
    c,
    { title: 'The agreement has changed', status: refused === undefined ? 200 : 422 },
    <ChangedAgreement
      summit={summit}
      accepted={accepted.version}
      current={current}
      changes={changesBetween(accepted.text, current.text)}
      problems={refused?.problems}
    />,
  );
}

/** `/s/<summit>/me/agreement`: accepting a changed text. */
export function changedAgreementRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const address = '/s/:summit/me/agreement';
  routes.use(address, withSummit, participantsOnly);
  routes.get(address, (c) => showChangedAgreement(c));

  routes.post(address, async (c) => {
    const { summit, signedIn, services } = c.var;
    const form = await parseForm(c, agreementForm);
    if (!form.ok) return showChangedAgreement(c, form.error);
    const accepted = await inTransaction(services.db, (tx) =>
      acceptChangedAgreement(
        tx,
        webActor(c),
        summit,
        signedIn.personId,
        { version: form.value.version },
        { method: signedIn.signInMethod, sessionId: signedIn.sessionId },
      ),
    );
    if (!accepted.ok) {
      const { code, sentence } = accepted.error;
      return showChangedAgreement(c, { typed: {}, problems: [problem(code, sentence)] });
    }
    return seeOther(
      c,
      `/s/${summit.slug}/me`,
      `You accepted version ${accepted.value.version}; a copy is in your mail.`,
    );
  });

  return routes;
}
