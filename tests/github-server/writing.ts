import { complete, type Json, type Tree } from './contract.ts';
import {
  type Answer,
  type AskedOfRepo,
  done,
  found,
  isTree,
  made,
  missing,
  type RepoHandler,
  refused,
  text,
  texts,
  withIssue,
  withThing,
} from './handler.ts';
import type { Issue, Reaction, Review } from './records.ts';
import {
  renderComment,
  renderIssue,
  renderLabel,
  renderLineComment,
  renderPull,
  renderReaction,
  renderReview,
  renderUser,
} from './render.ts';

const VERDICTS: Readonly<Record<string, 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED'>> = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
};

const labelNames = (asked: AskedOfRepo, issue: Issue): string[] =>
  [...issue.labels].flatMap((id) => asked.repo.labels.get(id)?.name ?? []);

const labelled = ({ world, repo }: AskedOfRepo, issue: Issue): Answer =>
  found(
    [...issue.labels].flatMap((id) => {
      const label = repo.labels.get(id);
      return label === undefined ? [] : [renderLabel(world, repo, label)];
    }),
  );

/** An array of labels, or an object that holds it: both are described. */
const givenLabels = (body: Json): string[] =>
  Array.isArray(body) ? texts(body) : texts(isTree(body) ? body['labels'] : undefined);

const react = (asked: AskedOfRepo, on: Parameters<AskedOfRepo['world']['react']>[1]): Answer => {
  const { reaction, isNew } = asked.world.react(asked.by, on, text(asked.body['content']));
  const body = renderReaction(asked.world, reaction);
  return isNew ? made(body) : found(body);
};

const unreact = (asked: AskedOfRepo, reactions: Reaction[]): Answer => {
  const at = reactions.findIndex(({ id }) => id === Number(asked.place['reaction_id']));
  if (at < 0) return missing;
  reactions.splice(at, 1);
  return done;
};

const lineFacts = (body: Tree) => ({
  body: text(body['body']),
  path: text(body['path']),
  line: Number(body['line'] ?? 1),
  ...(typeof body['start_line'] === 'number' ? { startLine: body['start_line'] } : {}),
  side: body['side'] === 'LEFT' ? ('LEFT' as const) : ('RIGHT' as const),
});

const reviewFound = ({ world, repo }: AskedOfRepo, review: Review): Answer =>
  found(renderReview(world, repo, review));

