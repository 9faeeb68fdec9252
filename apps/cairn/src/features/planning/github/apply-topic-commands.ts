import { expectOk } from '@cairn/kernel/result';
import { sql } from 'kysely';
import { readPlanDocument } from '../documents/document-rules.ts';
import { readTopic, type TopicDocument, writeTopic } from '../documents/topic-rules.ts';
import { commitToMain } from '../repository/main-commands.ts';
import { documentAt } from '../repository/main-queries.ts';
import { handleOf } from '../threads/handle-commands.ts';
import {
  LONGEST_COMMENT,
  LONGEST_TITLE,
  openThread,
  type ThreadPlace,
} from '../threads/thread-commands.ts';
import { type Applying, type Did, somebodyDid, whoDid } from './apply-context.ts';
import type { RemoteThread } from './remote-schema.ts';
import type { Connected } from './settings-queries.ts';
import { asLocalText } from './text-queries.ts';
import { fittingBody, fittingTitle } from './title-rules.ts';
import {
  changesBetween,
  type IssueTopic,
  slugOf,
  stateAfter,
  topicIn,
} from './topic-issue-rules.ts';

export const LONGEST = { title: LONGEST_TITLE, text: LONGEST_COMMENT };

/** Whether an issue is a topic: it has the label that says so. */
export const isTopic = ({ topicLabel }: Connected, { labels }: RemoteThread): boolean =>
  labels.some((label) => label.toLowerCase() === topicLabel.toLowerCase());

const EMPTY: TopicDocument = {
  title: '',
  state: 'idea',
  people: [],
  projects: [],
  labels: [],
  links: [],
  problem: '',
  goal: '',
  doneWhen: '',
  firstTasks: [],
  rest: '',
};

/** Opens the thread of a topic and writes its document to main. */
export async function openTopic(applying: Applying, issue: RemoteThread, by: Did): Promise<number> {
  const { tx, plan } = applying;
  const { summitId } = plan;
  const title = fittingTitle(issue.title, LONGEST);
  const { number } = expectOk(
    await openThread(tx, by.actor, { summitId, kind: 'topic', title, body: '', writer: by.writer }),
  );
  await becomeTopic(applying, { summitId, number }, issue, by);
  return number;
}

/**
 * Makes a topic of a thread: its document is written, and tied to the number that it has. An issue that
 * gets the label there keeps its number and its discussion.
 */
export async function becomeTopic(
  applying: Applying,
  place: ThreadPlace,
  issue: RemoteThread,
  { actor, writer }: Did,
): Promise<void> {
  const { tx, plan } = applying;
  const { summitId, number } = place;
  const path = await freePath(applying, issue);
  const state = stateAfter('idea', issue);
  await tx
    .updateTable('planThread')
    .set({ kind: 'topic' })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  await tx
    .insertInto('planTopic')
    .values({ summitId, number, path, state, duplicateOf: null, problem: '', facts: '{}' })
    .execute();
  const { lead, ...said } = topicIn(fittingBody(await asLocalText(tx, plan, issue.body), LONGEST));
  const by = writer.personId === undefined ? undefined : await handleOf(tx, writer.personId);
  const topic: TopicDocument = {
    ...EMPTY,
    ...said,
    title: fittingTitle(issue.title, LONGEST),
    state,
    lead: await leadOf(applying, lead),
    opened: issue.createdAt.slice(0, 10),
    by,
  };
  await write(applying, { actor, writer }, path, undefined, topic);
}

/** Takes into a topic's document what its issue says otherwise than before. */
export async function applyTopic(
  applying: Applying,
  { summitId, number }: ThreadPlace,
  issue: RemoteThread,
  changed: ReadonlySet<string>,
  base: string | undefined,
): Promise<void> {
  const { tx, plan } = applying;
  const row = await tx
    .selectFrom('planTopic')
    .select('path')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .executeTakeFirst();
  const document = row && (await documentAt(tx, summitId, row.path));
  const read = document && readPlanDocument(document.path, document.source);
  if (document === undefined || read === undefined) return;
  const topic = readTopic(read);
  const parts = async (body: string): Promise<IssueTopic> =>
    topicIn(fittingBody(await asLocalText(tx, plan, body), LONGEST));
  const { lead, ...said } = changed.has('body')
    ? changesBetween(await parts(base ?? ''), await parts(issue.body))
    : {};
  const next: TopicDocument = {
    ...topic,
    ...said,
    ...(lead === undefined ? {} : { lead: (await leadOf(applying, lead)) ?? topic.lead }),
    ...(changed.has('title') ? { title: fittingTitle(issue.title, LONGEST) } : {}),
    ...(changed.has('state') ? { state: stateAfter(topic.state, issue) } : {}),
  };
  const isByAuthor = changed.has('title') || changed.has('body');
  const did = isByAuthor
    ? await whoDid(applying, issue.user, issue.updatedAt)
    : somebodyDid(issue.updatedAt);
  await write(applying, did, document.path, document.source, next);
}

async function write(
  { tx, services, plan }: Applying,
  { actor }: Did,
  path: string,
  before: string | undefined,
  topic: TopicDocument,
): Promise<void> {
  const content = writeTopic(before, topic);
  if (content === before) return;
  const verb = before === undefined ? 'Add' : 'Change';
  expectOk(
    await commitToMain(tx, services, actor, plan.summitId, {
      changes: [{ path, content }],
      message: `${verb} the topic “${topic.title}”\n\nFrom ${plan.owner}/${plan.name} on GitHub.`,
    }),
  );
}

/** Where the document goes: named by its title, and by its number there as well if that name is taken. */
async function freePath(
  { tx, plan: { summitId } }: Applying,
  { title, number }: RemoteThread,
): Promise<string> {
  const slug = slugOf(title);
  const path = `topics/${slug}.md`;
  const taken = await tx
    .selectFrom('planDocument')
    .select('path')
    .where('summitId', '=', summitId)
    .where('path', '=', path)
    .executeTakeFirst();
  return taken === undefined && slug !== 'readme' ? path : `topics/${slug}-${number}.md`;
}

async function leadOf({ tx }: Applying, login: string | undefined): Promise<string | undefined> {
  if (login === undefined) return undefined;
  const account = await tx
    .selectFrom('githubAccount')
    .select('personId')
    .where(sql<boolean>`login = ${login}::citext`)
    .where('personId', 'is not', null)
    .executeTakeFirst();
  return account?.personId == null ? undefined : handleOf(tx, account.personId);
}
