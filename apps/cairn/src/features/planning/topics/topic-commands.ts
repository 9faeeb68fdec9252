import { problem } from '@cairn/kernel/problem';
import { expectOk, fail, ok, type Result } from '@cairn/kernel/result';
import { dateIn, parseZone } from '@cairn/kernel/time';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { TopicState } from '../documents/kind-schema.ts';
import { rulesFor } from '../documents/plan-rules.ts';
import { type TopicDocument, writeTopic } from '../documents/topic-rules.ts';
import { openProposal } from '../proposals/version-commands.ts';
import { commitToMain, lockMain, type PlanServices } from '../repository/main-commands.ts';
import { cairnSignature, signatureOf } from '../repository/signature-queries.ts';
import { handleOf } from '../threads/handle-commands.ts';
import type { Member } from '../threads/member-rights.ts';
import { noPlan } from '../threads/thread-commands.ts';
import { whyNotMove } from './state-rules.ts';
import { formOf, freePath, mergeForms, type TopicForm } from './topic-form-rules.ts';
import {
  changeableTopic,
  heldTopic,
  type RefusedTopic,
  readSaid,
  refusedWith,
  writeDocument,
} from './topic-hold-commands.ts';
import { rulesOf, topicIn, topicRowAt } from './topic-queries.ts';

/** What became of a wish to open a topic: it is there, or a proposal to open it is. */
export type Opened =
  | { readonly kind: 'topic'; readonly number: number }
  | { readonly kind: 'proposal'; readonly number: number };

/**
 * Opens a topic: a document on main in the name of whoever opens it, or a proposal where the rules of
 * the plan let nobody write topics at once. `zone` is the summit's, for the day that it says.
 */
export async function openTopic(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  { self }: Member,
  form: TopicForm,
  zone: string,
): Promise<Result<Opened, RefusedTopic>> {
  const { summitId, personId } = self;
  const head = await lockMain(tx, summitId);
  if (head === undefined) return fail(noPlan());
  const read = await readSaid(tx, summitId, form, new Set());
  if (!read.ok) return read;
  const taken = await tx
    .selectFrom('planDocument')
    .select('path')
    .where('summitId', '=', summitId)
    .where('path', 'like', 'topics/%')
    .union(tx.selectFrom('planTopic').select('path').where('summitId', '=', summitId))
    .execute();
  const path = freePath(read.value.title, new Set(taken.map((row) => row.path)));
  const topic: TopicDocument = {
    ...read.value,
    state: 'idea',
    opened: dateIn(actor.now, expectOk(parseZone(zone))).toString(),
    by: await handleOf(tx, personId),
    rest: '',
  };
  const changes = [{ path, content: writeTopic(undefined, topic) }];
  const message = `Open the topic “${topic.title}”`;
  if (rulesFor(await rulesOf(tx, summitId), path).direct === 'nobody') {
    const commit = await services.git.plan(summitId).commit({
      parents: [head],
      changes,
      author: await signatureOf(tx, services.url, personId, actor.now),
      committer: cairnSignature(services.url, actor.now),
      message: `${message}\n`,
    });
    const proposed = await openProposal(tx, services, actor, {
      summitId,
      branch: path.replace(/\.md$/, ''),
      head: commit,
      title: message,
      body: '',
    });
    return proposed.ok ? ok({ kind: 'proposal', number: proposed.value.number }) : proposed;
  }
  const committed = await commitToMain(tx, services, actor, summitId, { changes, message });
  if (!committed.ok) return committed;
  const row = await topicRowAt(tx, summitId, path);
  if (row === undefined) throw new Error(`main was moved, and ${path} has no topic`);
  return ok({ kind: 'topic', number: row.number });
}

/** A change of a topic by its form, made from one state of its document. */
export interface TopicEdit {
  readonly form: TopicForm;
  /** The blob of the document that the form was made from. */
  readonly base: string;
}