/** What is changed in a repository, by the name of the operation. */
export const REPO_WRITING: Readonly<Record<string, RepoHandler>> = {
  'issues/create': (asked) => {
    const { world, repo, by, body } = asked;
    const title = typeof body['title'] === 'number' ? String(body['title']) : text(body['title']);
    const labels = texts(body['labels']);
    const issue = world.openIssue(repo, by, { title, body: text(body['body']), labels });
    return made(renderIssue(world, repo, issue));
  },
  'issues/update': withIssue('issue_number', ({ world, repo, by, body }, issue) => {
    world.editIssue(repo, by, issue, {
      ...(typeof body['title'] === 'string' ? { title: body['title'] } : {}),
      ...(typeof body['body'] === 'string' ? { body: body['body'] } : {}),
      ...(body['state'] === 'open' || body['state'] === 'closed' ? { state: body['state'] } : {}),
      ...(typeof body['state_reason'] === 'string' ? { stateReason: body['state_reason'] } : {}),
      ...(body['labels'] === undefined ? {} : { labels: texts(body['labels']) }),
    });
    return found(renderIssue(world, repo, issue));
  }),
  'issues/lock': withIssue('issue_number', ({ world, repo, by }, issue) => {
    world.lock(repo, by, issue, true);
    return done;
  }),
  'issues/unlock': withIssue('issue_number', ({ world, repo, by }, issue) => {
    world.lock(repo, by, issue, false);
    return done;
  }),
  'issues/create-comment': withIssue('issue_number', ({ world, repo, by, body }, issue) =>
    made(renderComment(world, repo, world.comment(repo, by, issue, text(body['body'])))),
  ),
  'issues/update-comment': withThing(
    'comment_id',
    (repo) => repo.comments,
    (asked, comment) => {
      const { world, repo, by, body } = asked;
      world.editComment(repo, by, comment, text(body['body']));
      return found(renderComment(world, repo, comment));
    },
  ),
  'issues/delete-comment': withThing(
    'comment_id',
    (repo) => repo.comments,
    (asked, comment) => {
      asked.world.deleteComment(asked.repo, asked.by, comment);
      return done;
    },
  ),
  'issues/create-label': ({ world, repo, body }) => {
    const name = text(body['name']);
    const taken = [...repo.labels.values()].some(
      (each) => each.name.toLowerCase() === name.toLowerCase(),
    );
    return taken
      ? refused('Validation Failed: already_exists')
      : made(renderLabel(world, repo, world.label(repo, name)));
  },
  'issues/update-label': (asked) => {
    const { world, repo, by, place, body } = asked;
    const label = [...repo.labels.values()].find(({ name }) => name === place['name']);
    if (label === undefined) return missing;
    if (typeof body['new_name'] === 'string') world.renameLabel(repo, by, label, body['new_name']);
    return found(renderLabel(world, repo, label));
  },
  'issues/delete-label': ({ world, repo, by, place }) => {
    const label = [...repo.labels.values()].find(({ name }) => name === place['name']);
    if (label === undefined) return missing;
    world.deleteLabel(repo, by, label);
    return done;
  },
  'issues/add-labels': withIssue('issue_number', (asked, issue) => {
    const labels = [...labelNames(asked, issue), ...givenLabels(asked.body)];
    asked.world.editIssue(asked.repo, asked.by, issue, { labels });
    return labelled(asked, issue);
  }),
  'issues/set-labels': withIssue('issue_number', (asked, issue) => {
    asked.world.editIssue(asked.repo, asked.by, issue, { labels: givenLabels(asked.body) });
    return labelled(asked, issue);
  }),
  'issues/remove-label': withIssue('issue_number', (asked, issue) => {
    const labels = labelNames(asked, issue);
    const kept = labels.filter((name) => name !== asked.place['name']);
    if (kept.length === labels.length) return missing;
    asked.world.editIssue(asked.repo, asked.by, issue, { labels: kept });
    return labelled(asked, issue);
  }),
  'reactions/create-for-issue': withIssue('issue_number', react),
  'reactions/create-for-issue-comment': withThing('comment_id', (repo) => repo.comments, react),
  'reactions/create-for-pull-request-review-comment': withThing(
    'comment_id',
    (repo) => repo.lineComments,
    react,
  ),
  'reactions/delete-for-issue': withIssue('issue_number', (asked, issue) =>
    unreact(asked, issue.reactions),
  ),
  'reactions/delete-for-issue-comment': withThing(
    'comment_id',
    (repo) => repo.comments,
    (asked, comment) => unreact(asked, comment.reactions),
  ),
  'reactions/delete-for-pull-request-comment': withThing(
    'comment_id',
    (repo) => repo.lineComments,
    (asked, comment) => unreact(asked, comment.reactions),
  ),
  'pulls/create': ({ world, repo, by, body }) => {
    const head = text(body['head']);
    const twin = [...repo.issues.values()].some(
      (each) => each.state === 'open' && each.pull?.headRef === head,
    );
    if (twin) return refused(`Validation Failed: A pull request already exists for ${head}.`);
    const facts = {
      title: text(body['title']),
      body: text(body['body']),
      head,
      base: text(body['base']),
    };
    return made(renderPull(world, repo, world.openPull(repo, by, facts)));
  },
  'pulls/update': withIssue('pull_number', ({ world, repo, by, body }, issue) => {
    world.editIssue(repo, by, issue, {
      ...(typeof body['title'] === 'string' ? { title: body['title'] } : {}),
      ...(typeof body['body'] === 'string' ? { body: body['body'] } : {}),
      ...(body['state'] === 'open' || body['state'] === 'closed' ? { state: body['state'] } : {}),
    });
    return found(renderPull(world, repo, issue));
  }),
  'pulls/merge': withIssue('pull_number', ({ world, repo, by, body }, issue) => {
    if (issue.state === 'closed' || issue.pull === undefined) {
      return {
        status: 405,
        body: { message: 'Pull Request is not mergeable', documentation_url: '' },
      };
    }
    if (typeof body['sha'] === 'string' && body['sha'] !== issue.pull.headSha) {
      return { status: 409, body: { message: 'Head branch was modified.', documentation_url: '' } };
    }
    return found({ sha: world.mergePull(repo, by, issue), merged: true, message: 'Merged' });
  }),
  'pulls/create-review': withIssue('pull_number', (asked, issue) => {
    const { world, repo, by, body } = asked;
    const state = VERDICTS[text(body['event'])];
    if (state === undefined) return refused('a review that waits is not what is tested here');
    if (issue.userId === by.id && state !== 'COMMENTED') {
      return refused('Unprocessable Entity: Can not approve your own pull request');
    }
    const commit = typeof body['commit_id'] === 'string' ? { commit: body['commit_id'] } : {};
    const review = world.review(repo, by, issue, { state, body: text(body['body']), ...commit });
    for (const each of Array.isArray(body['comments']) ? body['comments'] : []) {
      if (!isTree(each)) continue;
      world.lineComment(repo, by, issue, { ...lineFacts(each), ...commit, reviewId: review.id });
    }
    return reviewFound(asked, review);
  }),
  'pulls/update-review': withThing(
    'review_id',
    (repo) => repo.reviews,
    (asked, review) => {
      asked.world.editReview(asked.repo, asked.by, review, text(asked.body['body']));
      return reviewFound(asked, review);
    },
  ),
  'pulls/dismiss-review': withThing(
    'review_id',
    (repo) => repo.reviews,
    (asked, review) => {
      asked.world.dismissReview(asked.repo, asked.by, review);
      return reviewFound(asked, review);
    },
  ),
  'pulls/create-review-comment': withIssue('pull_number', ({ world, repo, by, body }, issue) => {
    const commit = text(body['commit_id']);
    const comment = world.lineComment(repo, by, issue, { ...lineFacts(body), commit });
    return made(renderLineComment(world, repo, comment));
  }),
  'pulls/create-reply-for-review-comment': withThing(
    'comment_id',
    (repo) => repo.lineComments,
    ({ world, repo, by, body }, first) => {
      const { path, line, side, commit } = first;
      const facts = { body: text(body['body']), path, line, side, commit, replyTo: first.id };
      const issue = world.issue(repo, first.number);
      return made(renderLineComment(world, repo, world.lineComment(repo, by, issue, facts)));
    },
  ),
  'pulls/update-review-comment': withThing(
    'comment_id',
    (repo) => repo.lineComments,
    ({ world, repo, by, body }, comment) => {
      world.editLineComment(repo, by, comment, text(body['body']));
      return found(renderLineComment(world, repo, comment));
    },
  ),
  'pulls/delete-review-comment': withThing(
    'comment_id',
    (repo) => repo.lineComments,
    ({ world, repo, by }, comment) => {
      world.deleteLineComment(repo, by, comment);
      return done;
    },
  ),
  'pulls/request-reviewers': withIssue('pull_number', ({ world, repo, by, body }, issue) => {
    for (const login of texts(body['reviewers'])) {
      const account = world.accountByLogin(login);
      if (account === undefined) {
        return refused('Reviews may only be requested from collaborators.');
      }
      issue.pull?.requested.add(account.id);
      const requested_reviewer = renderUser(world, account);
      world.tellThread(repo, by, issue, 'review_requested', { requested_reviewer });
    }
    return made(renderPull(world, repo, issue));
  }),
  'pulls/remove-requested-reviewers': withIssue('pull_number', ({ world, repo, body }, issue) => {
    for (const login of texts(body['reviewers'])) {
      const account = world.accountByLogin(login);
      if (account !== undefined) issue.pull?.requested.delete(account.id);
    }
    return found(renderPull(world, repo, issue));
  }),
  'repos/create-commit-status': ({ world, repo, by, place, body }) => {
    const status = {
      id: world.id(),
      sha: place['sha'] ?? '',
      state: text(body['state']),
      context: text(body['context']) || 'default',
      description: typeof body['description'] === 'string' ? body['description'] : null,
      targetUrl: typeof body['target_url'] === 'string' ? body['target_url'] : null,
      userId: by.id,
      at: world.time,
    };
    repo.statuses.push(status);
    const { id, state, context, description, targetUrl: target_url, at } = status;
    const creator = renderUser(world, by);
    const times = { created_at: at, updated_at: at };
    return made(
      complete(
        'status',
        { id, state, context, description, target_url, creator, ...times },
        world.api,
      ),
    );
  },
};
