import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Reader, Tx } from '../../../platform/db/database.ts';
import { type FolderRule, rulesFor } from '../documents/plan-rules.ts';
import { type TopicDocument, writeTopic } from '../documents/topic-rules.ts';
import { commitToMain, lockMain, type PlanServices } from '../repository/main-commands.ts';
import { refusedByLock } from '../threads/edit-commands.ts';
import { handlesOf } from '../threads/handle-queries.ts';
import type { Member } from '../threads/member-rights.ts';
import { noPlan, noThread, type ThreadPlace } from '../threads/thread-commands.ts';
import { peopleNamed } from './people-queries.ts';
import type { TopicPart } from './state-rules.ts';
import { isOf } from './topic-facts-rules.ts';
import { readTopicForm, type TopicForm, type TopicSaid } from './topic-form-rules.ts';
import { rulesOf, type Topic, topicOf } from './topic-queries.ts';

/** What was refused about a form: everything at once. */
export interface RefusedTopic extends Problem {
  readonly all?: readonly Problem[];
}

/** Everything that was refused about a form, for its fields. */
export const allOf = (refused: RefusedTopic): readonly Problem[] => refused.all ?? [refused];

/** Whether the rules of the folder let somebody change a topic's document at once. */
export const mayChangeAtOnce = (rule: FolderRule, { isOfIt, isOrganiser }: TopicPart): boolean =>
  rule.direct === 'anyone' || (rule.direct === 'authors' && (isOfIt || isOrganiser));

/** What somebody is to a topic. */
export async function partIn(
  db: Reader,
  topic: Pick<Topic, 'facts' | 'number'>,
  { self, organiser }: Member,
): Promise<TopicPart> {
  const handle = (await handlesOf(db, [self.personId])).get(self.personId);
  const thread = await db
    .selectFrom('planThread')
    .select('authorId')
    .where('summitId', '=', self.summitId)
    .where('number', '=', topic.number)
    .executeTakeFirst();
  return {
    isOfIt: isOf(topic.facts, handle) || thread?.authorId === self.personId,
    isOrganiser: organiser !== undefined,
  };
}

/** A topic that is held for a change, with its document. */
export interface HeldTopic {
  readonly topic: Topic;
  readonly says: TopicDocument;
  readonly source: string;
  readonly part: TopicPart;
}

/** A topic with main held, for whoever may write in it now. */
export async function heldTopic(
  tx: Tx,
  member: Member,
  number: number,
): Promise<Result<HeldTopic, RefusedTopic>> {
  const place: ThreadPlace = { summitId: member.self.summitId, number };
  if ((await lockMain(tx, place.summitId)) === undefined) return fail(noPlan());
  const topic = await topicOf(tx, place);
  if (topic === undefined) return fail(noThread(number));
  const closed = await refusedByLock(tx, place, member);
  if (closed !== undefined) return fail(closed);
  if (topic.duplicateOf !== null) {
    const sentence = `Topic #${number} was merged into #${topic.duplicateOf}; go on there.`;
    return fail(problem('topic-merged', sentence));
  }
  const { document, says } = topic;
  if (document === undefined || says === undefined) {
    const sentence = 'The document of this topic was taken away; write it anew by a proposal.';
    return fail(problem('no-document', sentence));
  }
  return ok({ topic, says, source: document.source, part: await partIn(tx, topic, member) });
}

/** The same for whoever may change its document at once. */
export async function changeableTopic(
  tx: Tx,
  member: Member,
  number: number,
): Promise<Result<HeldTopic, RefusedTopic>> {
  const held = await heldTopic(tx, member, number);
  if (!held.ok) return held;
  const { topic, part } = held.value;
  const rule = rulesFor(await rulesOf(tx, member.self.summitId), topic.path);
  if (mayChangeAtOnce(rule, part)) return held;
  const sentence = 'Changes of this document are proposed and reviewed; propose yours.';
  return fail(problem('needs-proposal', sentence));
}

/** Puts what a topic's document says from now on onto main. */
export async function writeDocument(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  { self }: Member,
  { path }: Topic,
  source: string,
  next: TopicDocument,
  message: string,
): Promise<Result<void, Problem>> {
  const changes = [{ path, content: writeTopic(source, next) }];
  const committed = await commitToMain(tx, services, actor, self.summitId, { changes, message });
  return committed.ok ? ok(undefined) : committed;
}

/** What a form says with people by their handles; names in `known` are taken as they are. */
export async function readSaid(
  tx: Tx,
  summitId: string,
  form: TopicForm,
  known: ReadonlySet<string>,
): Promise<
  Result<Omit<TopicSaid, 'lead' | 'people'> & Pick<TopicDocument, 'lead' | 'people'>, RefusedTopic>
> {
  const { said, problems } = readTopicForm(form);
  const all = [...problems];
  const lead = await peopleNamed(tx, summitId, said.lead === undefined ? [] : [said.lead], known);
  const people = await peopleNamed(tx, summitId, said.people, known);
  if (!lead.ok) all.push({ ...lead.error, place: { path: 'lead' } });
  if (!people.ok) all.push({ ...people.error, place: { path: 'people' } });
  if (all.length > 0 || !lead.ok || !people.ok) return refusedWith(all);
  return ok({ ...said, lead: lead.value[0], people: people.value });
}

/** Refuses a form with all that is wrong with it. */
export function refusedWith(all: readonly Problem[]): Result<never, RefusedTopic> {
  const [first] = all;
  if (first === undefined) throw new Error('nothing was wrong');
  return fail({ ...first, all });
}
