import { later, pacific, type Stage, type Step } from './stage.ts';

const DAYS = ['2023-05-22', '2023-05-23', '2023-05-24', '2023-05-25', '2023-05-26'];

/** The week in Seattle: who arrived, and who was there on each day. */
export const weekSteps = (stage: Stage): Step[] => [
  { at: pacific('2023-05-21T20:00'), run: () => seen(stage, 'arrival') },
  ...DAYS.map((day) => ({
    at: pacific(`${day}T09:45`),
    run: () => seen(stage, `day:${day}`),
  })),
];

async function seen(stage: Stage, subject: string): Promise<void> {
  for (const player of await stage.seated()) {
    if (player.role.missesDays.some((day) => subject === `day:${day}`)) continue;
    await stage.record(player, { kind: 'presence', subject, source: 'organiser' });
  }
}

/** June to September: what people tell of their tasks. */
export const followUpSteps = (stage: Stage): Step[] =>
  stage.players.flatMap((player, index) =>
    Array.from({ length: player.role.updates }, (_, nth) => ({
      at: later(pacific('2023-05-27T10:00'), 7 + ((index * 5) % 20) + nth * 25),
      run: async () => {
        if (!(await stage.seated()).includes(player)) return;
        const subject = `update:${nth + 1}`;
        await stage.record(
          player,
          { kind: 'update', subject, source: 'self' },
          stage.actor(player.id),
        );
      },
    })),
  );
