import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { FileChange } from '../apps/cairn/src/platform/git/repository.ts';
import { tokenOf } from './api.ts';
import { type GitHome, type GitSaid, gitHome, type Listening, listenWith } from './git-client.ts';
import { openPlanDatabase } from './plan-database.ts';
import { storePerson } from './summit.ts';
import type { SummitDatabase } from './summit-database.ts';

/** A topic with nothing to mend. */
export const TOPIC = `---
title: Sparse arrays
state: idea
---

## Problem

Nobody agrees.
`;

/** The address of the plan that tests push to. */
export const PLAN_PATH = '/s/sp_summit_2023/plan.git';

/** A summit with a plan, on a server that listens, and the computer of somebody who comes. */
export interface PlanServer {
  readonly world: SummitDatabase;
  readonly listening: Listening;
  readonly home: GitHome;
  readonly summitId: string;
  /** Comes to the summit. */
  readonly mira: string;
  readonly token: string;
  /** The plan for Git, with a token; Mira's unless said. */
  address(token?: string): string;
  /** Somebody else who comes, with a token. */
  comer(name: string): Promise<{ readonly id: string; readonly token: string }>;
  /** Clones the plan, and gives the folder. */
  clone(from?: string): Promise<string>;
  /** Writes a file into a clone and commits it. */
  commit(folder: string, path: string, content: string | Uint8Array): Promise<void>;
  push(folder: string, ...refs: readonly string[]): Promise<GitSaid>;
  /** Commits to main, as a form in the browser does. */
  change(changes: readonly FileChange[]): Promise<string>;
  proposals(): Promise<
    {
      number: number;
      branch: string;
      head: string;
      version: number;
      state: 'open' | 'merged' | 'closed';
    }[]
  >;
  close(): Promise<void>;
}

/** Opens all of that. */
export async function openPlanServer(): Promise<PlanServer> {
  const world = await openPlanDatabase([
    { path: 'README.md', content: '# The plan\n' },
    { path: 'topics/sparse.md', content: TOPIC },
  ]);
  const { summitId } = world;
  await world.db.updateTable('summit').set({ state: 'announced' }).execute();
  const listening = await listenWith(world.app);
  const home = gitHome();
  const comer: PlanServer['comer'] = async (name) => {
    const id = await storePerson(world.db, name, { summitId, role: 'participant' });
    return { id, token: await tokenOf(world, id) };
  };
  const { id: mira, token } = await comer('Mira');
  const address = (shown = token): string => `${listening.withToken(shown)}${PLAN_PATH}`;
  let clones = 0;
  return {
    world,
    listening,
    home,
    summitId,
    mira,
    token,
    address,
    comer,
    clone: async (from = address()) => {
      clones += 1;
      const folder = `clone-${clones}`;
      const { status, said } = await home.git('.', 'clone', '--quiet', from, folder);
      expect([status, said]).toEqual([0, '']);
      return folder;
    },
    commit: async (folder, path, content) => {
      const file = join(home.directory, folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
      expect((await home.git(folder, 'add', '--all')).said).toBe('');
      expect((await home.git(folder, 'commit', '-qm', `Change ${path}`)).said).toBe('');
    },
    push: (folder, ...refs) => home.git(folder, 'push', 'origin', ...refs),
    change: (changes) => world.changeMain(changes),
    proposals: () =>
      world.db
        .selectFrom('planProposal')
        .select(['number', 'branch', 'head', 'version', 'state'])
        .orderBy('number')
        .execute(),
    close: async () => {
      await listening.close();
      home.remove();
      await world.drop();
    },
  };
}
