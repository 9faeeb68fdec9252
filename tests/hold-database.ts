// Run as a process of its own, so that a test can kill it: opens the embedded database of the
// directory given, says so, and with `write` adds rows until it is killed, naming each one after
// the database acknowledged it.
import { formatProblem } from '@cairn/kernel/problem';
import { openDatabase } from '../apps/cairn/src/platform/db/open.ts';

const [dataDir = '', activity] = process.argv.slice(2);
const opened = await openDatabase({ dataDir });
if (!opened.ok) {
  process.stdout.write(`refused ${opened.error.code} ${formatProblem(opened.error)}\n`);
  process.exit(2);
}
const { pool } = opened.value;
process.stdout.write('open\n');
if (activity === 'write') {
  await pool.query('create table if not exists acknowledged (id integer primary key)');
  for (let id = 1; ; id++) {
    await pool.query('insert into acknowledged values ($1)', [id]);
    process.stdout.write(`wrote ${id}\n`);
  }
}
// Until it is killed: the open pool alone would let the process end.
setInterval(() => undefined, 1_000_000);
