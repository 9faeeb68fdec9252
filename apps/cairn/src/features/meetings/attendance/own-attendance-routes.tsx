import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { webActor } from '../../../platform/http/env.ts';
import { parseForm, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { selfIn } from '../../people/rights.ts';
import { type ParticipantEnv, participantsOnly, withSummit } from '../../summits/access.ts';
import { showPage } from '../../summits/page.tsx';
import type { MeetingContext } from '../series/meeting-sections.ts';
import { meetingNamed } from '../series/series-rules.ts';
import { reasonForm, recordingForm } from './attendance-schema.ts';
import { AskPage, RecordingPage } from './attendance-views.tsx';
import { askForExcuse, checkIn, watchRecording, withdrawRequest } from './check-in-commands.ts';

const callAddress = (c: MeetingContext): string =>
  `/s/${c.var.summit.slug}/meetings/${c.req.param('meeting')}`;

const self = (c: MeetingContext) => selfIn(c.var.summit.id, c.var.signedIn);

/** `/s/<summit>/meetings/<meeting>/…`: what people say of their own part in a call. */
export function ownAttendanceRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const address = '/s/:summit/meetings/:meeting';
  for (const page of ['check-in', 'excuse', 'withdraw-request', 'recording']) {
    routes.use(`${address}/${page}`, withSummit, participantsOnly);
  }

  routes.post(`${address}/check-in`, (c) =>
    say(
      c,
      (tx) => checkIn(tx, webActor(c), self(c), c.req.param('meeting')),
      'You are checked in.',
    ),
  );

  routes.post(`${address}/withdraw-request`, (c) =>
    say(
      c,
      (tx) => withdrawRequest(tx, webActor(c), self(c), c.req.param('meeting')),
      'The request is withdrawn.',
    ),
  );

  routes.get(`${address}/excuse`, (c) => showAsk(c));
  routes.post(`${address}/excuse`, async (c) => {
    const form = await parseForm(c, reasonForm);
    if (!form.ok) return showAsk(c, typedText(form.error.typed, 'reason'), form.error.problems);
    const { reason } = form.value;
    const meeting = c.req.param('meeting');
    return say(
      c,
      (tx) => askForExcuse(tx, webActor(c), self(c), { meeting, reason }),
      'The organisers are asked.',
      (refused) => showAsk(c, reason, [refused]),
    );
  });

  routes.get(`${address}/recording`, (c) => showRecording(c));
  routes.post(`${address}/recording`, async (c) => {
    const form = await parseForm(c, recordingForm);
    if (!form.ok) {
      return showRecording(c, typedText(form.error.typed, 'sentence'), form.error.problems);
    }
    const { sentence } = form.value;
    const meeting = c.req.param('meeting');
    return say(
      c,
      (tx) => watchRecording(tx, webActor(c), self(c), { meeting, sentence }),
      'Recorded: it counts.',
      (refused) => showRecording(c, sentence, [refused]),
    );
  });

  return routes;
}

/** Runs a command and goes back to the call's page, which tells what came of it. */
async function say(
  c: MeetingContext,
  command: (tx: Tx) => Promise<Result<unknown, Problem>>,
  done: string,
  refuse?: (problem: Problem) => Response | Promise<Response>,
): Promise<Response> {
  if (meetingNamed(c.var.summit, c.req.param('meeting') ?? '') === undefined) return c.notFound();
  const said = await inTransaction(c.var.services.db, command);
  if (said.ok) return seeOther(c, callAddress(c), done);
  return refuse?.(said.error) ?? seeOther(c, callAddress(c), said.error.sentence);
}

function showAsk(
  c: MeetingContext,
  text = '',
  problems: readonly Problem[] = [],
): Response | Promise<Response> {
  const meeting = meetingNamed(c.var.summit, c.req.param('meeting') ?? '');
  if (meeting === undefined) return c.notFound();
  const back = callAddress(c);
  return showPage(
    c,
    { title: `Cannot come: ${meeting.title}`, status: problems.length > 0 ? 422 : 200 },
    <AskPage action={`${back}/excuse`} {...{ back, text, problems }} />,
  );
}

function showRecording(
  c: MeetingContext,
  text = '',
  problems: readonly Problem[] = [],
): Response | Promise<Response> {
  const meeting = meetingNamed(c.var.summit, c.req.param('meeting') ?? '');
  if (meeting === undefined) return c.notFound();
  const back = callAddress(c);
  return showPage(
    c,
    { title: `Recording: ${meeting.title}`, status: problems.length > 0 ? 422 : 200 },
    <RecordingPage action={`${back}/recording`} {...{ back, text, problems }} />,
  );
}
