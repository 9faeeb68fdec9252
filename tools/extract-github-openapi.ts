/**
 * Takes the operations that Cairn uses out of GitHub's published OpenAPI description, with the schemas
 * that they need, for `tests/github-server`. The description is 400 MB unpacked, so it is no
 * dependency of the project: install it elsewhere and say where.
 *
 *     npm install --prefix /tmp/description --ignore-scripts @octokit/openapi@23.0.2
 *     node tools/extract-github-openapi.ts /tmp/description/node_modules/@octokit/openapi
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is asked of GitHub, in and out. A new one is a line here, and the command above. */
const OPERATIONS = [
  'get /app',
  'get /app/hook/deliveries',
  'post /app/hook/deliveries/{delivery_id}/attempts',
  'post /app/installations/{installation_id}/access_tokens',
  'get /rate_limit',
  'get /user',
  'get /users/{username}',
  'get /repos/{owner}/{repo}',
  'get /repos/{owner}/{repo}/installation',
  'get /repos/{owner}/{repo}/issues',
  'post /repos/{owner}/{repo}/issues',
  'get /repos/{owner}/{repo}/issues/{issue_number}',
  'patch /repos/{owner}/{repo}/issues/{issue_number}',
  'put /repos/{owner}/{repo}/issues/{issue_number}/lock',
  'delete /repos/{owner}/{repo}/issues/{issue_number}/lock',
  'get /repos/{owner}/{repo}/issues/comments',
  'get /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'patch /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'delete /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'get /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'post /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'get /repos/{owner}/{repo}/labels',
  'post /repos/{owner}/{repo}/labels',
  'patch /repos/{owner}/{repo}/labels/{name}',
  'delete /repos/{owner}/{repo}/labels/{name}',
  'get /repos/{owner}/{repo}/issues/{issue_number}/labels',
  'post /repos/{owner}/{repo}/issues/{issue_number}/labels',
  'put /repos/{owner}/{repo}/issues/{issue_number}/labels',
  'delete /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}',
  'get /repos/{owner}/{repo}/issues/{issue_number}/reactions',
  'post /repos/{owner}/{repo}/issues/{issue_number}/reactions',
  'delete /repos/{owner}/{repo}/issues/{issue_number}/reactions/{reaction_id}',
  'get /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
  'post /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
  'delete /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions/{reaction_id}',
  'get /repos/{owner}/{repo}/pulls',
  'post /repos/{owner}/{repo}/pulls',
  'get /repos/{owner}/{repo}/pulls/{pull_number}',
  'patch /repos/{owner}/{repo}/pulls/{pull_number}',
  'put /repos/{owner}/{repo}/pulls/{pull_number}/merge',
  'get /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
  'post /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
  'get /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}',
  'put /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}',
  'put /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals',
  'get /repos/{owner}/{repo}/pulls/comments',
  'get /repos/{owner}/{repo}/pulls/comments/{comment_id}',
  'patch /repos/{owner}/{repo}/pulls/comments/{comment_id}',
  'delete /repos/{owner}/{repo}/pulls/comments/{comment_id}',
  'get /repos/{owner}/{repo}/pulls/{pull_number}/comments',
  'post /repos/{owner}/{repo}/pulls/{pull_number}/comments',
  'post /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies',
  'get /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions',
  'post /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions',
  'delete /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions/{reaction_id}',
  'post /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers',
  'delete /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers',
  'post /repos/{owner}/{repo}/statuses/{sha}',
  'get /repos/{owner}/{repo}/commits/{ref}/status',
  'get /repos/{owner}/{repo}/git/ref/{ref}',
] as const;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Tree = Record<string, Json>;

const asTree = (value: Json | undefined): Tree =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};

/** What is for people, not for checking: most of the size. */
const PROSE = new Set([
  'description',
  'summary',
  'examples',
  'example',
  'externalDocs',
  'x-github',
  'x-octokit',
  'tags',
  'title',
]);

/** Without prose; a property that happens to be called `description` stays. */
function slim(value: Json, isNames = false): Json {
  if (Array.isArray(value)) return value.map((each) => slim(each));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => isNames || !PROSE.has(key))
      .map(([key, each]) => [
        key,
        slim(each, !isNames && (key === 'properties' || key === 'schemas')),
      ]),
  );
}

const directory = process.argv[2];
if (directory === undefined) {
  process.stderr.write(
    'Say where @octokit/openapi is: node tools/extract-github-openapi.ts DIRECTORY\n',
  );
  process.exit(2);
}
const read = (path: string): Tree =>
  asTree(JSON.parse(readFileSync(join(directory, path), 'utf8')));
const { version, license } = read('package.json');
const whole = read('generated/api.github.com.json');
const kept: Record<string, Tree> = {};
const components: Record<string, Tree> = {};

function resolve(pointer: string): Json | undefined {
  return pointer
    .slice(2)
    .split('/')
    .reduce<Json | undefined>(
      (at, key) => asTree(at)[key.replaceAll('~1', '/').replaceAll('~0', '~')],
      whole,
    );
}

function shelfOf(section: string): Tree {
  const shelf = components[section] ?? {};
  components[section] = shelf;
  return shelf;
}

/** Takes along every component that something refers to. */
function follow(value: Json): void {
  if (Array.isArray(value)) {
    for (const each of value) follow(each);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  for (const [key, each] of Object.entries(value)) {
    if (key !== '$ref' || typeof each !== 'string') {
      follow(each);
      continue;
    }
    const [, , section = '', name = ''] = each.split('/');
    const shelf = shelfOf(section);
    if (name in shelf) continue;
    const found = resolve(each);
    if (found === undefined) throw new Error(`${each} is not in the description`);
    const slimmed = slim(found);
    shelf[name] = slimmed;
    follow(slimmed);
  }
}

for (const operation of OPERATIONS) {
  const [method = '', path = ''] = operation.split(' ');
  const found = asTree(asTree(whole['paths'])[path])[method];
  if (found === undefined) throw new Error(`${operation} is not in the description`);
  const { operationId, parameters, requestBody, responses } = asTree(slim(found));
  const plain: Tree = JSON.parse(
    JSON.stringify({ operationId, parameters, requestBody, responses }),
  );
  kept[path] = { ...kept[path], [method]: plain };
  follow(plain);
}

const target = new URL('../tests/github-server/openapi.json', import.meta.url);
const text = JSON.stringify({
  from: `@octokit/openapi ${String(version)}, generated/api.github.com.json`,
  licence: `${String(license)}, https://github.com/octokit/openapi`,
  renewedBy: 'tools/extract-github-openapi.ts',
  openapi: whole['openapi'] ?? '3.0.3',
  paths: kept,
  components,
});
writeFileSync(target, `${text}\n`);
process.stderr.write(`${OPERATIONS.length} operations, ${Math.round(text.length / 1024)} kB\n`);
