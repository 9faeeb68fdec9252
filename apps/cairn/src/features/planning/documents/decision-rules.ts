import { joinFrontMatter, parseFrontMatter } from '@cairn/formats/front-matter';
import { equalData, isGroup } from '@cairn/formats/plain-data';
import { formatYaml, updateYaml } from '@cairn/formats/yaml-document';
import { DECISION_STATES, type DecisionState } from './kind-schema.ts';
import { frontToRead, type Readable } from './topic-rules.ts';

/** What the document of a decision says. */
export interface DecisionDocument {
  readonly title: string;
  readonly state: DecisionState;
  /** The day on which it was made, as `2023-05-24`. */
  readonly made: string;
  /** In the words of whoever wrote it down. */
  readonly where: string;
  /** The last day of its comment window. */
  readonly closes: string;
  /** Handles. */
  readonly deciders: readonly string[];
  /** Paths of the documents that it is about. */
  readonly topics: readonly string[];
  /** What was decided and why, in Markdown. */
  readonly text: string;
}

const KEYS = ['title', 'state', 'made', 'where', 'closes', 'deciders', 'topics'] as const;

/** What the document of a decision says. Of one whose front matter is wrong somewhere, what can be read. */
export function readDecision(document: Readable): DecisionDocument {
  const front = frontToRead(document);
  const text = (key: string): string => {
    const value = front[key];
    return typeof value === 'string' ? value : '';
  };
  const list = (key: string): string[] => {
    const value = front[key];
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  };
  return {
    title: document.title,
    state: DECISION_STATES.find((state) => state === front['state']) ?? 'provisional',
    made: text('made'),
    where: text('where'),
    closes: text('closes'),
    deciders: list('deciders'),
    topics: list('topics'),
    text: trimmed(document.body),
  };
}

/**
 * The text of a decision's document. With the text before, only what differs is written; comments,
 * the order of keys, and keys that nobody here knows stay as they are.
 */
export function writeDecision(previous: string | undefined, decision: DecisionDocument): string {
  const before = previous === undefined ? undefined : parseFrontMatter(previous);
  if (previous === undefined || before === undefined || !before.ok) {
    return joinFrontMatter(formatYaml(frontOf({}, decision, undefined)), bodyFor(decision.text));
  }
  const { front, body } = before.value;
  const known = isGroup(front.value) ? front.value : {};
  const title = typeof known['title'] === 'string' ? known['title'] : '';
  const next = frontOf(known, decision, readDecision({ title, front: known, body }));
  const written = trimmed(body) === trimmed(decision.text) ? body : bodyFor(decision.text);
  if (equalData(front.value, next)) {
    return previous.slice(0, previous.length - body.length) + written;
  }
  return joinFrontMatter(updateYaml(front, next), written);
}

function frontOf(
  known: Readonly<Record<string, unknown>>,
  decision: DecisionDocument,
  was: DecisionDocument | undefined,
): Record<string, unknown> {
  const next: Record<string, unknown> = { ...known };
  for (const key of KEYS) {
    const value = decision[key];
    if (was !== undefined && equalData(was[key], value)) continue;
    if (value.length === 0) delete next[key];
    else next[key] = value;
  }
  return next;
}

const bodyFor = (text: string): string => {
  const tidy = trimmed(text);
  return tidy === '' ? '' : `\n${tidy}\n`;
};

const trimmed = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
