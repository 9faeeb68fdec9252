import { complete, type Tree } from './contract.ts';
import type {
  Account,
  Comment,
  Issue,
  Label,
  LineComment,
  Reaction,
  Repo,
  Review,
} from './records.ts';
import type { World } from './world.ts';

/** Where people look at something. */
const page = (world: World, repo: Repo, path: string): string =>
  `https://github.com/${world.fullName(repo)}${path}`;
const below = (world: World, repo: Repo): string => `${world.api}/repos/${world.fullName(repo)}`;

export const renderUser = (world: World, { id, login, type }: Account): Tree =>
  complete(
    'simple-user',
    {
      id,
      login,
      type,
      node_id: `U_${id}`,
      html_url: `https://github.com/${login}`,
      url: `${world.api}/users/${encodeURIComponent(login)}`,
      user_view_type: 'public',
    },
    world.api,
  );

const userOf = (world: World, id: number): Tree => renderUser(world, world.account(id));

export const renderRepository = (world: World, repo: Repo): Tree =>
  complete(
    'full-repository',
    {
      id: repo.id,
      node_id: `R_${repo.id}`,
      name: repo.name,
      full_name: world.fullName(repo),
      owner: userOf(world, repo.ownerId),
      default_branch: repo.defaultBranch,
      html_url: page(world, repo, ''),
      url: below(world, repo),
      clone_url: `${page(world, repo, '')}.git`,
      has_issues: true,
      // Asked for where a pull request tells of its repository.
      has_downloads: true,
      permissions: { admin: false, maintain: false, push: true, triage: true, pull: true },
    },
    world.api,
  );

export const renderLabel = (
  world: World,
  repo: Repo,
  { id, name, color, description }: Label,
): Tree =>
  complete(
    'label',
    {
      id,
      name,
      color,
      description,
      node_id: `LA_${id}`,
      url: `${below(world, repo)}/labels/${encodeURIComponent(name)}`,
    },
    world.api,
  );

const labelsOf = (world: World, repo: Repo, ids: ReadonlySet<number>): Tree[] =>
  [...ids].flatMap((id) => {
    const label = repo.labels.get(id);
    return label === undefined ? [] : [renderLabel(world, repo, label)];
  });

const CONTENTS = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'];

const rollup = (url: string, reactions: readonly Reaction[]): Tree => ({
  url: `${url}/reactions`,
  total_count: reactions.length,
  ...Object.fromEntries(
    CONTENTS.map((content) => [
      content,
      reactions.filter((each) => each.content === content).length,
    ]),
  ),
});

export const renderReaction = (world: World, { id, content, userId, at }: Reaction): Tree =>
  complete(
    'reaction',
    { id, content, node_id: `REA_${id}`, user: userOf(world, userId), created_at: at },
    world.api,
  );

export function renderIssue(world: World, repo: Repo, issue: Issue): Tree {
  const url = `${below(world, repo)}/issues/${issue.number}`;
  const kind = issue.pull === undefined ? 'issues' : 'pull';
  return complete(
    'issue',
    {
      id: issue.id,
      node_id: `I_${issue.id}`,
      number: issue.number,
      title: issue.title,
      // An empty text is told as none.
      body: issue.body === '' ? null : issue.body,
      user: userOf(world, issue.userId),
      state: issue.state,
      state_reason: issue.stateReason,
      locked: issue.locked,
      labels: labelsOf(world, repo, issue.labels),
      comments: [...repo.comments.values()].filter((each) => each.number === issue.number).length,
      created_at: issue.createdAt,
      updated_at: issue.updatedAt,
      closed_at: issue.closedAt,
      author_association: 'NONE',
      reactions: rollup(url, issue.reactions),
      url,
      repository_url: below(world, repo),
      html_url: page(world, repo, `/${kind}/${issue.number}`),
      ...(issue.pull === undefined
        ? {}
        : {
            pull_request: {
              url: `${below(world, repo)}/pulls/${issue.number}`,
              html_url: page(world, repo, `/pull/${issue.number}`),
              diff_url: page(world, repo, `/pull/${issue.number}.diff`),
              patch_url: page(world, repo, `/pull/${issue.number}.patch`),
              merged_at: issue.pull.mergedAt,
            },
          }),
    },
    world.api,
  );
}

