import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { type Label, labelsOf } from './label-queries.ts';
import { type ReactionCount, reactionsIn } from './reaction-queries.ts';
import type { ThreadPlace } from './thread-commands.ts';
import { type ThreadKind, trimmed } from './thread-rules.ts';

/** Whoever wrote or did something. All is null for Cairn itself. */
export interface WrittenBy {
  readonly personId: string | null;
  readonly name: string | null;
  /** By what the plan calls the person. */
  readonly handle: string | null;
  /** Of an account on GitHub, where it came from there. */
  readonly accountId: number | null;
  readonly login: string | null;
}

/** What has a number and a discussion. */
export interface Thread {
  readonly summitId: string;
  readonly number: number;
  readonly kind: ThreadKind;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly author: WrittenBy;
  readonly createdAt: Instant;
  readonly editedAt: Instant | null;
  readonly updatedAt: Instant;
  readonly closedAt: Instant | null;
  readonly lockedAt: Instant | null;
}

/** A comment, or the line that a withdrawn one leaves. */
export interface Comment {
  readonly type: 'comment';
  readonly id: string;
  readonly body: string;
  readonly author: WrittenBy;
  /** The number under which it was said, where its topic became part of this one. */
  readonly movedFrom: number | null;
  readonly at: Instant;
  readonly editedAt: Instant | null;
  readonly withdrawnAt: Instant | null;
  readonly reactions: readonly ReactionCount[];
}

/** Something that was done in a thread. */
export interface Happening {
  readonly type: 'happening';
  readonly id: number;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly by: WrittenBy;
  readonly at: Instant;
}

/** A thread with what was said and done in it, oldest first. */
export interface ConversationData {
  readonly thread: Thread;
  readonly labels: readonly Label[];
  readonly reactions: readonly ReactionCount[];
  readonly entries: readonly (Comment | Happening)[];
  /** How many entries are left out, and after which of those that are shown. */
  readonly hidden: { readonly count: number; readonly after: number } | undefined;
  /** How many comments there are, withdrawn ones not counted. */
  readonly comments: number;
}

/** SQL of the columns of `WrittenBy`: of a row with these two columns. */
export const writtenBy = (person: string, account: string) => sql<WrittenBy>`(
  select jsonb_build_object('personId', p.id, 'name', p.name, 'handle', h.handle,
    'accountId', a.id, 'login', a.login)
  from (select ${sql.ref(person)} as person_id, ${sql.ref(account)} as account_id) w
  left join github_account a on a.id = w.account_id
  left join person p on p.id = coalesce(w.person_id, a.person_id)
  left join plan_handle h on h.person_id = p.id
)`;

/** A thread without its conversation. */
export async function threadOf(
  db: Reader,
  { summitId, number }: ThreadPlace,
): Promise<Thread | undefined> {
  return db
    .selectFrom('planThread')
    .select(['summitId', 'number', 'kind', 'title', 'body', 'state'])
    .select(['createdAt', 'editedAt', 'updatedAt', 'closedAt', 'lockedAt'])
    .select(writtenBy('planThread.authorId', 'planThread.authorAccount').as('author'))
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .executeTakeFirst();
}

/** Entries that stay in sight at the beginning and at the end of a long conversation. */
const IN_SIGHT = { first: 10, last: 50 };

export interface ConversationAsked {
  /** Who reads, for which of the reactions are theirs. */
  readonly personId?: string | undefined;
  /** Leave nothing out. */
  readonly all?: boolean | undefined;
}

/** A thread with its conversation; comments on lines of a proposal are told with their reviews instead. */
export async function conversationOf(
  db: Reader,
  place: ThreadPlace,
  { personId, all = false }: ConversationAsked = {},
): Promise<ConversationData | undefined> {
  const thread = await threadOf(db, place);
  if (thread === undefined) return undefined;
  const index = await entryIndex(db, place);
  const cut = all ? { head: index.length, tail: 0, hidden: 0 } : trimmed(index.length, IN_SIGHT);
  const shown = cut.hidden === 0 ? index : [...index.slice(0, cut.head), ...index.slice(-cut.tail)];
  const ids = shown.filter(({ comment }) => comment !== null).map(({ comment }) => comment ?? '');
  const [comments, happenings, reactions, labels] = await Promise.all([
    commentsById(db, ids),
    happeningsById(
      db,
      shown.flatMap(({ happening }) => (happening === null ? [] : [happening])),
    ),
    reactionsIn(db, place, ids, personId),
    labelsOf(db, place.summitId, [place.number]),
  ]);
  return {
    thread,
    labels: labels.get(place.number) ?? [],
    reactions: reactions.get('') ?? [],
    entries: shown.flatMap(({ comment, happening }): (Comment | Happening)[] => {
      if (comment !== null) {
        const found = comments.get(comment);
        return found === undefined
          ? []
          : [{ type: 'comment', ...found, reactions: reactions.get(comment) ?? [] }];
      }
      const found = happenings.get(happening ?? 0);
      return found === undefined ? [] : [{ type: 'happening', ...found }];
    }),
    hidden: cut.hidden === 0 ? undefined : { count: cut.hidden, after: cut.head },
    comments: index.filter(({ said }) => said).length,
  };
}

