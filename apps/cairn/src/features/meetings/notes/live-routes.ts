import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems } from '../../../platform/http/form.ts';
import { streamLive } from '../../../platform/live/stream.ts';
import { isComing } from '../../people/invitations/participation-queries.ts';
import { organiserOf, selfIn } from '../../people/rights.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { saveText } from './text-commands.ts';
import { namesOf, textAt } from './text-queries.ts';
import { subjectOf } from './text-routes.tsx';
import { channelOf, TEXT_KINDS, type TextSubject } from './text-rules.ts';
import { writtenForm } from './text-schema.ts';

/**
 * `/s/<summit>/meetings/<meeting>/live/notes` and the like, for the script of a text's page: a stream
 * of what others write and who is there, and the place to which it saves by itself, in JSON.
 */
export function liveTextRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  for (const kind of TEXT_KINDS) {
    const whole = `/s/:summit/meetings/:meeting/live/${kind}`;
    for (const address of [whole, `${whole}/:track`]) {
      routes.use(address, withSummit, participantsOnly, comersOnly);
      routes.get(address, (c) => tell(c, subjectOf(c, kind)) ?? c.notFound());
      routes.post(address, async (c) => (await save(c, subjectOf(c, kind))) ?? c.notFound());
    }
  }
  return routes;
}

type TextContext = AppContext<ParticipantEnv['Variables']>;

function tell(c: TextContext, subject: TextSubject | undefined): Response | undefined {
  if (subject === undefined) return undefined;
  const { summit, signedIn, services } = c.var;
  const { db } = services;
  const { personId } = signedIn;
  return streamLive(c, services.live, {
    channel: channelOf(summit.id, subject),
    key: personId,
    since: Number(c.req.query('since')) || 0,
    load: async (since) => {
      // Whoever was taken out of the summit meanwhile reads no further.
      const mayRead =
        (await isComing(db, summit.id, personId)) ||
        (await organiserOf(db, summit.id, signedIn)) !== undefined;
      if (!mayRead) return 'over';
      const text = await textAt(db, summit.id, subject);
      if (text === undefined || text.revision <= since) return undefined;
      const { revision, body } = text;
      return { id: revision, data: { revision, body } };
    },
    tellPresent: (keys) =>
      namesOf(
        db,
        keys.filter((key) => key !== personId),
      ),
  });
}

async function save(
  c: TextContext,
  subject: TextSubject | undefined,
): Promise<Response | undefined> {
  if (subject === undefined) return undefined;
  const { summit, signedIn, services } = c.var;
  const form = writtenForm.safeParse(await c.req.json().catch(() => undefined));
  if (!form.success) {
    const [problem] = formProblems(form.error);
    return c.json({ problem: problem?.sentence ?? 'This is no save.' }, 422);
  }
  const { text, base, template, key } = form.data;
  const saved = await inTransaction(services.db, (tx) =>
    saveText(tx, webActor(c), selfIn(summit.id, signedIn), subject, {
      // No text of the database's can hold NUL; it is shown as HTML shows it.
      text: text.replaceAll('\0', '\uFFFD'),
      base: { revision: base, template },
      saveKey: key,
    }),
  );
  if (!saved.ok) return c.json({ problem: saved.error.sentence }, 422);
  const { revision, body, others } = saved.value;
  return c.json({ revision, body, others });
}
