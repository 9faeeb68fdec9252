import { type Problem, problem } from '@cairn/kernel/problem';
import { groupKeyFrom, keysOfTopics } from './key-rules.ts';
import type { AskedGroup, FactTopic, GroupFacts } from './problem-rules.ts';

/** Topics that are settled on: those of the work plan. */
const PLANNED: readonly string[] = ['planned', 'active'];

/** The topics that become groups where nobody said which: the planned ones, else all that are open. */
export function usualTopics({ topics }: Pick<GroupFacts, 'topics'>): FactTopic[] {
  const planned = topics.filter(({ state }) => PLANNED.includes(state));
  return planned.length > 0 ? planned : [...topics];
}

/** The groups that may come about: those of an earlier grouping whose topics are asked for, then the others. */
export function askedGroups(
  topics: readonly FactTopic[],
  before: readonly AskedGroup[],
  known: { readonly ofTopics: ReadonlyMap<number, string>; readonly others: ReadonlySet<string> },
): AskedGroup[] {
  const byNumber = new Map(topics.map((topic) => [topic.number, topic]));
  const kept = before.filter(({ topicNumber, isPinned }) =>
    topicNumber === null ? isPinned : byNumber.has(topicNumber),
  );
  const there = new Set(kept.map(({ topicNumber }) => topicNumber));
  const keys = keysOfTopics(topics, known.ofTopics, known.others);
  const fresh = topics.filter(({ number }) => !there.has(number));
  return [
    ...kept,
    ...fresh.map(({ number, title, path }) => ({
      key: keys.get(number) ?? groupKeyFrom(path),
      title,
      topicNumber: number,
      least: null,
      most: null,
      isPinned: false,
      needed: [],
    })),
  ];
}

/** Why these sizes are none, at the field of the form that says it. */
export function sizeProblem(least: number, most: number): Problem | undefined {
  if (!Number.isInteger(least) || least < 1) {
    const sentence = 'Write how many people a group has at least: a whole number from 1.';
    return problem('bad-least', sentence, { path: 'least' });
  }
  if (!Number.isInteger(most) || most < least) {
    const sentence = `Write ${least} or more: a group holds no fewer people at most than at least.`;
    return problem('most-under-least', sentence, { path: 'most' });
  }
  return undefined;
}
