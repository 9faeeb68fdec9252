import { createHash, randomUUID } from 'node:crypto';
import type { Tree } from './contract.ts';
import type {
  Account,
  Comment,
  Delivery,
  Issue,
  Label,
  LineComment,
  Pull,
  Reaction,
  Repo,
  Review,
  Written,
} from './records.ts';
import {
  renderComment,
  renderIssue,
  renderLabel,
  renderLineComment,
  renderPull,
  renderRepository,
  renderReview,
  renderUser,
} from './render.ts';

/** A commit that stands for a text: forty hexadecimal digits. */
const commitOf = (text: string): string => createHash('sha1').update(text).digest('hex');

/**
 * What GitHub knows, and what can happen to it. Every change says so in `deliveries`, as webhooks would;
 * its clock stands still until it is moved, and like GitHub's tells whole seconds.
 */
export class World {
  /** The address of the API, for the addresses in what it says; its server sets it. */
  api = 'http://localhost';
  /** Milliseconds since 1970. */
  now = Date.parse('2023-02-01T12:00:00Z');
  /** Where a branch stands in a repository’s Git, where a test has one; else commits are made up. */
  headOf: (repo: Repo, branch: string) => string | undefined = () => undefined;
  readonly accounts = new Map<number, Account>();
  readonly repos = new Map<number, Repo>();
  readonly deliveries: Delivery[] = [];
  /** Personal tokens, and whose they are. */
  readonly tokens = new Map<string, number>();
  #lastId = 100;

  /** The account that stands for people who left GitHub, under its real number. */
  readonly ghost = this.addAccount('ghost', 'User', 10137);

