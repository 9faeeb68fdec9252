/** What a commit says, as far as a proposal is named after it. */
interface Said {
  readonly subject: string;
  readonly body: string;
}

/** As long as titles and texts of threads may be. */
interface Longest {
  readonly title: number;
  readonly body: number;
}

/**
 * Title and text of a proposal that begins with a pushed branch: what its last commit says. Trailers
 * are left out, since they hold people's addresses. A commit that says nothing leaves the branch's name.
 */
export function storyOfCommit(
  { subject, body }: Said,
  branch: string,
  longest: Longest,
): { readonly title: string; readonly body: string } {
  const said = subject.trim() === '' ? branch : subject.trim();
  const text = withoutTrailers(body);
  if (said.length <= longest.title) return { title: said, body: text.slice(0, longest.body) };
  const cut = said.slice(0, longest.title - 1);
  const rest = said.slice(longest.title - 1);
  return { title: `${cut}…`, body: `…${rest}\n\n${text}`.trim().slice(0, longest.body) };
}

/** A commit's text without the last paragraph where that is lines such as `Signed-off-by: …`. */
function withoutTrailers(body: string): string {
  const paragraphs = body.trim().split(/\n\s*\n/);
  const last = paragraphs.at(-1)?.split('\n') ?? [];
  const isTrailers =
    last.every((line) => /^[A-Za-z][A-Za-z-]*: \S/.test(line)) &&
    last.some((line) => /-by: /i.test(line));
  return (isTrailers ? paragraphs.slice(0, -1) : paragraphs).join('\n\n').trim();
}

/**
 * A free name of a branch. Git keeps branches as files in folders, so that `a` and `a/b` cannot both
 * be there.
 *
 *     freeBranch('mira-sparse-arrays', new Set(['mira-sparse-arrays'])) // 'mira-sparse-arrays-2'
 */
export function freeBranch(base: string, taken: ReadonlySet<string>): string {
  const isFree = (name: string) =>
    !taken.has(name) && ![...taken].some((other) => other.startsWith(`${name}/`));
  if (isFree(base)) return base;
  let number = 2;
  while (!isFree(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}
