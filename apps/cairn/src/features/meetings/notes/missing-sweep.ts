import { ok } from '@cairn/kernel/result';
import { inTransaction, jobActor } from '../../../platform/db/command.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { allSummits } from '../../summits/queries.ts';
import { askForNotes } from './missing-commands.ts';

/** Asks for notes that are missing some days after their call. */
export const missingNotesSweep: Sweep = {
  name: 'notes-missing',
  everySeconds: 3600,
  run: async ({ db, clock }) => {
    for (const summit of await allSummits(db)) {
      if (summit.state !== 'announced') continue;
      const actor = jobActor(clock.now());
      await inTransaction(db, async (tx) => ok(await askForNotes(tx, actor, summit)));
    }
  },
};
