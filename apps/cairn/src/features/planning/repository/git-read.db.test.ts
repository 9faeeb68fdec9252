import { gzipSync } from 'node:zlib';
import { expectOk } from '@cairn/kernel/result';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { tokenOf } from '../../../../../../tests/api.ts';
import { openPlanServer, PLAN_PATH, type PlanServer } from '../../../../../../tests/plan-server.ts';
import { testGit } from '../../../../../../tests/services.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { revokeToken } from '../../people/accounts/token-commands.ts';
import { oneself } from '../../people/own-data/own-data-queries.ts';

let server: PlanServer;
beforeAll(async () => {
  server = await openPlanServer();
});
afterAll(() => server.close());
afterEach(async () => {
  await server.world.db.updateTable('planRepository').set({ readers: 'everyone' }).execute();
  await server.world.db.updateTable('summit').set({ state: 'announced' }).execute();
});

const open = (): string => `${server.listening.address}${PLAN_PATH}`;
const listed = async (address: string, ...options: readonly string[]) =>
  server.home.git('.', ...options, 'ls-remote', address, 'refs/heads/main');

describe('a plan that everybody may read', () => {
  test('is cloned without a token, by each version of the protocol', async () => {
    for (const version of ['0', '1', '2']) {
      const options = ['-c', `protocol.version=${version}`, 'clone', '-q', open(), `v${version}`];
      expect((await server.home.git('.', ...options)).said).toBe('');
      const { said } = await server.home.git(`v${version}`, 'log', '--format=%s by %an');
      expect([version, said]).toEqual([version, 'Begin the plan by Cairn\n']);
    }
  });

  test('is cloned in part, and what is left out is fetched when it is looked at', async () => {
    const { home } = server;
    expect((await home.git('.', 'clone', '-q', '--depth=1', open(), 'shallow')).said).toBe('');
    const partial = ['clone', '-q', '--no-checkout', '--filter=blob:none', open(), 'partial'];
    expect((await home.git('.', ...partial)).said).toBe('');
    expect((await home.git('partial', 'show', 'HEAD:README.md')).said).toBe('# The plan\n');
    const sparse = [
      'clone',
      '-q',
      '--no-checkout',
      '--filter=sparse:oid=HEAD:README.md',
      open(),
      'x',
    ];
    expect((await home.git('.', ...sparse)).status).not.toBe(0);
  });

  test('is fetched as main stands at that moment', async () => {
    const folder = await server.clone();
    const commit = await server.change([{ path: 'README.md', content: '# The plan, anew\n' }]);
    expect((await server.home.git(folder, 'pull', '--quiet')).said).toBe('');
    expect((await server.home.git(folder, 'rev-parse', 'HEAD')).said).toBe(`${commit}\n`);
  });

  test('answers what was packed with gzip', async () => {
    const { oid } = { oid: (await listed(open())).said.slice(0, 40) };
    const line = `want ${oid} no-progress\n`;
    const body = `${(line.length + 4).toString(16).padStart(4, '0')}${line}00000009done\n`;
    const answer = await fetch(`${open()}/git-upload-pack`, {
      method: 'POST',
      body: gzipSync(body),
      headers: {
        'content-type': 'application/x-git-upload-pack-request',
        'content-encoding': 'gzip',
      },
    });
    expect(answer.status).toBe(200);
    const pack = Buffer.from(await answer.arrayBuffer());
    expect(pack.subarray(0, 12).toString('latin1')).toBe('0008NAK\nPACK');
    const torn = await fetch(`${open()}/git-upload-pack`, {
      method: 'POST',
      body: 'no gzip at all',
      headers: {
        'content-type': 'application/x-git-upload-pack-request',
        'content-encoding': 'gzip',
      },
    });
    expect(await torn.text()).toBe('');
    await expect.poll(() => testGit.running()).toBe(0);
  });

  test('shows whoever opens its address in a browser the plan', async () => {
    const answer = await fetch(open(), { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      '/s/sp_summit_2023/plan',
    ]);
    expect((await fetch(`${open()}/HEAD`)).status).toBe(404);
    expect((await fetch(`${open()}/info/refs`)).status).toBe(403);
    const head = `${open()}/info/refs?service=git-upload-pack`;
    expect((await fetch(head, { method: 'HEAD' })).status).toBe(403);
  });

  test('does not take the post of a page', async () => {
    const answer = await fetch(`${open()}/git-receive-pack`, { method: 'POST', body: 'x=1' });
    expect(answer.status).toBe(415);
  });
});

describe('a token', () => {
  test('that is not known, was revoked or has expired is told apart', async () => {
    // Git shows a token only where it is asked for one.
    await server.world.db.updateTable('planRepository').set({ readers: 'participants' }).execute();
    const wrong = await listed(server.address('cairn_not-a-token'));
    expect(wrong.said).toContain('remote: This token is not known here; copy it whole');
    const { id, token } = await server.comer('Rev');
    expect((await listed(server.address(token))).status).toBe(0);
    const own = oneself({ personId: id });
    const { id: key } = await server.world.db
      .selectFrom('apiToken')
      .select('id')
      .where('personId', '=', id)
      .executeTakeFirstOrThrow();
    expectOk(
      await inTransaction(server.world.db, (tx) => revokeToken(tx, server.world.actor, own, key)),
    );
    expect((await listed(server.address(token))).said).toContain(
      'remote: This token was revoked; make another one.',
    );
  });

  test('may stand in the name’s place, or in a header', async () => {
    const named = open().replace('http://', `http://${server.token}:@`);
    expect((await listed(named)).status).toBe(0);
    const answer = await fetch(`${open()}/info/refs?service=git-receive-pack`, {
      headers: { authorization: `Bearer ${server.token}` },
    });
    expect(answer.status).toBe(200);
    await answer.arrayBuffer();
  });
});

describe('a plan that those who take part may read', () => {
  test('asks everybody else for a token, and tells a stranger why it is not enough', async () => {
    await server.world.db.updateTable('planRepository').set({ readers: 'participants' }).execute();
    const nobody = await fetch(`${open()}/info/refs?service=git-upload-pack`);
    expect([nobody.status, nobody.headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="Cairn plan", charset="UTF-8"',
    ]);
    expect((await listed(server.address())).status).toBe(0);
    const stranger = await tokenOf(server.world, server.world.stranger);
    expect((await listed(server.address(stranger))).said).toContain(
      'remote: This plan is read by those who take part in its summit only.',
    );
    const narrow = await tokenOf(server.world, server.mira, ['write:plan']);
    expect((await listed(server.address(narrow))).said).toContain(
      'remote: This token may not read plans; make one with read:plan at http://cairn.test/me/tokens',
    );
  });

  test('is not there at all for strangers while its summit is a draft', async () => {
    await server.world.db.updateTable('summit').set({ state: 'draft' }).execute();
    const draft = await fetch(`${open()}/info/refs?service=git-upload-pack`);
    const nothing = await fetch(
      `${server.listening.address}/s/no_such/plan.git/info/refs?service=git-upload-pack`,
    );
    expect([draft.status, await draft.text()]).toEqual([nothing.status, await nothing.text()]);
    expect(draft.status).toBe(401);
    const stranger = await tokenOf(server.world, server.world.stranger);
    expect((await listed(server.address(stranger))).said).toContain('not yours to see');
    expect((await listed(server.address())).status).toBe(0);
  });
});
