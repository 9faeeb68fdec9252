import type { Reader } from '../../../platform/db/database.ts';
import type { LabelMeaning } from './label-rules.ts';

/** A label with what it means here. */
export interface Label {
  readonly label: string;
  readonly meaning: LabelMeaning;
}

/** The labels of some threads, by number. */
export async function labelsOf(
  db: Reader,
  summitId: string,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, readonly Label[]>> {
  if (numbers.length === 0) return new Map();
  const rows = await db
    .selectFrom('planLabel')
    .leftJoin('planLabelMeaning', (join) =>
      join
        .onRef('planLabelMeaning.summitId', '=', 'planLabel.summitId')
        .onRef('planLabelMeaning.label', '=', 'planLabel.label'),
    )
    .select(['planLabel.number', 'planLabel.label', 'planLabelMeaning.meaning'])
    .where('planLabel.summitId', '=', summitId)
    .where('planLabel.number', 'in', numbers)
    .orderBy('planLabel.label')
    .execute();
  const found = new Map<number, Label[]>();
  for (const { number, label, meaning } of rows) {
    found.set(number, [...(found.get(number) ?? []), { label, meaning: meaning ?? 'plain' }]);
  }
  return found;
}

/** A label of a summit: what it means, and on how many threads it is. */
export interface KnownLabel extends Label {
  readonly about: string;
  readonly threads: number;
}

/** Every label of a summit, those that somebody described and those that are only used, by name. */
export async function labelsIn(db: Reader, summitId: string): Promise<KnownLabel[]> {
  const [used, described] = await Promise.all([
    db
      .selectFrom('planLabel')
      .select(['label', (eb) => eb.fn.countAll<number>().as('threads')])
      .where('summitId', '=', summitId)
      .groupBy('label')
      .execute(),
    db
      .selectFrom('planLabelMeaning')
      .select(['label', 'meaning', 'about'])
      .where('summitId', '=', summitId)
      .execute(),
  ]);
  const counts = new Map(used.map(({ label, threads }) => [label, threads]));
  const known = new Map(described.map((row) => [row.label, row]));
  return [...new Set([...counts.keys(), ...known.keys()])]
    .sort((a, b) => a.localeCompare(b, 'en'))
    .map((label) => ({
      label,
      meaning: known.get(label)?.meaning ?? 'plain',
      about: known.get(label)?.about ?? '',
      threads: counts.get(label) ?? 0,
    }));
}
