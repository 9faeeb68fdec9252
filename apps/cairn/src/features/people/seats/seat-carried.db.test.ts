import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { NOW, storePerson } from '../../../../../../tests/summit.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { writeJournal } from '../../money/journal/journal-commands.ts';
import { allotted } from '../../money/journal/journal-rules.ts';
import { rollWaitingList } from './offer-commands.ts';
import { lockSeats } from './seat-commands.ts';
import { offerByHand } from './waiting-commands.ts';

let world: FundedSummit;
const waiting: string[] = [];
beforeAll(async () => {
  world = await fundedSummit();
  const { db, summitId } = world;
  for (const [index, seatKind] of (['funded', 'self_funded', 'funded'] as const).entries()) {
    const personId = await storePerson(db, `Waits ${index}`, { summitId, role: 'participant' });
    await db
      .insertInto('waiting')
      .values({
        summitId,
        personId,
        position: index + 1,
        seatKind,
        noticeDays: null,
        joinedAt: NOW,
      })
      .execute();
    waiting.push(personId);
  }
});
afterAll(() => world.close());

const roll = () =>
  inTransaction(world.db, async (tx) => ({
    ok: true,
    value: await rollWaitingList(tx, world.actor, await lockSeats(tx, world.summitId)),
  }));
const offered = async (): Promise<readonly string[]> => {
  const rows = await world.db
    .selectFrom('seatOffer')
    .select('personId')
    .orderBy('offeredAt')
    .execute();
  return rows.map(({ personId }) => personId);
};

test('a funded seat is offered only where a line can carry it, and the list says why', async () => {
  const { db, actor, organiser, summitId, lineId, slug } = world;
  const [first = '', own = '', third = ''] = waiting;
  expectOk(await roll());
  expect(await offered()).toEqual([own]);

  const page = await (await world.get(`/s/${slug}/organise/seats`)).text();
  expect(page).toContain('passed over: No line that pays for them has anything left.');
  expect(page).toContain('Offer all the same');

  const byHand = await inTransaction(db, (tx) => offerByHand(tx, actor, organiser, third));
  expect(byHand).toMatchObject({ ok: false, error: { code: 'not-carried' } });
  const sent = await world.post(`/s/${slug}/organise/seats`, {
    person: third,
    action: 'offer_uncarried',
  });
  expect(sent.status).toBe(303);
  expect(await offered()).toContain(third);

  const entry = { kind: 'allotment', key: 'more', postings: allotted(lineId, 100_000) } as const;
  expectOk(await inTransaction(db, (tx) => writeJournal(tx, actor, summitId, [entry])));
  expectOk(await roll());
  expect(await offered()).toContain(first);
});
