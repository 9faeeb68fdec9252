import { type Problem, problem } from '@cairn/kernel/problem';
import { EFFORTS, type Effort, LONGEST_TITLE, type TopicState } from '../documents/kind-schema.ts';
import type { TopicDocument } from '../documents/topic-rules.ts';

/** What the form of a topic holds, as text, in the order of the form. */
export const TOPIC_FIELDS = [
  'title',
  'problem',
  'goal',
  'doneWhen',
  'firstTasks',
  'lead',
  'people',
  'projects',
  'effort',
  'links',
  'labels',
] as const;
export type TopicField = (typeof TOPIC_FIELDS)[number];
export type TopicForm = Readonly<Record<TopicField, string>>;

/** The longest of its texts, in UTF-16 units. */
const LONGEST_TEXT = 20_000;
const MOST_NAMES = 100;

/** A form with nothing in it. */
export const EMPTY_TOPIC_FORM: TopicForm = {
  title: '',
  problem: '',
  goal: '',
  doneWhen: '',
  firstTasks: '',
  lead: '',
  people: '',
  projects: '',
  effort: '',
  links: '',
  labels: '',
};

/** What a document says, as its form shows it. */
export const formOf = (topic: TopicDocument): TopicForm => ({
  title: topic.title,
  problem: topic.problem,
  goal: topic.goal,
  doneWhen: topic.doneWhen,
  firstTasks: topic.firstTasks
    .map(({ text, done }) => `- [${done ? 'x' : ' '}] ${text}`)
    .join('\n'),
  lead: topic.lead ?? '',
  people: topic.people.join(', '),
  projects: topic.projects.join(', '),
  effort: topic.effort ?? '',
  links: topic.links.join('\n'),
  labels: topic.labels.join(', '),
});

/** Names with commas or line breaks between them, each once, as typed. */
export const listOf = (text: string): string[] => {
  const found = new Map<string, string>();
  for (const each of text.split(/[,;\n]/)) {
    const name = each.trim().replace(/\s+/g, ' ').replace(/^@/, '');
    if (name !== '' && !found.has(name.toLowerCase())) found.set(name.toLowerCase(), name);
  }
  return [...found.values()];
};

/** Tasks one a line, with or without a box before each. */
const tasksOf = (text: string): { text: string; done: boolean }[] =>
  text
    .split(/\r?\n/)
    .map((line) => {
      const [, box, said = ''] = /^\s*(?:[-*+]\s+)?(\[[ xX]\]\s*)?(.*)$/.exec(line) ?? [];
      return { text: said.trim(), done: /x/i.test(box ?? '') };
    })
    .filter(({ text: said }) => said !== '');

/** What a form says, with the names of people as they were typed: they are looked up elsewhere. */
export interface TopicSaid {
  readonly title: string;
  readonly problem: string;
  readonly goal: string;
  readonly doneWhen: string;
  readonly firstTasks: readonly { readonly text: string; readonly done: boolean }[];
  readonly lead: string | undefined;
  readonly people: readonly string[];
  readonly projects: readonly string[];
  readonly effort: Effort | undefined;
  readonly links: readonly string[];
  readonly labels: readonly string[];
}

