import { createHash } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { callEntry } from '@cairn/formats/call-entry';
import { formatIcal } from '@cairn/formats/ical';
import type { CallCalendar } from '@cairn/formats/yaml2ics';
import { formatProblem, problem } from '@cairn/kernel/problem';
import { type Instant, Temporal } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import type { ReadCalendarFile } from './calendar-command.ts';
import { EXIT, say } from './command.ts';
import { couldNot, printJson } from './output.ts';
import { messageOf } from './text-file.ts';

/** `cairn calendar export FILE [--out FILE]`: the calendar as iCalendar text. */
export async function exportCalendar(
  args: readonly string[],
  readCalendar: ReadCalendarFile,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false }, out: { type: 'string' } },
    allowPositionals: true,
  });
  const { json, out } = values;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    const sentence = 'Name one file: cairn calendar export calls.yaml';
    return couldNot([problem('usage', sentence)], json);
  }
  const read = await readCalendar(file);
  if (!read.ok) return couldNot(read.error, json);
  const { calendar, problems, notes } = read.value;
  // A feed from which a call is missing takes it out of everybody's calendar.
  if (problems.length > 0) return couldNot(problems, json);
  for (const each of notes) say(formatProblem(each));
  const { mtimeMs } = await stat(file);
  const ics = icalOf(calendar, Temporal.Instant.fromEpochMilliseconds(Math.floor(mtimeMs)));
  const calls = calendar.events.length;
  if (out !== undefined) {
    try {
      await writeFile(out, ics);
    } catch (error) {
      const sentence = `This file cannot be written (${messageOf(error)}).`;
      return couldNot([problem('unwritable', sentence, { file: out })], json);
    }
    say(`${out} holds ${counted(calls, 'call')}.`);
  }
  if (json) printJson({ ok: true, file, calls, ...(out === undefined ? { ics } : { out }) });
  else if (out === undefined) process.stdout.write(ics);
  return EXIT.done;
}

/**
 * A call is known by its calendar's name, its own and its number among those of that name, so that
 * it stays the same when its time or its place in the file changes. The file's own time of change
 * makes the sequence rise.
 */
function icalOf({ name, events }: CallCalendar, lastModified: Instant): string {
  const seen = new Map<string, number>();
  const sequence = Math.floor(lastModified.epochMilliseconds / 60_000);
  const entries = events.map((event) => {
    const number = (seen.get(event.summary) ?? 0) + 1;
    seen.set(event.summary, number);
    const hash = createHash('sha256').update(JSON.stringify([name, event.summary, number]));
    const uid = `${hash.digest('hex').slice(0, 32)}@calls.cairn`;
    return callEntry(event, { uid, sequence, lastModified });
  });
  return formatIcal({ prodId: '-//Cairn//calls//EN', name, refresh: 720, entries });
}
