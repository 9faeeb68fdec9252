import { parseYaml } from '@cairn/formats/yaml-document';
import { type Problem, problem } from '@cairn/kernel/problem';
import { expectOk, fail, ok, type Result } from '@cairn/kernel/result';
import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import { promiseBoard } from '../../people/promises/obligation-queries.ts';
import type { Standing } from '../../people/promises/obligation-rules.ts';
import type { Organiser } from '../../people/rights.ts';
import { type Summit, summitSource } from '../../summits/queries.ts';
import { validSummitSchema } from '../../summits/rules.ts';
import type { SeriesEdit } from './series-edit-rules.ts';
import { type StandingChange, type Standings, standingChanges } from './standing-change-rules.ts';

/**
 * What a change to the series would do to everybody’s promises about meetings, before it is made. The
 * problem when the change cannot be made.
 */
export async function previewSeries(
  db: Reader,
  organiser: Organiser,
  summit: Summit,
  edit: SeriesEdit,
  now: Instant,
): Promise<Result<readonly StandingChange[], Problem>> {
  // The source was valid when it was stored.
  const document = expectOk(parseYaml(await summitSource(db, summit.id), 'summit.yaml'));
  const edited = edit(document.value);
  if (!edited.ok) return edited;
  const checked = validSummitSchema.safeParse(edited.value);
  if (!checked.success) {
    const [first] = checked.error.issues;
    return fail(problem('invalid-definition', asSentence(first?.message ?? 'this cannot be')));
  }
  const before = await standingsOf(db, organiser, summit, now);
  const after = await standingsOf(db, organiser, { ...summit, definition: checked.data }, now);
  return ok(standingChanges(before, after));
}

const asSentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

async function standingsOf(
  db: Reader,
  organiser: Organiser,
  summit: Summit,
  now: Instant,
): Promise<Standings> {
  const board = await promiseBoard(db, organiser, summit, now);
  return new Map(
    board.flatMap(({ personId, promises }) =>
      promises
        .filter(({ rule }) => rule.kind === 'attend')
        .map(({ key, forecast }): [string, Standing] => [`${personId} ${key}`, forecast.standing]),
    ),
  );
}
