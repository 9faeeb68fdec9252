import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { validSummitSchema } from '../apps/cairn/src/features/summits/rules.ts';
import type { SummitDefinition } from '../apps/cairn/src/features/summits/schema.ts';
import { SEED_FILE } from '../tests/summit.ts';

/** The day of the founding summit's life on which a bench plays: amid the planning meetings. */
const PLANNING = Date.parse('2023-03-27T00:00:00Z');
const DAY_MS = 86_400_000;

/**
 * The founding summit, moved by whole weeks so that today is amid its planning meetings: the server
 * then runs on the real clock, as outside the demo.
 */
export function summitNow(slug: string, seats: number): SummitDefinition {
  const days = Math.round((Date.now() - PLANNING) / DAY_MS / 7) * 7;
  const moved = (date: string): string =>
    new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
  const text = readFileSync(SEED_FILE, 'utf8')
    .replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, moved)
    // A month alone: that of its middle.
    .replaceAll(
      /\b(month: )(\d{4}-\d{2})\b/g,
      (_, label, month) => label + moved(`${month}-15`).slice(0, 7),
    );
  const parsed = validSummitSchema.safeParse(parse(text));
  if (!parsed.success) throw new Error('the moved summit is not valid', { cause: parsed.error });
  return { ...parsed.data, slug, seats: { planned: seats, ceiling: seats } };
}