/**
 * Changes what a topic's document says, by its people and organisers, at once. What others changed
 * since the form was made stays; where both changed the same, the form comes back.
 */
export async function editTopic(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  member: Member,
  number: number,
  { form, base }: TopicEdit,
): Promise<Result<void, RefusedTopic>> {
  const found = await changeableTopic(tx, member, number);
  if (!found.ok) return found;
  const { topic, says, source } = found.value;
  let wanted = form;
  if (base !== '' && base !== topic.document?.blob) {
    const before = await earlierForm(services, member.self.summitId, topic.path, base);
    const { merged, clashes } = mergeForms(before ?? formOf(says), form, formOf(says));
    if (clashes.length > 0) {
      const all = clashes.map((field) =>
        problem(
          'changed-meanwhile',
          `Somebody changed this meanwhile to “${formOf(says)[field].slice(0, 200)}”; write what should stand, and save again.`,
          { path: field },
        ),
      );
      return refusedWith(all);
    }
    wanted = merged;
  }
  const known = new Set([says.lead ?? '', ...says.people].map((name) => name.toLowerCase()));
  const read = await readSaid(tx, member.self.summitId, wanted, known);
  if (!read.ok) return read;
  const next: TopicDocument = { ...says, ...read.value };
  return writeDocument(
    tx,
    services,
    actor,
    member,
    topic,
    source,
    next,
    `Change “${next.title}” (#${number})`,
  );
}

/** Moves a topic to a state, by the rules of the plan. */
export async function moveTopic(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  member: Member,
  number: number,
  to: TopicState,
): Promise<Result<void, RefusedTopic>> {
  const found = await heldTopic(tx, member, number);
  if (!found.ok) return found;
  const { topic, says, source, part } = found.value;
  const rules = (await rulesOf(tx, member.self.summitId)).topicStates ?? {};
  const why = whyNotMove(rules, says, to, part);
  if (why.length > 0) return refusedWith(why);
  if (says.state === to) return ok(undefined);
  const next = { ...says, state: to };
  return writeDocument(
    tx,
    services,
    actor,
    member,
    topic,
    source,
    next,
    `Make “${says.title}” (#${number}) ${to}`,
  );
}

/** Joins a topic, offers to lead one that nobody leads, or leaves it: what everybody says of themselves. */
export async function joinTopic(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  member: Member,
  number: number,
  as: 'lead' | 'join' | 'leave',
): Promise<Result<void, RefusedTopic>> {
  const found = await heldTopic(tx, member, number);
  if (!found.ok) return found;
  const { topic, says, source } = found.value;
  const handle = await handleOf(tx, member.self.personId);
  const isLead = says.lead?.toLowerCase() === handle.toLowerCase();
  if (as === 'lead' && says.lead !== undefined && !isLead) {
    return fail(problem('has-lead', 'Somebody leads it already; talk to them below.'));
  }
  const others = says.people.filter((each) => each.toLowerCase() !== handle.toLowerCase());
  const isIn = others.length < says.people.length;
  const next: TopicDocument =
    as === 'leave'
      ? { ...says, lead: isLead ? undefined : says.lead, people: others }
      : {
          ...says,
          lead: as === 'lead' ? handle : says.lead,
          people: isIn || as === 'lead' ? says.people : [...says.people, handle],
        };
  const did = { lead: 'Lead', join: 'Join', leave: 'Leave' }[as];
  return writeDocument(
    tx,
    services,
    actor,
    member,
    topic,
    source,
    next,
    `${did} “${says.title}” (#${number})`,
  );
}

/** The form as it would have been made from an earlier state of a document. */
async function earlierForm(
  services: PlanServices,
  summitId: string,
  path: string,
  blob: string,
): Promise<TopicForm | undefined> {
  if (!/^[0-9a-f]{40}$/.test(blob)) return undefined;
  const source = (await services.git.plan(summitId).blobs([blob])).get(blob)?.toString('utf8');
  const said = source === undefined ? undefined : topicIn(path, source);
  return said && formOf(said);
}
