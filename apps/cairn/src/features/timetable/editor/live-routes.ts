import { Hono } from 'hono';
import { streamLive } from '../../../platform/live/stream.ts';
import { namesOf } from '../../meetings/notes/text-queries.ts';
import { organiserOf } from '../../people/rights.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { draftOf } from '../drafts/draft-queries.ts';
import { placesFor } from '../drafts/places-rules.ts';
import { frameOf } from '../frame/frame-queries.ts';
import { sessionsOf } from '../sessions/session-queries.ts';
import { editorData, lastSteps } from './editor-queries.ts';
import { DRAFT_PATH, type DraftContext, draftIdOf } from './editor-routes.tsx';
import { wordsOf } from './editor-rules.ts';
import { placeKey } from './place-key-rules.ts';
import { stepWords } from './step-words-rules.ts';

/** Others' changes that are told one by one; of more the page tells. */
const MOST_TOLD = 5;

/**
 * For the script of the editor: `…/drafts/<id>/live`, a stream of what others change and who is here,
 * and `…/drafts/<id>/places?session=`, what each place would mean for a session.
 */
export function liveEditorRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  for (const part of ['live', 'places']) {
    routes.use(`${DRAFT_PATH}/${part}`, withSummit, organisersOnly);
  }
  routes.get(`${DRAFT_PATH}/live`, async (c) => (await tell(c)) ?? c.notFound());
  routes.get(`${DRAFT_PATH}/places`, async (c) => (await places(c)) ?? c.notFound());
  return routes;
}

async function tell(c: DraftContext): Promise<Response | undefined> {
  const { summit, services, organiser, visitor } = c.var;
  const { db } = services;
  const { personId } = organiser;
  const draftId = draftIdOf(c);
  const exists = (await draftOf(db, summit.id, draftId)) !== undefined;
  if (!exists || personId === undefined) return undefined;
  return streamLive(c, services.live, {
    channel: `draft:${draftId}`,
    key: personId,
    since: Number(c.req.query('since')) || 0,
    load: async (since) => {
      // Whoever organises no longer reads no further.
      if ((await organiserOf(db, summit.id, visitor.signedIn)) === undefined) return 'over';
      const draft = await draftOf(db, summit.id, draftId);
      if (draft === undefined) return 'over';
      if (draft.revision <= since) return undefined;
      const [steps, sessions, frame] = await Promise.all([
        lastSteps(db, organiser, draftId, { since, most: MOST_TOLD }),
        sessionsOf(db, summit.id),
        frameOf(db, summit),
      ]);
      if (frame === undefined) return 'over';
      const said = steps
        .filter((step) => step.personId !== personId)
        .toReversed()
        .map((step) => `${step.name ?? 'Somebody'} ${stepWords(frame, sessions, step)}.`);
      const moved = steps.flatMap(({ after }) => Object.keys(after));
      return { id: draft.revision, data: { revision: draft.revision, said, moved } };
    },
    tellPresent: (keys) =>
      namesOf(
        db,
        keys.filter((key) => key !== personId),
      ),
  });
}

async function places(c: DraftContext): Promise<Response | undefined> {
  const { summit, services, organiser } = c.var;
  const data = await editorData(services.db, summit, organiser, draftIdOf(c));
  const session = data?.facts.sessions.find(({ id }) => id === c.req.query('session'));
  if (data === undefined || session === undefined) return undefined;
  const { facts, draft } = data;
  const words = wordsOf(facts.frame);
  return c.json({
    revision: draft.revision,
    title: session.title,
    places: placesFor(facts, draft.placements, session.id).map((place) => ({
      key: placeKey(place, facts.frame.rooms),
      words: words.place(place, session),
      state: place.state,
      reasons: place.reasons,
    })),
    rows: Math.ceil(session.minutes / facts.frame.slotMinutes),
  });
}
