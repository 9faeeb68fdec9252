import { complete } from './contract.ts';
import {
  type Answer,
  type AskedOfRepo,
  found,
  type Handler,
  missing,
  paged,
  type RepoHandler,
  sorted,
  withIssue,
  withThing,
} from './handler.ts';
import type { Reaction } from './records.ts';
import {
  renderComment,
  renderIssue,
  renderLabel,
  renderLineComment,
  renderPull,
  renderReaction,
  renderRepository,
  renderReview,
  renderUser,
} from './render.ts';

const listPath = ({ repo }: AskedOfRepo, path: string): string => `/repositories/${repo.id}${path}`;

const reactions = (asked: AskedOfRepo, all: readonly Reaction[], path: string): Answer =>
  paged(asked, all, (each) => renderReaction(asked.world, each), listPath(asked, path));

/** What anybody may ask that belongs to no repository. */
export const READING: Readonly<Record<string, Handler>> = {
  'users/get-authenticated': ({ world, by }) =>
    found(complete('public-user', { ...renderUser(world, by), name: by.login }, world.api)),
  'users/get-by-username': ({ world, place }) => {
    const account = world.accountByLogin(place['username'] ?? '');
    return account === undefined
      ? missing
      : found(
          complete(
            'public-user',
            { ...renderUser(world, account), name: account.login },
            world.api,
          ),
        );
  },
};

/** What is read of a repository, by the name of the operation. */
export const REPO_READING: Readonly<Record<string, RepoHandler>> = {
  'repos/get': ({ world, repo }) => found(renderRepository(world, repo)),
  'issues/list-for-repo': (asked) => {
    const { world, repo, query } = asked;
    const state = query.get('state') ?? 'open';
    const all = [...repo.issues.values()].filter((each) => state === 'all' || each.state === state);
    return paged(
      asked,
      sorted(all, query, 'desc'),
      (each) => renderIssue(world, repo, each),
      listPath(asked, '/issues'),
    );
  },
  'issues/get': (asked) => {
    const number = Number(asked.place['issue_number']);
    const to = asked.repo.moved.get(number);
    if (to === undefined) {
      return withIssue('issue_number', ({ world, repo }, issue) =>
        found(renderIssue(world, repo, issue)),
      )(asked);
    }
    const location = `${asked.world.api}/repos/${to}`;
    return {
      status: 301,
      body: { message: 'Moved Permanently', url: location, documentation_url: '' },
      headers: { location },
    };
  },
  'issues/list-comments-for-repo': (asked) =>
    paged(
      asked,
      sorted(asked.repo.comments.values(), asked.query, 'asc'),
      (each) => renderComment(asked.world, asked.repo, each),
      listPath(asked, '/issues/comments'),
    ),
  'issues/list-comments': withIssue('issue_number', (asked, { number }) =>
    paged(
      asked,
      sorted(
        [...asked.repo.comments.values()].filter((each) => each.number === number),
        asked.query,
        'asc',
      ),
      (each) => renderComment(asked.world, asked.repo, each),
      listPath(asked, `/issues/${number}/comments`),
    ),
  ),
  'issues/get-comment': withThing(
    'comment_id',
    (repo) => repo.comments,
    ({ world, repo }, comment) => found(renderComment(world, repo, comment)),
  ),
  'issues/list-labels-for-repo': (asked) =>
    paged(
      asked,
      [...asked.repo.labels.values()],
      (each) => renderLabel(asked.world, asked.repo, each),
      listPath(asked, '/labels'),
    ),
  'issues/list-labels-on-issue': withIssue('issue_number', (asked, issue) =>
    paged(
      asked,
      [...asked.repo.labels.values()].filter(({ id }) => issue.labels.has(id)),
      (each) => renderLabel(asked.world, asked.repo, each),
      listPath(asked, `/issues/${issue.number}/labels`),
    ),
  ),
  'reactions/list-for-issue': withIssue('issue_number', (asked, issue) =>
    reactions(asked, issue.reactions, `/issues/${issue.number}/reactions`),
  ),
  'reactions/list-for-issue-comment': withThing(
    'comment_id',
    (repo) => repo.comments,
    (asked, comment) =>
      reactions(asked, comment.reactions, `/issues/comments/${comment.id}/reactions`),
  ),
  'reactions/list-for-pull-request-review-comment': withThing(
    'comment_id',
    (repo) => repo.lineComments,
    (asked, comment) =>
      reactions(asked, comment.reactions, `/pulls/comments/${comment.id}/reactions`),
  ),
  'pulls/list': (asked) => {
    const { world, repo, query } = asked;
    const state = query.get('state') ?? 'open';
    const pulls = [...repo.issues.values()].filter(
      (each) => each.pull !== undefined && (state === 'all' || each.state === state),
    );
    return paged(
      asked,
      sorted(pulls, query, 'desc'),
      (each) => renderPull(world, repo, each),
      listPath(asked, '/pulls'),
    );
  },
  'pulls/get': withIssue('pull_number', ({ world, repo }, issue) =>
    found(renderPull(world, repo, issue)),
  ),
  'pulls/list-reviews': withIssue('pull_number', (asked, { number }) =>
    paged(
      asked,
      [...asked.repo.reviews.values()].filter((each) => each.number === number),
      (each) => renderReview(asked.world, asked.repo, each),
      listPath(asked, `/pulls/${number}/reviews`),
    ),
  ),
  'pulls/get-review': withThing(
    'review_id',
    (repo) => repo.reviews,
    ({ world, repo }, review) => found(renderReview(world, repo, review)),
  ),
  'pulls/list-review-comments-for-repo': (asked) =>
    paged(
      asked,
      sorted(asked.repo.lineComments.values(), asked.query, 'desc'),
      (each) => renderLineComment(asked.world, asked.repo, each),
      listPath(asked, '/pulls/comments'),
    ),
  'pulls/list-review-comments': withIssue('pull_number', (asked, { number }) =>
    paged(
      asked,
      sorted(
        [...asked.repo.lineComments.values()].filter((each) => each.number === number),
        asked.query,
        'desc',
      ),
      (each) => renderLineComment(asked.world, asked.repo, each),
      listPath(asked, `/pulls/${number}/comments`),
    ),
  ),
  'pulls/get-review-comment': withThing(
    'comment_id',
    (repo) => repo.lineComments,
    ({ world, repo }, comment) => found(renderLineComment(world, repo, comment)),
  ),
};
