import type { Agent } from 'node:http';
import { type Answer, send } from './browser.ts';

/** What the writers were told, and so what must be there. */
export interface Ledger {
  /** People whose adding was acknowledged. */
  readonly people: string[];
  /** Facts whose recording was acknowledged. */
  readonly facts: { readonly personId: string; readonly subject: string }[];
  acknowledged: number;
  /** Writes that were sent and never answered: the server died meanwhile. */
  unanswered: number;
  /** The number of the next person. */
  next: number;
}

export const newLedger = (): Ledger => ({
  people: [],
  facts: [],
  acknowledged: 0,
  unanswered: 0,
  next: 1,
});

/** Where a writer writes, and as whom. */
export interface Site {
  readonly address: string;
  readonly slug: string;
  readonly cookie: string;
  readonly agent: Agent;
}

const SUBJECTS = ['meeting:february', 'meeting:march', 'meeting:april'];

/** People whom the writers add have addresses that begin so. */
export const WRITER_PREFIX = 'writer-';

/**
 * Adds one person and records three facts about them, each a write of its own. False when the
 * server went away. Throws when it answers anything but “done”.
 */
export async function write(site: Site, ledger: Ledger, isEnough: () => boolean): Promise<boolean> {
  const number = ledger.next++;
  const added = await post(site, ledger, 'people/new', {
    name: `Writer ${number}`,
    email: `${WRITER_PREFIX}${number}@bench.example`,
    github: '',
    'communities[]': 'numpy',
    seat_kind: 'funded',
    note: '',
  });
  if (added === undefined) return false;
  const personId = /\/people\/([0-9a-f-]{36})$/.exec(added.headers.location ?? '')?.[1];
  if (personId === undefined) throw new Error(`a person was added to ${added.headers.location}`);
  ledger.people.push(personId);
  for (const subject of SUBJECTS) {
    if (isEnough()) return true;
    const recorded = await post(site, ledger, 'promises/attendance', {
      'on[]': `${personId} ${subject}`,
    });
    if (recorded === undefined) return false;
    ledger.facts.push({ personId, subject });
  }
  return true;
}

/** Posts a form of the organisers; undefined when no answer came. */
async function post(
  { address, slug, cookie, agent }: Site,
  ledger: Ledger,
  path: string,
  form: Readonly<Record<string, string>>,
): Promise<Answer | undefined> {
  const url = `${address}/s/${slug}/organise/${path}`;
  const answer = await send(url, { cookie, agent, form }).catch(() => undefined);
  // The server may say that its database is gone before it dies itself: no acknowledgement either.
  if (answer === undefined || answer.status >= 500) {
    ledger.unanswered += 1;
    return undefined;
  }
  if (answer.status !== 303) {
    throw new Error(`${path} answered ${answer.status}: ${answer.body.slice(0, 500)}`);
  }
  ledger.acknowledged += 1;
  return answer;
}
