import type { Tx } from '../../../platform/db/database.ts';
import { siteUrl } from '../../../platform/github/access.ts';
import { renamed, undressed } from '../github-out/text-rules.ts';
import { handleOf } from '../threads/handle-commands.ts';
import type { Connected } from './settings-queries.ts';

/**
 * A text from GitHub as it stands here: without what was put around our own, its numbers as the numbers
 * of threads here (or as links there), and people by what the plan calls them.
 */
export async function asLocalText(tx: Tx, plan: Connected, text: string): Promise<string> {
  const own = undressed(text);
  const numbers = [
    ...new Set([...own.matchAll(/#(\d{1,9})/g)].map(([, digits]) => Number(digits))),
  ];
  const logins = [
    ...new Set([...own.matchAll(/@([a-z0-9-]+)/gi)].map(([, login = '']) => login.toLowerCase())),
  ];
  if (numbers.length === 0 && logins.length === 0) return own;
  const links =
    numbers.length === 0
      ? []
      : await tx
          .selectFrom('githubLink')
          .select(['remoteId', 'number'])
          .where('summitId', '=', plan.summitId)
          .where('kind', '=', 'thread')
          .where('remoteId', 'in', numbers)
          .where('number', 'is not', null)
          .execute();
  const accounts =
    logins.length === 0
      ? []
      : await tx
          .selectFrom('githubAccount')
          .select(['login', 'personId'])
          .where('login', 'in', logins)
          .where('personId', 'is not', null)
          .execute();
  const people = new Map<string, string>();
  for (const { login, personId } of accounts) {
    if (personId !== null) people.set(login.toLowerCase(), await handleOf(tx, personId));
  }
  const home = `${siteUrl(plan.apiUrl)}/${plan.owner}/${plan.name}`;
  return renamed(own, {
    numbers: new Map(links.map(({ remoteId, number }) => [remoteId, number ?? remoteId])),
    people,
    addressOf: (number) => `${home}/issues/${number}`,
  });
}
