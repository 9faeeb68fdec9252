import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { formGroups, type GroupsFound } from '@cairn/timetable/groups/form-groups';
import { indexGroups } from '@cairn/timetable/groups/index-groups';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { lockSummit } from '../../summits/queries.ts';
import { askedGroups, sizeProblem, usualTopics } from './asked-rules.ts';
import { groupDays, groupFacts } from './fact-queries.ts';
import { type Grouping, groupingOf, knownKeys } from './grouping-queries.ts';
import {
  type AskedGroup,
  type GroupFacts,
  type GroupsAsked,
  groupsProblem,
  notesOn,
} from './problem-rules.ts';
import { settlePlaces } from './settle-commands.ts';
import { spanInWords } from './span-rules.ts';

/** What is asked of new groups. */
export interface Proposal {
  /** The ISO day that they are for; the week where null. */
  readonly date: string | null;
  readonly least: number;
  readonly most: number;
  /** Of so many projects the people of each group should be; 1 when left out. */
  readonly different?: number;
  /** The grouping that they begin from: what was made by hand there is kept. */
  readonly from: string | null;
  /** To move few people away from there. */
  readonly keepsPlaces?: boolean;
  /** Draws lots where nothing else tells two people apart. */
  readonly seed: number;
  /** The numbers of the topics that may become groups; the planned ones when left out. */
  readonly topics?: readonly number[];
}

/**
 * Proposes groups from what people want, as a draft for organisers: nobody else sees it until it is
 * set. Event `grouping.proposed`.
 */
export async function proposeGrouping(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  proposal: Proposal,
): Promise<Result<{ readonly id: string; readonly isOptimal: boolean }, Problem>> {
  const { date, least, most, different = 1, seed, keepsPlaces = false } = proposal;
  const wrong = sizeProblem(least, most);
  if (wrong !== undefined) return fail(wrong);
  const summit = await lockSummit(tx, summitId);
  if (date !== null && !(await groupDays(tx, summit)).includes(date)) {
    const sentence = 'Choose one of the days of the summit, or the whole week.';
    return fail(problem('no-such-day', sentence, { path: 'date' }));
  }
  const before = proposal.from === null ? undefined : await groupingOf(tx, summitId, proposal.from);
  if (proposal.from !== null && before === undefined) {
    const sentence = 'The groups to begin from are gone; choose others, or begin anew.';
    return fail(problem('no-grouping', sentence, { path: 'from' }));
  }
  const facts = await groupFacts(tx, summit, date);
  if (facts.people.length === 0) {
    const sentence = 'Nobody comes yet; propose groups when people have accepted.';
    return fail(problem('nobody-comes', sentence));
  }
  const topics =
    proposal.topics === undefined
      ? usualTopics(facts)
      : facts.topics.filter(({ number }) => proposal.topics?.includes(number));
  const groups = askedGroups(topics, before?.groups ?? [], await knownKeys(tx, summitId));
  if (groups.length === 0) {
    const sentence = 'Choose topics that may become groups; none of the plan is open and chosen.';
    return fail(problem('no-topics', sentence, { path: 'topics' }));
  }
  const asked: GroupsAsked = {
    groups,
    least,
    most,
    different,
    places: before?.members ?? [],
    keepsPlaces,
  };
  const indexed = indexGroups(groupsProblem(facts, asked));
  if (!indexed.ok) {
    const [first = problem('no-groups', 'No groups can be made of this.')] = indexed.error;
    return fail(problem(first.code, first.sentence));
  }
  const found = formGroups(indexed.value, { seed });
  const { id } = await tx
    .insertInto('grouping')
    .values({
      summitId,
      title: titleFor(date),
      date,
      least,
      most,
      different,
      keepsPlaces,
      fromId: before?.id ?? null,
      seed,
      statement: JSON.stringify([...found.statement, ...notesOn(facts, asked)]),
      createdAt: actor.now,
      createdBy: actor.personId ?? null,
      setAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await storeGroups(tx, id, groups);
  await storeMembers(tx, id, { facts, found, before });
  await settlePlaces(tx, summit, id, facts);
  await recordEvent(tx, actor, {
    kind: 'grouping.proposed',
    summitId,
    data: {
      grouping: id,
      date,
      people: facts.people.length,
      groups: found.groups.length,
      seed,
      optimal: found.isOptimal,
    },
  });
  return ok({ id, isOptimal: found.isOptimal });
}

const titleFor = (date: string | null): string => `Groups for ${spanInWords(date)}`;

/** Writes groups that may come about, with who must be in them. */
async function storeGroups(
  tx: Tx,
  groupingId: string,
  groups: readonly AskedGroup[],
): Promise<void> {
  const rows = await tx
    .insertInto('workGroup')
    .values(
      groups.map(({ key, title, topicNumber, least, most, isPinned }, position) => ({
        groupingId,
        key,
        title,
        topicNumber,
        least,
        most,
        isPinned,
        position,
      })),
    )
    .returning(['id', 'key'])
    .execute();
  const ids = new Map(rows.map(({ id, key }) => [key, id]));
  const needed = groups.flatMap(({ key, needed: people }) =>
    people.map((personId) => ({ groupId: ids.get(key) ?? '', personId })),
  );
  if (needed.length > 0) await tx.insertInto('groupNeeded').values(needed).execute();
}

/** Writes where everybody is. What was done by hand before stays so: pins, opting out, who leads. */
async function storeMembers(
  tx: Tx,
  groupingId: string,
  {
    facts,
    found,
    before,
  }: {
    readonly facts: GroupFacts;
    readonly found: GroupsFound;
    readonly before: Grouping | undefined;
  },
): Promise<void> {
  const rows = await tx
    .selectFrom('workGroup')
    .select(['id', 'key'])
    .where('groupingId', '=', groupingId)
    .execute();
  const ids = new Map(rows.map(({ id, key }) => [key, id]));
  const placed = new Map(
    found.groups.flatMap(({ topic, people }) => people.map((each) => [each, topic] as const)),
  );
  const earlier = new Map(before?.members.map((member) => [member.personId, member]));
  const members = facts.people.map(({ id: personId, isAway }) => {
    const key = placed.get(personId);
    const was = earlier.get(personId);
    const isOut = isAway || (was?.isOut === true && was.isPinned);
    const isKept = was?.isPinned === true && (was.isOut || (key !== undefined && was.key === key));
    const isSameLead = was?.isLeadSet === true && was.key === key && key !== undefined;
    return {
      groupingId,
      personId,
      groupId: key === undefined ? null : (ids.get(key) ?? null),
      isOut,
      isPinned: isKept,
      cameBy: isKept ? was.cameBy : ('search' as const),
      isLead: isSameLead && was.isLead,
      isLeadSet: isSameLead,
    };
  });
  await tx.insertInto('groupMember').values(members).execute();
}
