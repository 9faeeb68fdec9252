import { closedCode } from '@cairn/formats/code-fences';
import { joinFrontMatter, parseFrontMatter } from '@cairn/formats/front-matter';
import { equalData, isGroup } from '@cairn/formats/plain-data';
import { checkSchema } from '@cairn/formats/schema-fault';
import { formatYaml, updateYaml } from '@cairn/formats/yaml-document';
import type { PlanDocument } from './document-rules.ts';
import {
  EFFORTS,
  type Effort,
  KIND_SCHEMAS,
  TOPIC_STATES,
  type TopicState,
} from './kind-schema.ts';
import { asSectionText, formatSection, sectionsOf } from './section-rules.ts';
import { type FirstTask, firstTasksIn, withFirstTasks } from './task-rules.ts';

/** What the document of a topic says. */
export interface TopicDocument {
  readonly title: string;
  readonly state: TopicState;
  /** A handle, like those of `people` and `by`. */
  readonly lead?: string | undefined;
  readonly people: readonly string[];
  readonly projects: readonly string[];
  readonly effort?: Effort | undefined;
  readonly labels: readonly string[];
  readonly links: readonly string[];
  /** As `2023-03-01`. */
  readonly opened?: string | undefined;
  readonly by?: string | undefined;
  /** The path of the document of the topic that it was merged into. */
  readonly duplicateOf?: string | undefined;
  readonly problem: string;
  readonly goal: string;
  readonly doneWhen: string;
  readonly firstTasks: readonly FirstTask[];
  /** All other text of the body, with its headings. */
  readonly rest: string;
}

/** The sections of a topic, in the order in which they stand. */
const SECTIONS = [
  ['problem', 'Problem'],
  ['goal', 'Goal'],
  ['doneWhen', 'Done when'],
  ['firstTasks', 'First tasks'],
] as const;
type SectionKey = (typeof SECTIONS)[number][0];

const keyOfHeading = (heading: string | undefined): SectionKey | undefined =>
  SECTIONS.find(([, name]) => name.toLowerCase() === heading?.toLowerCase())?.[0];

/** Keys of the front matter, by the name of what they hold. */
const KEYS = {
  title: 'title',
  state: 'state',
  lead: 'lead',
  people: 'people',
  projects: 'projects',
  effort: 'effort',
  labels: 'labels',
  links: 'links',
  opened: 'opened',
  by: 'by',
  duplicateOf: 'duplicate-of',
} as const;

/**
 * What the document of a topic says. Of one whose front matter is wrong somewhere, what can be read.
 *
 *     readTopic(readPlanDocument('topics/sparse.md', source)).lead // 'mira'
 */
