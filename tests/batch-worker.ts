// A worker in a process of its own, for a test that kills it: `node batch-worker.ts <database> <smtp>`.
import { BATCH_JOB } from '../apps/cairn/src/features/people/invitations/sending-commands.ts';
import { batchTask } from '../apps/cairn/src/features/people/invitations/sending-task.ts';
import { openKysely } from '../apps/cairn/src/platform/db/database.ts';
import { createPool } from '../apps/cairn/src/platform/db/open.ts';
import { startWorker } from '../apps/cairn/src/platform/jobs/worker.ts';
import { smtpCarrier } from '../apps/cairn/src/platform/mail/carrier.ts';
import { MAIL_JOB } from '../apps/cairn/src/platform/mail/queue.ts';
import { mailTask } from '../apps/cairn/src/platform/mail/send.ts';
import { TEST_URL, testServices } from './services.ts';

const [database = '', smtpUrl = ''] = process.argv.slice(2);
const pool = createPool(database);
const services = testServices(openKysely(pool), { mailGoesOut: true });
const carrier = smtpCarrier({ smtpUrl, from: 'summit@example.org', url: TEST_URL });
await startWorker(pool, {
  [BATCH_JOB]: batchTask(services),
  [MAIL_JOB]: mailTask(services, carrier),
});
