import { readFile } from 'node:fs/promises';
import { text as readStream } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { z } from 'zod';
import { errorCode } from '../platform/db/error-code.ts';
import { findServer } from './client.ts';
import { EXIT } from './command.ts';
import { couldNot, printJson } from './output.ts';
import { messageOf } from './text-file.ts';

const takenSchema = z.object({
  items: z.array(z.looseObject({ sentence: z.string() })),
  is_bad_news: z.boolean(),
});

/**
 * `cairn calendar reply FILE|-`: hands a mail by which a calendar program answers an invitation to
 * the running server, so that any mail server can pipe such mails in.
 */
export async function calendarReply(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const { json } = values;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    const sentence = 'Name one mail, or - for standard input: cairn calendar reply reply.eml';
    return couldNot([problem('usage', sentence)], json);
  }
  const mail = await readMail(file);
  if (!mail.ok) return couldNot([mail.error], json);
  const server = findServer(process.env);
  if (!server.ok) return couldNot(server.error, json);
  const sent = await server.value.ask('/calendar/replies', {
    method: 'POST',
    body: mail.value,
    headers: { 'content-type': 'message/rfc822' },
  });
  if (!sent.ok) return couldNot(sent.error.problems, json);
  const taken = takenSchema.parse(await sent.value.json());
  if (json) printJson({ ok: !taken.is_bad_news, items: taken.items });
  else for (const { sentence } of taken.items) process.stdout.write(`${sentence}\n`);
  return taken.is_bad_news ? EXIT.badNews : EXIT.done;
}

/**
 * A mail's bytes as text. What is read of it is ASCII or says how it is encoded, so a byte that is no
 * UTF-8 does no harm.
 */
async function readMail(file: string): Promise<Result<string, Problem>> {
  try {
    return ok(file === '-' ? await readStream(process.stdin) : await readFile(file, 'utf8'));
  } catch (error) {
    const sentence =
      errorCode(error) === 'ENOENT'
        ? 'There is no such file.'
        : `This file cannot be read (${messageOf(error)}).`;
    return fail(problem('unreadable', sentence, { file }));
  }
}
