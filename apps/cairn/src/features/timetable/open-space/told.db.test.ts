import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  MONDAY,
  type OpenSpaceWorld,
  openSpaceWorld,
} from '../../../../../../tests/open-space-world.ts';
import { testServices } from '../../../../../../tests/services.ts';
import { eventTask } from '../../../platform/jobs/events.ts';
import { openSpaceConsumer } from './space-consumer.ts';

let world: OpenSpaceWorld;
const home = '/s/sp_summit_2023/timetable/open-space';
beforeAll(async () => {
  world = await openSpaceWorld();
  for (const personId of [world.mei, world.grigor]) {
    const address = { kind: 'email' as const, value: `${personId}@example.org`, verifiedAt: null };
    await world.db
      .insertInto('personIdentity')
      .values({ ...address, personId })
      .execute();
  }
});
afterAll(() => world.drop());

/** Hands every event of open space to the consumer, twice, as a worker that died would. */
async function work(): Promise<void> {
  const run = eventTask(testServices(world.db), [openSpaceConsumer]);
  const events = await world.db
    .selectFrom('event')
    .select(['id', 'kind'])
    .where('kind', 'like', 'open_session.%')
    .orderBy('id')
    .execute();
  for (const { id, kind } of [...events, ...events]) {
    await run({ event: String(id), kind }, undefined as never);
  }
}
const mails = () =>
  world.db
    .selectFrom('mail')
    .select(['personId', 'subject', 'body'])
    .orderBy('createdAt')
    .execute();

test('who comes is told once that a session moved, and its owner that an organiser removed it', async () => {
  const form = {
    title: 'Wheels',
    minutes: '60',
    text: '',
    topic: '',
    place: `${MONDAY}T10:00/blue`,
  };
  const claimed = await world.post(home, form, world.mei);
  const id = /#session-(.*)$/.exec(claimed.headers.get('location') ?? '')?.[1] ?? '';
  await world.db
    .updateTable('person')
    .set({ zone: 'Europe/Berlin' })
    .where('id', '=', world.grigor)
    .execute();
  await world.post(`${home}/${id}/join`, {}, world.grigor);
  await work();
  expect(await mails()).toEqual([]);
  await world.post(`${home}/${id}/move`, { place: `${MONDAY}T14:00/blue` }, world.mei);
  await work();
  expect(await mails()).toMatchObject([
    {
      ...{ personId: world.grigor, subject: 'Moved: Wheels' },
      body: expect.stringContaining(
        'It is now Mon 22 May 2023, 23:00–00:00 CEST (at the place Mon 22 May 2023, 14:00–15:00 PDT), in Blue Room.',
      ),
    },
  ]);
  await world.post(`${home}/${id}/withdraw`, {}, world.ada);
  await work();
  const gone = (await mails()).filter(({ subject }) => subject === 'Gone: Wheels');
  expect(gone.map(({ personId }) => personId).sort()).toEqual([world.grigor, world.mei].sort());
});
