import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPlanServer, type PlanServer } from '../../../../../../tests/plan-server.ts';
import { testGit, testServices } from '../../../../../../tests/services.ts';
import { runGit } from '../../../platform/git/run.ts';
import { clearLeftovers, clearUnfinished, sizeOf } from '../../../platform/git/upkeep.ts';
import { upkeepOf } from './upkeep-queries.ts';
import { upkeepTask } from './upkeep-task.ts';

let server: PlanServer;
beforeAll(async () => {
  server = await openPlanServer();
});
afterAll(() => server.close());

const repository = () => testGit.plan(server.summitId);
const look = () => {
  const task = upkeepTask(testServices(server.world.db, { clock: server.world.clock }));
  return task({ summit: server.summitId }, { number: 1, isLast: false });
};

describe('the upkeep of a repository', () => {
  test('packs what lies loose, loses nothing that nothing points to, and says the size', async () => {
    const { directory } = repository();
    const hashes: string[] = [];
    for (let n = 0; n < 220; n += 1) {
      const { output } = await runGit(directory, ['hash-object', '-w', '--stdin'], {
        input: `lost ${n}`,
      });
      hashes.push(output.toString('utf8').trim());
    }
    await look();
    expect(await sizeOf(repository())).toMatchObject({ looseObjects: 0, packs: 1 });
    expect((await repository().blobs(hashes)).size).toBe(220);
    const upkeep = await upkeepOf(server.world.db, server.summitId);
    expect(upkeep).toMatchObject({ damage: null, checkedAt: server.world.clock.now() });
    expect(upkeep?.bytes).toBeGreaterThan(0);
    expect((await server.home.git('.', 'ls-remote', server.address())).status).toBe(0);
  });

  test('says what is broken, to organisers too', async () => {
    const { directory } = repository();
    await writeFile(join(directory, 'refs', 'heads', 'broken'), `${'3'.repeat(40)}\n`);
    server.world.clock.set(server.world.clock.now().add({ hours: 24 }));
    await look();
    const { damage } = (await upkeepOf(server.world.db, server.summitId)) ?? {};
    expect(damage).toContain('3333333333');
    const page = await server.world.get('/s/sp_summit_2023/organise/planning');
    expect(await page.text()).toContain('The repository is damaged.');
  });
});

test('what killed processes left is cleared once nobody can be at it any more', async () => {
  const { directory } = repository();
  const left = [
    'index.0a1b2c3d',
    'index.0a1b2c3d.lock',
    'packed-refs.lock',
    'refs/heads/mira/x.lock',
    'objects/tmp_objdir-incoming-x',
    'objects/pack/tmp_pack_x',
  ];
  const old = new Date(Date.now() - 48 * 3600_000);
  for (const path of left) {
    const file = join(directory, path);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, '');
  }
  expect(await clearLeftovers(repository())).toBe(0);
  for (const path of left) await utimes(join(directory, path), old, old);
  const making = `${directory}.0a1b2c3d-0000-4000-8000-000000000000`;
  await mkdir(making);
  await utimes(making, old, old);
  expect(await clearLeftovers(repository())).toBe(left.length);
  await clearUnfinished(testGit.directory);
  expect((await readdir(testGit.directory)).some((name) => making.endsWith(name))).toBe(false);
});
