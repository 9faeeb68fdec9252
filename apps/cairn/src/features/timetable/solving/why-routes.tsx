import { expectZone } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import { readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { comparisonOf, placeWords } from '../drafts/compare-rules.ts';
import { type DraftContext, draftWithFacts, makingHome } from '../drafts/draft-page.tsx';
import type { Draft } from '../drafts/draft-queries.ts';
import { movesSchema } from '../drafts/draft-schema.ts';
import type { Placement } from '../drafts/placement-rules.ts';
import { consequencesOf, placesFor } from '../drafts/places-rules.ts';
import { placeSessions } from '../drafts/step-commands.ts';
import { slotsOf } from '../frame/frame-rules.ts';
import { showTimetablePage } from '../page.tsx';
import type { TimetableFacts } from './facts-rules.ts';
import { begunSlots } from './find-rules.ts';
import { localNow } from './search-task.ts';
import { movesFor, whyHereWords, whyNotTask } from './why-rules.ts';
import { askWhyNot } from './why-thread.ts';
import { type WhyNotShown, WhyPage } from './why-views.tsx';

const WHY = '/s/:summit/organise/timetable/drafts/:id/why';

/** `…/drafts/<draft>/why?session=…&at=2023-05-22T09:30&room=…`: why it is there, and why not elsewhere. */
export function whyRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  routes.use(WHY, withSummit, organisersOnly);

  routes.get(WHY, async (c) => {
    const found = await draftWithFacts(c, c.req.param('id'));
    return found === undefined ? c.notFound() : showWhy(c, found);
  });

  routes.post(WHY, async (c) => {
    const { services, organiser } = c.var;
    const { typed } = await readTyped(c);
    const draftId = c.req.param('id');
    if ((await draftWithFacts(c, draftId)) === undefined) return c.notFound();
    const href = `${makingHome(c)}/drafts/${draftId}`;
    const moves = movesSchema.safeParse(parsedJson(typedText(typed, 'moves')));
    const seen = Number(typedText(typed, 'seen'));
    if (!moves.success || !Number.isSafeInteger(seen)) {
      return seeOther(c, `${href}/why`, 'These are no moves; ask again.');
    }
    const moved = await inTransaction(services.db, (tx) =>
      placeSessions(tx, webActor(c), organiser, { draftId, seen, moves: moves.data }),
    );
    if (!moved.ok) return seeOther(c, `${href}/why`, moved.error.sentence);
    return seeOther(c, href, 'Moved. You can undo it.');
  });

  return routes;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Found {
  readonly draft: Draft;
  readonly facts: TimetableFacts;
}

async function showWhy(c: DraftContext, { draft, facts }: Found): Promise<Response> {
  const slots = slotsOf(facts.frame);
  const words = placeWords(facts);
  const [at = '', room = ''] = [c.req.query('at'), c.req.query('room')];
  const asked = c.req.query('session');
  const session = facts.sessions.find(({ id }) => id === asked);
  const isSlot = slots.some(({ key }) => key === at);
  return showTimetablePage(
    c,
    { title: 'Why there, and why not elsewhere' },
    <WhyPage
      href={`${makingHome(c)}/drafts/${draft.id}`}
      draftName={draft.name}
      revision={draft.revision}
      sessions={facts.sessions.toSorted((one, other) => one.title.localeCompare(other.title))}
      session={session}
      slots={slots.map(({ key, date, starts }) => ({
        key,
        words: words({ date, starts, roomId: null }),
      }))}
      rooms={facts.frame.rooms}
      at={isSlot ? at : ''}
      room={facts.frame.rooms.some(({ id }) => id === room) ? room : ''}
      here={session === undefined ? [] : whyHereWords(facts, draft.placements, session.id)}
      whyNot={
        session === undefined || !isSlot
          ? undefined
          : await whyNotShown(c, { draft, facts }, session.id, at, room)
      }
    />,
  );
}

async function whyNotShown(
  c: DraftContext,
  { draft: { placements }, facts }: Found,
  sessionId: string,
  at: string,
  room: string,
): Promise<WhyNotShown> {
  const [date = '', starts = ''] = at.split('T');
  const here = placements.find((each) => each.sessionId === sessionId);
  const roomId = roomAsked(facts, placements, sessionId, { date, starts, room });
  const place = { date, starts, roomId };
  const shown = {
    where: placeWords(facts)({ ...place, roomId: room === '' ? null : roomId }),
    isHere:
      here?.date === date && here.starts === starts && (room === '' || here.roomId === roomId),
    consequences: consequencesOf(facts, placements, sessionId, place),
  };
  const nothing = { ...shown, sentences: [], helps: [], best: undefined, unanswered: undefined };
  if (shown.isHere) return nothing;
  const zone = expectZone(facts.frame.zone);
  const begun = begunSlots(facts, localNow(c.var.services.clock.now(), zone));
  const roomWanted = room === '' ? undefined : (roomId ?? undefined);
  const task = whyNotTask(facts, placements, { sessionId, at, roomId: roomWanted }, begun);
  const answer = task && (await askWhyNot(task));
  if (answer === 'busy') {
    const unanswered =
      'Others are asking as well; ask again in some seconds for what else would have to move.';
    return { ...nothing, unanswered };
  }
  if (answer?.whyNot === undefined) {
    return { ...nothing, unanswered: 'It took too long to find out what else would have to move.' };
  }
  const { sentences, best } = answer.whyNot;
  const moves = best === null ? [] : movesFor(facts, placements, best);
  return {
    ...nothing,
    sentences,
    helps: answer.helps,
    best:
      moves.length === 0
        ? undefined
        : {
            comparison: comparisonOf(facts, placements, placedAnew(placements, moves)),
            moves: JSON.stringify(moves),
          },
  };
}

const placedAnew = (
  placements: readonly Placement[],
  moves: ReturnType<typeof movesFor>,
): Placement[] => {
  const moved = new Set(moves.map(({ sessionId }) => sessionId));
  return [
    ...placements.filter(({ sessionId }) => !moved.has(sessionId)),
    ...moves.flatMap(({ sessionId, to }) =>
      to === null ? [] : [{ sessionId, ...to, isPinned: false }],
    ),
  ];
};

/** The room that is asked about: the one that was chosen, else the first with the least against it. */
function roomAsked(
  facts: TimetableFacts,
  placements: readonly Placement[],
  sessionId: string,
  { date, starts, room }: { readonly date: string; readonly starts: string; readonly room: string },
): string | null {
  if (facts.frame.rooms.some(({ id }) => id === room)) return room;
  const order = { free: 0, costs: 1, conflict: 2 };
  const [best] = placesFor(facts, placements, sessionId)
    .filter((place) => place.date === date && place.starts === starts)
    .toSorted(
      (one, other) =>
        order[one.state] - order[other.state] || one.reasons.length - other.reasons.length,
    );
  return best?.roomId ?? null;
}
