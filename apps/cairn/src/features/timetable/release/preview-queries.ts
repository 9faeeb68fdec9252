import type { Reader } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { type Draft, type DraftRow, draftOf, draftsOf } from '../drafts/draft-queries.ts';
import { checkPlacements } from '../solving/check-rules.ts';
import { timetableFacts } from '../solving/facts-queries.ts';
import { changesBetween, type VersionChanges } from './change-rules.ts';
import { contentOf } from './content-rules.ts';
import type { TimetableContent } from './content-schema.ts';
import { openSessions, releasedContent } from './current-queries.ts';
import { type Release, releasesOf } from './release-queries.ts';
import type { Tell } from './release-schema.ts';
import { agendaMarks, toldReaders } from './told-queries.ts';
import { type ToldPerson, toldPeople } from './told-rules.ts';
import { type WarningKind, warningsOf } from './warning-rules.ts';

/** What a release would be, before it is made. */
export interface ReleasePreview {
  readonly draft: Draft;
  readonly version: number;
  readonly content: TimetableContent;
  readonly changes: VersionChanges;
  readonly before: TimetableContent | undefined;
  readonly warnings: readonly WarningKind[];
  /** Who hears of it, and exactly what. */
  readonly told: readonly ToldPerson[];
}

export interface AskedRelease {
  readonly draft: string;
  readonly name: string;
  readonly note: string;
  readonly tell: Tell;
}

/** Drafts and versions to choose from, and the preview of the one that is chosen; none without a draft. */
export async function releasePreview(
  db: Reader,
  summit: Summit,
  organiser: Organiser,
  asked: AskedRelease,
): Promise<{
  readonly drafts: readonly DraftRow[];
  readonly releases: readonly Release[];
  readonly preview: ReleasePreview | undefined;
}> {
  const drafts = await draftsOf(db, organiser);
  const releases = await releasesOf(db, summit.id);
  // One that is gone is no reason to lose what was typed: the first is looked at instead.
  const draft =
    (await draftOf(db, summit.id, asked.draft)) ??
    (await draftOf(db, summit.id, drafts[0]?.id ?? ''));
  const facts = draft && (await timetableFacts(db, summit, organiser));
  if (draft === undefined || facts === undefined) return { drafts, releases, preview: undefined };
  const [latest] = releases;
  const before = latest && (await releasedContent(db, summit.id, latest));
  const version = (latest?.version ?? 0) + 1;
  const content = contentOf(facts, draft);
  const { tell } = asked;
  const told = toldPeople(
    {
      ...{ title: summit.definition.title, version, before, after: content, tell },
      ...{ name: asked.name || `Version ${version}`, note: asked.note, by: organiser.personId },
    },
    await toldReaders(db, summit.id),
    await agendaMarks(db, summit.id),
  );
  const warnings = warningsOf({
    ...{ content, before, told, tell },
    breaks: checkPlacements(facts, draft.placements).breaks,
    open: await openSessions(db, summit.id),
    closures: facts.frame.closures,
  });
  const changes = changesBetween(before, content);
  return {
    drafts,
    releases,
    preview: { draft, version, content, before, changes, warnings, told },
  };
}