interface EntryIndex {
  readonly comment: string | null;
  readonly happening: number | null;
  /** A comment that was not withdrawn. */
  readonly said: boolean;
}

/** What a conversation is made of, in order, without its texts. */
async function entryIndex(db: Reader, { summitId, number }: ThreadPlace): Promise<EntryIndex[]> {
  const { rows } = await sql<EntryIndex>`
    select id as comment, null::bigint as happening, withdrawn_at is null as said,
      created_at as at, turn
    from plan_comment
    where summit_id = ${summitId} and number = ${number}
      and not exists (select from plan_line_comment l where l.comment_id = plan_comment.id)
    union all
    select null, id, false, at, id from plan_happening
    where summit_id = ${summitId} and number = ${number}
    order by at, turn`.execute(db);
  return rows;
}

async function commentsById(
  db: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Omit<Comment, 'type' | 'reactions'>>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('planComment')
    .select(['id', 'body', 'movedFrom', 'createdAt as at', 'editedAt', 'withdrawnAt'])
    .select(writtenBy('planComment.authorId', 'planComment.authorAccount').as('author'))
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

async function happeningsById(
  db: Reader,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Omit<Happening, 'type'>>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('planHappening')
    .select(['id', 'kind', 'data', 'at'])
    .select(writtenBy('planHappening.personId', 'planHappening.accountId').as('by'))
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ data, ...row }) => [row.id, { ...row, data: Object(data) }]));
}

/** One comment and where it stands; undefined where there is none. */
export async function commentOf(
  db: Reader,
  summitId: string,
  id: string,
): Promise<(Omit<Comment, 'type' | 'reactions'> & { readonly number: number }) | undefined> {
  return db
    .selectFrom('planComment')
    .select(['id', 'number', 'body', 'movedFrom', 'createdAt as at', 'editedAt', 'withdrawnAt'])
    .select(writtenBy('planComment.authorId', 'planComment.authorAccount').as('author'))
    .where('summitId', '=', summitId)
    .where(sql<boolean>`id::text = ${id.toLowerCase()}`)
    .executeTakeFirst();
}

/** What a text said before, newest first. */
export interface EarlierText {
  readonly id: number;
  readonly title: string | null;
  readonly body: string;
  readonly replacedAt: Instant;
  readonly replacedBy: WrittenBy;
}

/** Earlier states of a thread's own text, or of one of its comments, newest first. */
export async function earlierTexts(
  db: Reader,
  { summitId, number }: ThreadPlace,
  commentId?: string,
): Promise<EarlierText[]> {
  let query = db
    .selectFrom('planEarlierText')
    .select(['id', 'title', 'body', 'replacedAt'])
    .select(
      writtenBy('planEarlierText.replacedBy', 'planEarlierText.replacedByAccount').as('replacedBy'),
    )
    .where('summitId', '=', summitId)
    .orderBy('id', 'desc');
  query =
    commentId === undefined
      ? query.where('number', '=', number)
      : query.where('commentId', '=', commentId);
  return query.execute();
}

/** Threads by number, as far as lists and links need them; those that are not there are left out. */
export async function threadsByNumber(
  db: Reader,
  summitId: string,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, Pick<Thread, 'number' | 'kind' | 'title' | 'state'>>> {
  if (numbers.length === 0) return new Map();
  const rows = await db
    .selectFrom('planThread')
    .select(['number', 'kind', 'title', 'state'])
    .where('summitId', '=', summitId)
    .where('number', 'in', numbers)
    .execute();
  return new Map(rows.map((row) => [row.number, row]));
}
