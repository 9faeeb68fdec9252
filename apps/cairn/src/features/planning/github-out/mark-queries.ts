import type { Reader } from '../../../platform/db/database.ts';
import type { OwnAccount } from '../../../platform/github/client.ts';
import type { RemoteUser } from '../github/remote-schema.ts';
import type { OwnMark } from './text-rules.ts';

/** Something of ours that a text on GitHub says it is. */
export interface Marked {
  readonly summitId: string;
  readonly mark: OwnMark;
  /** Who wrote it here; null for an account on GitHub. */
  readonly authorId: string | null;
  /** The account under which Cairn itself writes there; undefined where that is not known yet. */
  readonly ourselves: OwnAccount | undefined;
}

/**
 * Whether a mark of ours is to be believed. Anybody can write one below a text of theirs, and would then
 * own what it names: it counts only from the account under which Cairn writes, and from one that whoever
 * wrote the thing here lets Cairn write under. As long as GitHub has not said which account is ours, it
 * counts from anybody for what is just being sent.
 */
export async function isMarkedByUs(
  db: Reader,
  user: RemoteUser,
  { summitId, mark, authorId, ourselves }: Marked,
): Promise<boolean> {
  if (ourselves !== undefined) {
    const isOurs =
      ourselves.id === undefined
        ? user.kind === 'bot' && user.login.toLowerCase() === ourselves.login.toLowerCase()
        : user.id === ourselves.id;
    if (isOurs) return true;
  } else if (await isBeingSent(db, summitId, mark)) return true;
  if (authorId === null) return false;
  const grant = await db
    .selectFrom('githubGrant')
    .select('accountId')
    .where('personId', '=', authorId)
    .where('accountId', '=', user.id)
    .executeTakeFirst();
  return grant !== undefined;
}

async function isBeingSent(db: Reader, summitId: string, { kind, id }: OwnMark): Promise<boolean> {
  const due = await db
    .selectFrom('githubOut')
    .select('localId')
    .where('summitId', '=', summitId)
    .where('what', '=', kind)
    .where('localId', '=', id)
    .where('beganAt', 'is not', null)
    .executeTakeFirst();
  return due !== undefined;
}
