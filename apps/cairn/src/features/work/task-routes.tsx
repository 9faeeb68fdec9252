import { dateIn, expectZone } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../platform/db/command.ts';
import { type AppContext, webActor } from '../../platform/http/env.ts';
import { parseForm } from '../../platform/http/form.ts';
import { seeOther } from '../../platform/http/notice.ts';
import { selfIn } from '../people/rights.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../summits/access.ts';
import { readerZone, showPage } from '../summits/page.tsx';
import { setTaskDone } from './task-commands.ts';
import { openTasks, tasksOf } from './task-queries.ts';
import { AllTasks, OwnTasks } from './task-views.tsx';

type TaskContext = AppContext<ParticipantEnv['Variables']>;

const doneForm = z.object({ task: z.uuid(), done: z.enum(['yes', 'no']) });

/** `/s/<summit>/me/tasks`: one's own; `/s/<summit>/tasks`: all that are open. For all who take part. */
export function taskRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  for (const address of ['/s/:summit/me/tasks', '/s/:summit/tasks']) {
    routes.use(address, withSummit, participantsOnly);
    if (!address.includes('/me/')) routes.use(address, comersOnly);
    routes.post(address, (c) => tick(c));
  }

  routes.get('/s/:summit/me/tasks', async (c) => {
    const { summit, services, signedIn } = c.var;
    const tasks = await tasksOf(services.db, selfIn(summit.id, signedIn));
    return showPage(
      c,
      {
        title: 'My tasks',
        lede: 'What you are to do, from the notes of the meetings and the topics of the plan.',
      },
      <OwnTasks tasks={tasks} {...around(c)} zone={readerZone(c, summit)} />,
    );
  });

  routes.get('/s/:summit/tasks', async (c) => {
    const { summit, services } = c.var;
    const tasks = await openTasks(services.db, summit.id);
    return showPage(
      c,
      {
        title: 'Tasks',
        lede: 'What is still to be done, from the notes of the meetings and the topics of the plan. Everybody who takes part may tick.',
      },
      <AllTasks tasks={tasks} {...around(c)} />,
    );
  });

  return routes;
}

function around(c: TaskContext) {
  const { summit, services } = c.var;
  return {
    home: `/s/${summit.slug}`,
    href: c.req.path,
    today: dateIn(services.clock.now(), expectZone(summit.definition.zone)),
  };
}

async function tick(c: TaskContext): Promise<Response> {
  const { summit, signedIn, services } = c.var;
  const form = await parseForm(c, doneForm);
  if (!form.ok) return seeOther(c, c.req.path, 'That was no task; try again.');
  const { task, done } = form.value;
  const isDone = done === 'yes';
  const ticked = await inTransaction(services.db, (tx) =>
    setTaskDone(tx, webActor(c), selfIn(summit.id, signedIn), { task, isDone }),
  );
  if (!ticked.ok) return seeOther(c, c.req.path, ticked.error.sentence);
  return seeOther(
    c,
    c.req.path,
    isDone
      ? 'Done. Its line is ticked as well.'
      : 'It is open again; its line is unticked as well.',
  );
}
