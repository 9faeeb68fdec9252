import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import { readTyped } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { pageOf, subjectAt } from '../../meetings/notes/text-rules.ts';
import { meetingsOf } from '../../meetings/series/series-rules.ts';
import { comersOnly, participantsOnly, withSummit } from '../../summits/access.ts';
import { type PlanMemberEnv, withPlan } from '../access.ts';
import { partNotes, publishNotes } from './publish-commands.ts';
import { notesPublisherOf } from './rights.ts';

const form = z.object({
  meeting: z.string().max(100),
  track: z.string().max(100).default(''),
  deed: z.enum(['publish', 'part']),
});

/**
 * `POST /s/<summit>/plan/meeting-notes`: publishes notes in the plan, or parts them from their
 * document; then back to the notes. For organisers and leads.
 */
export function planNotesRoutes(): Hono<PlanMemberEnv> {
  const routes = new Hono<PlanMemberEnv>();
  const address = '/s/:summit/plan/meeting-notes';
  routes.use(address, withSummit, participantsOnly, comersOnly, withPlan);
  routes.post(address, async (c) => {
    const { summit, services, organiser, signedIn } = c.var;
    const asked = form.safeParse((await readTyped(c)).typed);
    if (!asked.success) return c.notFound();
    const { deed, ...place } = asked.data;
    const subject = subjectAt(meetingsOf(summit), { ...place, kind: 'notes' });
    const publisher = await notesPublisherOf(
      services.db,
      { summitId: summit.id, ...place },
      organiser,
      signedIn.personId,
    );
    if (subject === undefined || publisher === undefined) return c.notFound();
    const back = `/s/${summit.slug}${pageOf(subject)}`;
    const done = await inTransaction(
      services.db,
      async (tx): Promise<Result<unknown, Problem>> =>
        deed === 'publish'
          ? publishNotes(tx, services, webActor(c), summit, publisher)
          : partNotes(tx, webActor(c), publisher),
    );
    if (!done.ok) return seeOther(c, back, done.error.sentence);
    const notice =
      deed === 'publish'
        ? 'Published in the plan. What is written here follows within some minutes.'
        : 'They do not follow each other any more; the document stays in the plan.';
    return seeOther(c, back, notice);
  });
  return routes;
}
