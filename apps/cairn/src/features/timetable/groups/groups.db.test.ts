import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GroupsWorld, openGroupsWorld } from '../../../../../../tests/groups-world.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { currentGroups, groupsOfWeek } from './current-queries.ts';
import { groupingOf } from './grouping-queries.ts';
import { moveMember } from './member-commands.ts';
import { type Proposal, proposeGrouping } from './propose-commands.ts';
import { setGrouping } from './set-commands.ts';

let world: GroupsWorld;
beforeAll(async () => {
  world = await openGroupsWorld();
});
afterAll(() => world.drop());

const USUAL: Proposal = { date: null, least: 2, most: 3, from: null, seed: 1 };

async function propose(proposal: Partial<Proposal> = {}): Promise<string> {
  const organiser = await world.organiser('sp_summit_2023');
  const made = await inTransaction(world.db, (tx) =>
    proposeGrouping(tx, world.actor, organiser, { ...USUAL, ...proposal }),
  );
  return expectOk(made).id;
}

describe('groups', () => {
  test('are proposed from what people want, and hold when they are set', async () => {
    const [arrays, docs] = [await world.topic('Sparse arrays'), await world.topic('Docs')];
    const ada = await world.comer('Ada', [[arrays, 'lead']]);
    const bob = await world.comer('Bob', [[arrays, 'work']]);
    const cleo = await world.comer('Cleo', [
      [arrays, 'work'],
      [docs, 'lead'],
    ]);
    const dan = await world.comer('Dan', [[docs, 'work']]);
    const id = await propose();
    const grouping = await groupingOf(world.db, world.summitId, id);
    expect(grouping?.statement.at(0)).toBe('4 people are in 2 groups.');
    expect(await currentGroups(world.db, world.summitId, '2023-05-22')).toEqual([]);
    const organiser = await world.organiser('sp_summit_2023');
    const set = await inTransaction(world.db, (tx) =>
      setGrouping(tx, world.actor, organiser, { id }),
    );
    expect(expectOk(set).told).toBe(4);
    const week = await groupsOfWeek(world.db, world.summitId);
    expect([...week.keys()]).toEqual(['sparse_arrays', 'docs']);
    expect(new Set(week.get('sparse_arrays')?.people)).toEqual(new Set([ada, bob]));
    expect(week.get('sparse_arrays')?.leads).toEqual([ada]);
    expect(new Set(week.get('docs')?.people)).toEqual(new Set([cleo, dan]));
    expectOk(
      await inTransaction(world.db, (tx) =>
        moveMember(tx, world.actor, organiser, {
          grouping: id,
          person: dan,
          to: { group: 'sparse_arrays' },
        }),
      ),
    );
    const members = (await groupingOf(world.db, world.summitId, id))?.members ?? [];
    expect(members.find(({ personId }) => personId === dan)?.why.slice(0, 2)).toEqual([
      'You are in “Sparse arrays”, for which you did not wish.',
      'An organiser put you there by hand.',
    ]);
  });
});