  id(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  get time(): string {
    return new Date(this.now).toISOString().replace(/\.\d+Z$/, 'Z');
  }

  /** Lets time pass. */
  pass(seconds: number): void {
    this.now += seconds * 1000;
  }

  addAccount(login: string, type: Account['type'] = 'User', id = this.id()): Account {
    const account = { id, login, type };
    this.accounts.set(id, account);
    return account;
  }

  addRepo(owner: Account, name: string): Repo {
    const repo: Repo = {
      id: this.id(),
      ownerId: owner.id,
      name,
      formerly: [],
      defaultBranch: 'main',
      lastNumber: 0,
      issues: new Map(),
      comments: new Map(),
      reviews: new Map(),
      lineComments: new Map(),
      labels: new Map(),
      statuses: [],
      moved: new Map(),
    };
    this.repos.set(repo.id, repo);
    return repo;
  }

  fullName(repo: Repo): string {
    return `${this.account(repo.ownerId).login}/${repo.name}`;
  }

  account(id: number): Account {
    const account = this.accounts.get(id);
    if (account === undefined) throw new Error(`there is no account ${id}`);
    return account;
  }

  accountByLogin(login: string): Account | undefined {
    return [...this.accounts.values()].find(
      (each) => each.login.toLowerCase() === login.toLowerCase(),
    );
  }

  label(repo: Repo, name: string): Label {
    const found = [...repo.labels.values()].find(
      (each) => each.name.toLowerCase() === name.toLowerCase(),
    );
    if (found !== undefined) return found;
    const label: Label = { id: this.id(), name, color: 'ededed', description: null };
    repo.labels.set(label.id, label);
    return label;
  }

  openIssue(
    repo: Repo,
    by: Account,
    { title, body = '', labels = [] }: { title: string; body?: string; labels?: readonly string[] },
    pull?: Pull,
  ): Issue {
    repo.lastNumber += 1;
    const issue: Issue = {
      id: this.id(),
      number: repo.lastNumber,
      title,
      body,
      userId: by.id,
      state: 'open',
      stateReason: null,
      locked: false,
      createdAt: this.time,
      updatedAt: this.time,
      closedAt: null,
      labels: new Set(labels.map((name) => this.label(repo, name).id)),
      reactions: [],
      ...(pull === undefined ? {} : { pull }),
    };
    repo.issues.set(issue.number, issue);
    this.tellThread(repo, by, issue, 'opened');
    return issue;
  }

  openPull(
    repo: Repo,
    by: Account,
    facts: {
      title: string;
      body?: string;
      head: string;
      headSha?: string;
      base?: string;
      draft?: boolean;
    },
  ): Issue {
    return this.openIssue(repo, by, facts, {
      headSha:
        facts.headSha ??
        this.headOf(repo, facts.head) ??
        commitOf(`${facts.head} of ${repo.lastNumber + 1}`),
      headRef: facts.head,
      baseRef: facts.base ?? repo.defaultBranch,
      baseSha: commitOf('base'),
      draft: facts.draft ?? false,
      mergedAt: null,
      mergeSha: null,
      mergedBy: null,
      requested: new Set(),
    });
  }

  editIssue(
    repo: Repo,
    by: Account,
    issue: Issue,
    change: {
      title?: string;
      body?: string;
      state?: 'open' | 'closed';
      stateReason?: string | null;
      labels?: readonly string[];
    },
  ): void {
    const { title, body, state, labels } = change;
    if (
      (title !== undefined && title !== issue.title) ||
      (body !== undefined && body !== issue.body)
    ) {
      const changes: Tree = {
        ...(title === undefined ? {} : { title: { from: issue.title } }),
        ...(body === undefined ? {} : { body: { from: issue.body } }),
      };
      issue.title = title ?? issue.title;
      issue.body = body ?? issue.body;
      this.#touch(issue);
      this.tellThread(repo, by, issue, 'edited', { changes });
    }
    if (state !== undefined && state !== issue.state) {
      issue.state = state;
      issue.closedAt = state === 'closed' ? this.time : null;
      issue.stateReason = state === 'closed' ? (change.stateReason ?? 'completed') : 'reopened';
      this.#touch(issue);
      this.tellThread(repo, by, issue, state === 'closed' ? 'closed' : 'reopened');
    }
    if (labels !== undefined) {
      const wanted = new Set(labels.map((name) => this.label(repo, name).id));
      for (const id of wanted.difference(issue.labels)) {
        issue.labels.add(id);
        this.#touch(issue);
        this.tellThread(repo, by, issue, 'labeled', { label: this.#labelTree(repo, id) });
      }
      for (const id of issue.labels.difference(wanted)) {
        issue.labels.delete(id);
        this.#touch(issue);
        this.tellThread(repo, by, issue, 'unlabeled', { label: this.#labelTree(repo, id) });
      }
    }
  }

  lock(repo: Repo, by: Account, issue: Issue, locked: boolean): void {
    issue.locked = locked;
    this.#touch(issue);
    this.tellThread(repo, by, issue, locked ? 'locked' : 'unlocked');
  }

  deleteIssue(repo: Repo, by: Account, issue: Issue): void {
    this.tellThread(repo, by, issue, 'deleted');
    repo.issues.delete(issue.number);
    for (const { id, number } of repo.comments.values()) {
      if (number === issue.number) repo.comments.delete(id);
    }
  }

  transferIssue(repo: Repo, by: Account, issue: Issue, to: string): void {
    this.tellThread(repo, by, issue, 'transferred');
    repo.issues.delete(issue.number);
    repo.moved.set(issue.number, to);
  }

  pushPull(repo: Repo, by: Account, issue: Issue, headSha: string): void {
    if (issue.pull === undefined) throw new Error('not a pull request');
    const before = issue.pull.headSha;
    issue.pull.headSha = headSha;
    this.#touch(issue);
    this.tellThread(repo, by, issue, 'synchronize', { before, after: headSha });
  }

  mergePull(repo: Repo, by: Account, issue: Issue): string {
    if (issue.pull === undefined) throw new Error('not a pull request');
    const sha = commitOf(`merge of ${issue.number} at ${issue.pull.headSha}`);
    issue.pull.mergedAt = this.time;
    issue.pull.mergeSha = sha;
    issue.pull.mergedBy = by.id;
    issue.state = 'closed';
    issue.closedAt = this.time;
    this.#touch(issue);
    this.tellThread(repo, by, issue, 'closed');
    return sha;
  }

  comment(repo: Repo, by: Account, issue: Issue, body: string): Comment {
    const comment: Comment = { number: issue.number, ...this.#written(by, body) };
    repo.comments.set(comment.id, comment);
    this.#touch(issue);
    this.#tellComment(repo, by, comment, 'created');
    return comment;
  }

  editComment(repo: Repo, by: Account, comment: Comment, body: string): void {
    const changes = { body: { from: comment.body } };
    comment.body = body;
    this.#touch(comment);
    this.#tellComment(repo, by, comment, 'edited', { changes });
  }

  deleteComment(repo: Repo, by: Account, comment: Comment): void {
    this.#tellComment(repo, by, comment, 'deleted');
    repo.comments.delete(comment.id);
    const issue = repo.issues.get(comment.number);
    if (issue !== undefined) this.#touch(issue);
  }

  /** No webhook tells of reactions. */
  react(
    by: Account,
    on: Written,
    content: string,
  ): { readonly reaction: Reaction; readonly isNew: boolean } {
    const known = on.reactions.find((each) => each.userId === by.id && each.content === content);
    if (known !== undefined) return { reaction: known, isNew: false };
    const reaction = { id: this.id(), content, userId: by.id, at: this.time };
    on.reactions.push(reaction);
    return { reaction, isNew: true };
  }

  review(
    repo: Repo,
    by: Account,
    issue: Issue,
    facts: {
      state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED';
      body?: string;
      commit?: string;
    },
  ): Review {
    const review: Review = {
      id: this.id(),
      number: issue.number,
      userId: by.id,
      body: facts.body ?? '',
      state: facts.state,
      commit: facts.commit ?? issue.pull?.headSha ?? '',
      at: this.time,
    };
    repo.reviews.set(review.id, review);
    issue.pull?.requested.delete(by.id);
    this.#touch(issue);
    this.#tellReview(repo, by, review, 'submitted');
    return review;
  }

  editReview(repo: Repo, by: Account, review: Review, body: string): void {
    const changes = { body: { from: review.body } };
    review.body = body;
    this.#tellReview(repo, by, review, 'edited', { changes });
  }

  dismissReview(repo: Repo, by: Account, review: Review): void {
    review.state = 'DISMISSED';
    const issue = repo.issues.get(review.number);
    if (issue !== undefined) this.#touch(issue);
    this.#tellReview(repo, by, review, 'dismissed');
  }

  lineComment(
    repo: Repo,
    by: Account,
    issue: Issue,
    facts: {
      body: string;
      path: string;
      line: number;
      startLine?: number;
      side?: 'LEFT' | 'RIGHT';
      commit?: string;
      reviewId?: number;
      replyTo?: number;
    },
  ): LineComment {
    const comment: LineComment = {
      number: issue.number,
      reviewId: facts.reviewId ?? null,
      path: facts.path,
      line: facts.line,
      startLine: facts.startLine ?? null,
      side: facts.side ?? 'RIGHT',
      commit: facts.commit ?? issue.pull?.headSha ?? '',
      replyTo: facts.replyTo ?? null,
      ...this.#written(by, facts.body),
    };
    repo.lineComments.set(comment.id, comment);
    this.#touch(issue);
    this.#tellLineComment(repo, by, comment, 'created');
    return comment;
  }

  editLineComment(repo: Repo, by: Account, comment: LineComment, body: string): void {
    const changes = { body: { from: comment.body } };
    comment.body = body;
    this.#touch(comment);
    this.#tellLineComment(repo, by, comment, 'edited', { changes });
  }

  deleteLineComment(repo: Repo, by: Account, comment: LineComment): void {
    this.#tellLineComment(repo, by, comment, 'deleted');
    repo.lineComments.delete(comment.id);
  }

  resolveThread(repo: Repo, by: Account, first: LineComment, resolved: boolean): void {
    const issue = this.issue(repo, first.number);
    const all = [...repo.lineComments.values()].filter(
      (each) => each.id === first.id || each.replyTo === first.id,
    );
    this.#tell(repo, by, 'pull_request_review_thread', {
      action: resolved ? 'resolved' : 'unresolved',
      pull_request: renderPull(this, repo, issue),
      thread: {
        node_id: `PRRT_${first.id}`,
        comments: all.map((each) => renderLineComment(this, repo, each)),
      },
    });
  }

  renameLabel(repo: Repo, by: Account, label: Label, name: string): void {
    const changes = { name: { from: label.name } };
    label.name = name;
    this.#tell(repo, by, 'label', {
      action: 'edited',
      label: renderLabel(this, repo, label),
      changes,
    });
  }

  deleteLabel(repo: Repo, by: Account, label: Label): void {
    repo.labels.delete(label.id);
    for (const issue of repo.issues.values()) issue.labels.delete(label.id);
    this.#tell(repo, by, 'label', { action: 'deleted', label: renderLabel(this, repo, label) });
  }

  renameRepo(repo: Repo, by: Account, name: string): void {
    const from = repo.name;
    repo.formerly.push(this.fullName(repo));
    repo.name = name;
    this.#tell(repo, by, 'repository', {
      action: 'renamed',
      changes: { repository: { name: { from } } },
    });
  }

