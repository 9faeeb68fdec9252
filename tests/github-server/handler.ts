import type { Json, Tree } from './contract.ts';
import type { Account, Issue, Repo } from './records.ts';
import type { World } from './world.ts';

/** One request, understood. */
export interface Asked {
  readonly world: World;
  readonly place: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Tree;
  /** Who asks: the account of a token, or the App's. */
  readonly by: Account;
}

/** The same below a repository. */
export interface AskedOfRepo extends Asked {
  readonly repo: Repo;
}

export interface Answer {
  readonly status: number;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler = (asked: Asked) => Answer;
export type RepoHandler = (asked: AskedOfRepo) => Answer;

export const found = (body: Json): Answer => ({ status: 200, body });
export const made = (body: Json): Answer => ({ status: 201, body });
export const done: Answer = { status: 204 };
export const missing: Answer = {
  status: 404,
  body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' },
};
export const refused = (message: string): Answer => ({
  status: 422,
  body: { message, documentation_url: 'https://docs.github.com/rest', errors: [] },
});

export const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
export const texts = (value: Json | undefined): string[] =>
  Array.isArray(value)
    ? value.flatMap((each) =>
        typeof each === 'string' ? [each] : isTree(each) ? [text(each['name'])] : [],
      )
    : [];
export const isTree = (value: Json | undefined): value is Tree =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Does something with the issue or pull request that the address names. */
export const withIssue =
  (
    name: 'issue_number' | 'pull_number',
    handle: (asked: AskedOfRepo, issue: Issue) => Answer,
  ): RepoHandler =>
  (asked) => {
    const issue = asked.repo.issues.get(Number(asked.place[name]));
    if (issue === undefined || (name === 'pull_number' && issue.pull === undefined)) return missing;
    return handle(asked, issue);
  };

/** Something from one of the repository's shelves, by the number in the address. */
export const withThing =
  <T>(
    name: string,
    shelf: (repo: Repo) => ReadonlyMap<number, T>,
    handle: (asked: AskedOfRepo, thing: T) => Answer,
  ): RepoHandler =>
  (asked) => {
    const thing = shelf(asked.repo).get(Number(asked.place[name]));
    return thing === undefined ? missing : handle(asked, thing);
  };

/** One page of a list, with the `Link` header as GitHub writes it: by the number of the repository. */
export function paged<T>(
  { world, query }: Asked,
  all: readonly T[],
  render: (each: T) => Json,
  path: string,
): Answer {
  const size = Math.min(Number(query.get('per_page') ?? 30), 100);
  const page = Math.max(Number(query.get('page') ?? 1), 1);
  const last = Math.max(Math.ceil(all.length / size), 1);
  const to = (number: number): string => {
    const other = new URLSearchParams(query);
    other.set('page', String(number));
    return `<${world.api}${path}?${other}>`;
  };
  const links = [
    ...(page > 1 ? [`${to(page - 1)}; rel="prev"`] : []),
    ...(page < last ? [`${to(page + 1)}; rel="next"`, `${to(last)}; rel="last"`] : []),
    ...(page > 1 ? [`${to(1)}; rel="first"`] : []),
  ];
  return {
    status: 200,
    body: all.slice((page - 1) * size, page * size).map(render),
    headers: links.length === 0 ? {} : { link: links.join(', ') },
  };
}

/** What was changed at or after `since`, in the order that was asked for. */
export function sorted<
  T extends { readonly id: number; readonly createdAt: string; readonly updatedAt: string },
>(all: Iterable<T>, query: URLSearchParams, usual: 'asc' | 'desc'): T[] {
  const since = query.get('since');
  const from = since === null ? Number.NEGATIVE_INFINITY : Date.parse(since);
  const by = query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt';
  const turn = (query.get('direction') ?? usual) === 'asc' ? 1 : -1;
  return [...all]
    .filter(({ updatedAt }) => Date.parse(updatedAt) >= from)
    .sort(
      (one, other) =>
        turn * (one[by] < other[by] ? -1 : one[by] > other[by] ? 1 : one.id - other.id),
    );
}
