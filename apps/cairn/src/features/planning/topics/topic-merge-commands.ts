import { problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { TOPIC_STATES, type TopicState } from '../documents/kind-schema.ts';
import { writeTopic } from '../documents/topic-rules.ts';
import { commitToMain, lockMain, type PlanServices } from '../repository/main-commands.ts';
import type { Member } from '../threads/member-rights.ts';
import { noPlan, noThread } from '../threads/thread-commands.ts';
import { keepGained } from './merge-commands.ts';
import { activeMerge } from './merge-queries.ts';
import { heldTopic, type RefusedTopic } from './topic-hold-commands.ts';
import { topicOf } from './topic-queries.ts';

/**
 * Makes a topic part of another one that is about the same. Its number goes on to lead there, and
 * nothing that was said is lost. By people of either, and organisers.
 */
export async function mergeTopic(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  member: Member,
  number: number,
  into: number,
): Promise<Result<void, RefusedTopic>> {
  const { summitId } = member.self;
  const from = await heldTopic(tx, member, number);
  if (!from.ok) return from;
  const to = await heldTopic(tx, member, into);
  if (!to.ok) return fail({ ...to.error, place: { path: 'into' } });
  if (number === into) {
    return fail(
      problem('same-topic', 'This is the topic itself; choose another one.', { path: 'into' }),
    );
  }
  const may = [from.value, to.value].some(({ part }) => part.isOfIt || part.isOrganiser);
  if (!may) {
    return fail(
      problem(
        'not-of-it',
        'People of either topic, and organisers, can merge them; ask them below.',
      ),
    );
  }
  const [one, other] = [from.value, to.value];
  const lead = other.says.lead ?? one.says.lead;
  const all = [...other.says.people, ...one.says.people, one.says.lead ?? ''];
  const people = listWithout(all, lead === other.says.lead ? '' : (lead ?? ''));
  const labels = listWithout([...other.says.labels, ...one.says.labels], '');
  const changes = [
    {
      path: one.topic.path,
      content: writeTopic(one.source, {
        ...one.says,
        state: 'dropped',
        duplicateOf: other.topic.path,
      }),
    },
    {
      path: other.topic.path,
      content: writeTopic(other.source, { ...other.says, lead, people, labels }),
    },
  ];
  const message = `Merge “${one.says.title}” (#${number}) into “${other.says.title}” (#${into})`;
  const committed = await commitToMain(tx, services, actor, summitId, { changes, message });
  if (!committed.ok) return committed;
  const merge = await activeMerge(tx, { summitId, number });
  if (merge === undefined) {
    return fail(
      problem('not-merged', 'These two cannot be merged; look at what they name as duplicates.'),
    );
  }
  await keepGained(tx, merge, {
    people: people.filter((name) => !other.says.people.includes(name)),
    documentLabels: labels.filter((label) => !other.says.labels.includes(label)),
    state: one.says.state,
    ...(lead !== undefined && other.says.lead === undefined ? { lead } : {}),
  });
  return ok(undefined);
}

const listWithout = (names: readonly string[], without: string): string[] => {
  const seen = new Set(['', without.toLowerCase()]);
  return names.filter((name) => {
    const isNew = !seen.has(name.toLowerCase());
    seen.add(name.toLowerCase());
    return isNew;
  });
};

/** Takes a topic out of the one that it was merged into. By organisers. */
export async function unmergeTopic(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  member: Member,
  number: number,
): Promise<Result<void, RefusedTopic>> {
  const { summitId } = member.self;
  if (member.organiser === undefined) {
    return fail(problem('organisers-only', 'Only organisers can take a merge back; ask them.'));
  }
  if ((await lockMain(tx, summitId)) === undefined) return fail(noPlan());
  const topic = await topicOf(tx, { summitId, number });
  const merge = await activeMerge(tx, { summitId, number });
  if (topic === undefined || merge === undefined) return fail(noThread(number));
  const { gained } = merge;
  const target = await topicOf(tx, { summitId, number: merge.into });
  const changes = [];
  if (topic.says !== undefined && topic.document !== undefined) {
    const state = topic.says.state === 'dropped' ? stateOf(gained.state) : topic.says.state;
    const next = { ...topic.says, state, duplicateOf: undefined };
    changes.push({ path: topic.path, content: writeTopic(topic.document.source, next) });
  }
  if (target?.says !== undefined && target.document !== undefined) {
    const { says } = target;
    const next = {
      ...says,
      lead: says.lead === gained.lead ? undefined : says.lead,
      people: says.people.filter((name) => !gained.people.includes(name)),
      labels: says.labels.filter((label) => !gained.documentLabels.includes(label)),
    };
    const content = writeTopic(target.document.source, {
      ...next,
      lead: gained.lead === undefined ? says.lead : next.lead,
    });
    changes.push({ path: target.path, content });
  }
  const message = `Take #${number} out of #${merge.into} again`;
  const committed = await commitToMain(tx, services, actor, summitId, { changes, message });
  return committed.ok ? ok(undefined) : committed;
}

const stateOf = (kept: string | undefined): TopicState =>
  TOPIC_STATES.find((state) => state === kept) ?? 'idea';