  issue(repo: Repo, number: number): Issue {
    const issue = repo.issues.get(number);
    if (issue === undefined) throw new Error(`there is no issue ${number}`);
    return issue;
  }

  /** What was to be delivered since this was asked last. */
  takeDeliveries(): Delivery[] {
    return this.deliveries.splice(0);
  }

  tellThread(repo: Repo, by: Account, issue: Issue, action: string, more: Tree = {}): void {
    if (issue.pull === undefined) {
      this.#tell(repo, by, 'issues', { action, issue: renderIssue(this, repo, issue), ...more });
      return;
    }
    const pull_request = renderPull(this, repo, issue);
    this.#tell(repo, by, 'pull_request', { action, number: issue.number, pull_request, ...more });
  }

  #tellComment(repo: Repo, by: Account, comment: Comment, action: string, more: Tree = {}): void {
    const issue = renderIssue(this, repo, this.issue(repo, comment.number));
    this.#tell(repo, by, 'issue_comment', {
      action,
      issue,
      comment: renderComment(this, repo, comment),
      ...more,
    });
  }

  #tellReview(repo: Repo, by: Account, review: Review, action: string, more: Tree = {}): void {
    const rendered = renderReview(this, repo, review);
    // Webhooks write the verdict in small letters, the API in capitals.
    const small = { ...rendered, state: review.state.toLowerCase() };
    const pull_request = renderPull(this, repo, this.issue(repo, review.number));
    this.#tell(repo, by, 'pull_request_review', { action, review: small, pull_request, ...more });
  }

  #tellLineComment(
    repo: Repo,
    by: Account,
    comment: LineComment,
    action: string,
    more: Tree = {},
  ): void {
    this.#tell(repo, by, 'pull_request_review_comment', {
      action,
      comment: renderLineComment(this, repo, comment),
      pull_request: renderPull(this, repo, this.issue(repo, comment.number)),
      ...more,
    });
  }

  #tell(repo: Repo, by: Account, event: string, payload: Tree): void {
    const around = { repository: renderRepository(this, repo), sender: renderUser(this, by) };
    this.deliveries.push({
      guid: randomUUID(),
      event,
      at: this.time,
      // As it was at this moment, whatever becomes of it.
      payload: structuredClone({ ...payload, ...around }),
    });
  }

  #written(by: Account, body: string): Written {
    return {
      id: this.id(),
      userId: by.id,
      body,
      createdAt: this.time,
      updatedAt: this.time,
      reactions: [],
    };
  }

  #touch(what: { updatedAt: string }): void {
    what.updatedAt = this.time;
  }

  #labelTree(repo: Repo, id: number): Tree {
    const label = repo.labels.get(id);
    return label === undefined ? {} : renderLabel(this, repo, label);
  }
}