/** Reads the form of a topic: what it says, and all that is wrong with it, at its fields. */
export function readTopicForm(form: TopicForm): {
  readonly said: TopicSaid;
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const wrong = (path: TopicField, sentence: string): void => {
    problems.push(problem('bad-field', sentence, { path }));
  };
  const title = form.title.replace(/\s+/g, ' ').trim();
  if (title === '') wrong('title', 'Say in one line what it is about.');
  if (title.length > LONGEST_TITLE) {
    wrong(
      'title',
      `This title is longer than ${LONGEST_TITLE} characters; move a part of it into the problem.`,
    );
  }
  if (form.problem.trim() === '') {
    wrong(
      'problem',
      'Say what is wrong today, and whom it hurts; a sentence is enough to begin with.',
    );
  }
  for (const field of ['problem', 'goal', 'doneWhen', 'firstTasks'] as const) {
    if (form[field].length > LONGEST_TEXT) {
      wrong(
        field,
        `This is longer than ${LONGEST_TEXT.toLocaleString('en-GB')} characters; put a part of it into the document itself.`,
      );
    }
  }
  const effort = EFFORTS.find((each) => each === form.effort);
  if (form.effort !== '' && effort === undefined) {
    wrong('effort', 'Choose small, medium or large, or leave it open.');
  }
  const links = form.links
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const bad = links.find((link) => !isWebAddress(link));
  if (bad !== undefined) {
    wrong(
      'links',
      `“${bad.slice(0, 80)}” is no address of the web; write one a line, such as https://example.org/page.`,
    );
  }
  const lists = {
    people: listOf(form.people),
    projects: listOf(form.projects),
    labels: listOf(form.labels),
  };
  for (const [field, names] of Object.entries(lists) as [keyof typeof lists, string[]][]) {
    if (names.length > MOST_NAMES)
      wrong(field, `These are more than ${MOST_NAMES}; leave some out.`);
    const long = names.find((name) => name.length > 100 || /\p{C}/u.test(name));
    if (long !== undefined)
      wrong(field, `“${long.slice(0, 20)}…” cannot be read as a name; put commas between names.`);
  }
  const lead = listOf(form.lead);
  if (lead.length > 1) wrong('lead', 'One person leads a topic; enter the others under “People”.');
  return {
    said: {
      title,
      problem: form.problem.trim(),
      goal: form.goal.trim(),
      doneWhen: form.doneWhen.trim(),
      firstTasks: tasksOf(form.firstTasks),
      lead: lead[0],
      ...lists,
      effort,
      links,
    },
    problems,
  };
}

function isWebAddress(text: string): boolean {
  if (/\s/.test(text)) return false;
  const { protocol = '' } = URL.parse(text) ?? {};
  return protocol === 'https:' || protocol === 'http:';
}

/**
 * Brings together what somebody typed and what others changed since their form was made, field by
 * field: where only one of both differs from the base, that one counts. Where both do, what was typed
 * stays and the field is told.
 */
export function mergeForms(
  base: TopicForm,
  mine: TopicForm,
  theirs: TopicForm,
): { readonly merged: TopicForm; readonly clashes: readonly TopicField[] } {
  const clashes: TopicField[] = [];
  const merged = Object.fromEntries(
    TOPIC_FIELDS.map((field) => {
      const same = (one: string, other: string): boolean => plain(one) === plain(other);
      if (same(mine[field], base[field])) return [field, theirs[field]];
      if (!same(theirs[field], base[field]) && !same(theirs[field], mine[field]))
        clashes.push(field);
      return [field, mine[field]];
    }),
  ) as Record<TopicField, string>; // a value for each of them
  return { merged, clashes };
}

const plain = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

/**
 * The path of a new topic's document, made of its title and free.
 *
 *     freePath('Sparse arrays', new Set()) // 'topics/sparse-arrays.md'
 */
export function freePath(title: string, taken: ReadonlySet<string>): string {
  const slug =
    title
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 60)
      .replace(/^-+|-+$/g, '') || 'topic';
  // `readme` is the page of the folder.
  const base = slug === 'readme' ? 'topic-readme' : slug;
  const at = (name: string): string => `topics/${name}.md`;
  if (!taken.has(at(base))) return at(base);
  let count = 2;
  while (taken.has(at(`${base}-${count}`))) count += 1;
  return at(`${base}-${count}`);
}

/** A state as a word that begins a sentence or stands in a list. */
export const STATE_WORDS: Readonly<Record<TopicState, string>> = {
  idea: 'Idea',
  proposed: 'Proposed',
  planned: 'Planned',
  active: 'Active',
  done: 'Done',
  dropped: 'Dropped',
};