export function renderPull(world: World, repo: Repo, issue: Issue): Tree {
  const { pull } = issue;
  if (pull === undefined) throw new Error(`#${issue.number} is no pull request`);
  const repository = complete('repository', renderRepository(world, repo), world.api);
  const owner = world.account(repo.ownerId).login;
  const branch = (ref: string, sha: string): Tree => ({
    label: `${owner}:${ref}`,
    ref,
    sha,
    user: userOf(world, repo.ownerId),
    repo: repository,
  });
  return complete(
    'pull-request',
    {
      id: issue.id,
      node_id: `PR_${issue.id}`,
      number: issue.number,
      title: issue.title,
      body: issue.body === '' ? null : issue.body,
      user: userOf(world, issue.userId),
      state: issue.state,
      locked: issue.locked,
      draft: pull.draft,
      labels: labelsOf(world, repo, issue.labels),
      created_at: issue.createdAt,
      updated_at: issue.updatedAt,
      closed_at: issue.closedAt,
      merged: pull.mergedAt !== null,
      merged_at: pull.mergedAt,
      merge_commit_sha: pull.mergeSha,
      merged_by: pull.mergedBy === null ? null : userOf(world, pull.mergedBy),
      head: branch(pull.headRef, pull.headSha),
      base: branch(pull.baseRef, pull.baseSha),
      requested_reviewers: [...pull.requested].map((id) => userOf(world, id)),
      comments: [...repo.comments.values()].filter((each) => each.number === issue.number).length,
      review_comments: [...repo.lineComments.values()].filter(
        (each) => each.number === issue.number,
      ).length,
      author_association: 'NONE',
      mergeable: true,
      mergeable_state: 'clean',
      url: `${below(world, repo)}/pulls/${issue.number}`,
      html_url: page(world, repo, `/pull/${issue.number}`),
    },
    world.api,
  );
}

export function renderComment(world: World, repo: Repo, comment: Comment): Tree {
  const url = `${below(world, repo)}/issues/comments/${comment.id}`;
  const issue = repo.issues.get(comment.number);
  const kind = issue?.pull === undefined ? 'issues' : 'pull';
  return complete(
    'issue-comment',
    {
      id: comment.id,
      node_id: `IC_${comment.id}`,
      body: comment.body,
      user: userOf(world, comment.userId),
      created_at: comment.createdAt,
      updated_at: comment.updatedAt,
      issue_url: `${below(world, repo)}/issues/${comment.number}`,
      html_url: page(world, repo, `/${kind}/${comment.number}#issuecomment-${comment.id}`),
      author_association: 'NONE',
      reactions: rollup(url, comment.reactions),
      url,
    },
    world.api,
  );
}

export const renderReview = (world: World, repo: Repo, review: Review): Tree =>
  complete(
    'pull-request-review',
    {
      id: review.id,
      node_id: `PRR_${review.id}`,
      user: userOf(world, review.userId),
      body: review.body,
      state: review.state,
      commit_id: review.commit,
      submitted_at: review.at,
      author_association: 'NONE',
      pull_request_url: `${below(world, repo)}/pulls/${review.number}`,
      html_url: page(world, repo, `/pull/${review.number}#pullrequestreview-${review.id}`),
    },
    world.api,
  );

export function renderLineComment(world: World, repo: Repo, comment: LineComment): Tree {
  const url = `${below(world, repo)}/pulls/comments/${comment.id}`;
  return complete(
    'pull-request-review-comment',
    {
      id: comment.id,
      node_id: `PRRC_${comment.id}`,
      pull_request_review_id: comment.reviewId,
      body: comment.body,
      user: userOf(world, comment.userId),
      path: comment.path,
      line: comment.line,
      original_line: comment.line,
      start_line: comment.startLine,
      original_start_line: comment.startLine,
      side: comment.side,
      start_side: comment.startLine === null ? null : comment.side,
      commit_id: repo.issues.get(comment.number)?.pull?.headSha ?? comment.commit,
      original_commit_id: comment.commit,
      ...(comment.replyTo === null ? {} : { in_reply_to_id: comment.replyTo }),
      created_at: comment.createdAt,
      updated_at: comment.updatedAt,
      author_association: 'NONE',
      subject_type: 'line',
      pull_request_url: `${below(world, repo)}/pulls/${comment.number}`,
      html_url: page(world, repo, `/pull/${comment.number}#discussion_r${comment.id}`),
      reactions: rollup(url, comment.reactions),
      url,
    },
    world.api,
  );
}
