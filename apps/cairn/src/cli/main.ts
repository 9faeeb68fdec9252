import { parseArgs } from 'node:util';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { chooseDataDirectory } from '../platform/db/data-directory.ts';
import { migrate } from '../platform/db/migrate.ts';
import { openDatabase } from '../platform/db/open.ts';

const { positionals } = parseArgs({ allowPositionals: true, strict: false });
if (positionals[0] !== 'serve') {
  process.stderr.write('Usage: cairn serve\n');
  process.exit(2);
}
const directory = chooseDataDirectory(process.env['CAIRN_DATA'], 'data');
if (!directory.ok) refuse(directory.error.sentence);
if (directory.value.note !== undefined) process.stderr.write(`${directory.value.note}\n`);
const database = await openDatabase({
  dataDir: directory.value.path,
  databaseUrl: process.env['DATABASE_URL'],
});
if (!database.ok) refuse(database.error.sentence);
const migrated = await migrate(database.value.pool);
if (!migrated.ok) refuse(migrated.error.sentence);

const app = new Hono().get('/healthz', (context) => context.text('ok'));
const port = Number(process.env['PORT'] ?? 8023);
const hostname = process.env['HOST'] ?? '127.0.0.1';
serve({ fetch: app.fetch, port, hostname }, () => {
  process.stderr.write(`Cairn listens on http://${hostname}:${port}\n`);
});
let isClosing = false;
// A signal often comes twice: from the terminal, and from npm, which passes it on.
const close = (): void => {
  if (isClosing) return;
  isClosing = true;
  void database.value.close().then(() => process.exit(0));
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, close);

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}