export function readTopic(document: Readable): TopicDocument {
  const front = frontToRead(document);
  const text = (key: string): string | undefined => {
    const value = front[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const list = (key: string): string[] => {
    const value = front[key];
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  };
  const found = partsOf(document.body);
  return {
    title: document.title,
    state: TOPIC_STATES.find((state) => state === front['state']) ?? 'idea',
    lead: text('lead'),
    people: list('people'),
    projects: list('projects'),
    effort: EFFORTS.find((effort) => effort === front['effort']),
    labels: list('labels'),
    links: list('links'),
    opened: text('opened'),
    by: text('by'),
    duplicateOf: text('duplicate-of'),
    problem: trimmed(found.texts.get('problem')),
    goal: trimmed(found.texts.get('goal')),
    doneWhen: trimmed(found.texts.get('doneWhen')),
    firstTasks: firstTasksIn(found.texts.get('firstTasks') ?? ''),
    rest: trimmed(found.rest),
  };
}

/** What of a document is read; a row of the database has no `written`. */
export type Readable = Pick<PlanDocument, 'title' | 'front' | 'body'> &
  Partial<Pick<PlanDocument, 'written'>>;

/** The front matter as its schema reads it; else what of it can be read as it was written. */
export function frontToRead({ front, written }: Readable): Readonly<Record<string, unknown>> {
  if (isGroup(front)) return front;
  return isGroup(written) ? written : {};
}

interface Parts {
  readonly texts: ReadonlyMap<SectionKey, string>;
  readonly rest: string;
}

/** The first section of a name counts; a second of it belongs to the rest. */
function partsOf(body: string): Parts {
  const texts = new Map<SectionKey, string>();
  let rest = '';
  for (const { heading, text, source } of sectionsOf(body)) {
    const key = keyOfHeading(heading);
    if (key === undefined || texts.has(key)) rest += source;
    else texts.set(key, text);
  }
  return { texts, rest };
}

const trimmed = (text: string | undefined): string =>
  (text ?? '')
    .replaceAll('\r\n', '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();

/**
 * The text of a topic's document. With the text before, only what differs is written: comments, the
 * order of keys, keys and sections that nobody here knows stay as they are. `readTopic` of the answer
 * gives the topic back, its texts as `asSectionText` has them.
 */
export function writeTopic(previous: string | undefined, topic: TopicDocument): string {
  const before = previous === undefined ? undefined : parseFrontMatter(previous);
  if (previous === undefined || before === undefined || !before.ok) {
    // What could not be read as a document is no document yet; its text is kept.
    return joinFrontMatter(
      formatYaml(frontOf({}, topic, undefined)),
      `\n${bodyOf(previous ?? '', topic)}`,
    );
  }
  const { front, body } = before.value;
  const known = isGroup(front.value) ? front.value : {};
  const checked = checkSchema(KIND_SCHEMAS.topic, known);
  const faulty = checked.ok ? [] : checked.faults.map(({ path }) => path[0]);
  const read = checked.ok ? checked.value : withoutKeys(known, faulty);
  const title = typeof read['title'] === 'string' ? read['title'] : '';
  const was = readTopic({ title, front: read, body });
  const next = frontOf(known, topic, was, new Set(faulty));
  const written = bodyOf(body, topic);
  // Byte for byte the same where nothing differs, whatever marks stand around the front matter.
  if (equalData(known, next)) return previous.slice(0, previous.length - body.length) + written;
  return joinFrontMatter(updateYaml(front, next), written);
}

const withoutKeys = (
  front: Readonly<Record<string, unknown>>,
  keys: readonly unknown[],
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(front).filter(([key]) => !keys.includes(key)));

/** The front matter with what differs from before written into it. */
function frontOf(
  known: Readonly<Record<string, unknown>>,
  topic: TopicDocument,
  was: TopicDocument | undefined,
  faulty: ReadonlySet<unknown> = new Set(),
): Record<string, unknown> {
  const next: Record<string, unknown> = { ...known };
  for (const [name, key] of Object.entries(KEYS) as [keyof typeof KEYS, string][]) {
    const value = topic[name];
    const isSaid = was !== undefined && equalData(was[name] ?? null, value ?? null);
    if (isSaid && !faulty.has(key)) continue;
    const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
    if (isEmpty) delete next[key];
    else next[key] = value;
  }
  return next;
}

function bodyOf(body: string, topic: TopicDocument): string {
  const sections = sectionsOf(body);
  const before = partsOf(body);
  const given = new Set<SectionKey>();
  const pieces: { readonly key: SectionKey | undefined; readonly source: string }[] = [];
  for (const { heading, source } of sections) {
    const key = keyOfHeading(heading);
    const isOwn = key !== undefined && !given.has(key);
    if (isOwn) given.add(key);
    pieces.push({ key: isOwn ? key : undefined, source });
  }
  const rest = asRest(topic.rest);
  const isRestKept = rest === asRest(before.rest);
  const kept = isRestKept ? pieces : pieces.filter(({ key }) => key !== undefined);
  const out = kept.map(({ key, source }) => {
    if (key === undefined) return source;
    return sectionFor(key, topic, source, before.texts.get(key) ?? '');
  });
  for (const [index, [key, heading]] of SECTIONS.entries()) {
    if (given.has(key)) continue;
    const text = textFor(key, topic, '');
    if (text === '') continue;
    // Behind the last of those that stand before it, else behind what stands before all headings.
    const earlier = new Set<SectionKey | undefined>(SECTIONS.slice(0, index).map(([name]) => name));
    const behind = kept.findLastIndex((piece) => earlier.has(piece.key));
    const place = behind >= 0 ? behind : isRestKept ? 0 : -1;
    kept.splice(place + 1, 0, { key, source: '' });
    out.splice(place + 1, 0, formatSection(heading, text));
  }
  if (!isRestKept && rest !== '') {
    const [intro, ...others] = sectionsOf(rest);
    if (intro !== undefined && intro.source.trim() !== '')
      out.unshift(`${intro.source.trimEnd()}\n\n`);
    out.push(...others.map(({ source }) => `${source.trimEnd()}\n\n`));
  }
  return joined(out, body);
}

/** Pieces of a body one below the other; code that one leaves open does not reach into the next. */
function joined(pieces: readonly string[], before: string): string {
  const text = pieces.join('');
  if (text === before) return text;
  const whole = pieces.filter((piece) => piece.trim() !== '');
  return whole
    .map((piece, at) => (at < whole.length - 1 ? spaced(piece) : `${piece.trimEnd()}\n`))
    .join('');
}

const spaced = (piece: string): string => {
  const shut = closedCode(piece);
  return shut === piece && /\n[ \t]*\r?\n$/.test(piece) ? piece : `${shut.trimEnd()}\n\n`;
};

function sectionFor(key: SectionKey, topic: TopicDocument, source: string, was: string): string {
  const text = textFor(key, topic, was);
  if (isSame(key, topic, was)) return source;
  const line = source.slice(0, source.length - was.length);
  const heading = line.endsWith('\n') ? line : `${line}\n`;
  return text === '' ? `${heading}\n` : `${heading}\n${text}\n\n`;
}

function isSame(key: SectionKey, topic: TopicDocument, was: string): boolean {
  return key === 'firstTasks'
    ? equalData(firstTasksIn(was), tidyTasks(topic))
    : trimmed(was) === asSectionText(topic[key]) || trimmed(was) === topic[key];
}

const tidyTasks = (topic: TopicDocument): FirstTask[] =>
  firstTasksIn(withFirstTasks('', topic.firstTasks));

const textFor = (key: SectionKey, topic: TopicDocument, was: string): string =>
  key === 'firstTasks' ? withFirstTasks(was, topic.firstTasks) : asSectionText(topic[key]);

/** The rest without sections of the names that have a place of their own. */
const asRest = (rest: string): string => trimmed(rest.replace(/\r\n?/g, '\n'));
