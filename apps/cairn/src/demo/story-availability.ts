import { sayAvailability } from '../features/dates/availability/availability-commands.ts';
import { sayTracks } from '../features/meetings/times/times-commands.ts';
import { changeDetails } from '../features/people/accounts/account-commands.ts';
import { selfIn } from '../features/people/rights.ts';
import { later, type Player, pacific, type Stage, type Step } from './stage.ts';

/** February: people say where they live, when they can join calls, and what they care for. */
export const availabilitySteps = (stage: Stage): Step[] =>
  stage.players.map((player, index) => ({
    at: later(pacific('2023-02-01T08:00'), (index * 5) % 10, index % 8),
    run: () => sayHabits(stage, player),
  }));

async function sayHabits(stage: Stage, { id, role }: Player): Promise<void> {
  const seated = await stage.seated();
  if (!seated.some((player) => player.id === id)) return;
  const self = selfIn(stage.summitId, { personId: id });
  const { cells, entry, tracks, zone } = role;
  await stage.do((tx) =>
    changeDetails(tx, stage.actor(id), { personId: id }, { name: entry.name, zone }),
  );
  if (cells === undefined) return;
  await stage.do((tx) => sayAvailability(tx, stage.actor(id), self, { zone, cells }));
  await stage.do((tx) =>
    sayTracks(
      tx,
      stage.actor(id),
      self,
      tracks.map((track, rank) => ({ track, level: rank === 0 ? 'work' : 'learn', why: '' })),
    ),
  );
}
