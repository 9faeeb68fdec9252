-- The planning repository of a summit. The commit that its main branch stands at is said here, so that
-- a change of main and what follows from it are one transaction; the ref in Git follows.
create table plan_repository (
  summit_id uuid primary key references summit,
  head text not null check (head ~ '^[0-9a-f]{40}$'),
  readers text not null default 'everyone' check (readers in ('everyone', 'participants')),
  -- Topics, issues, proposals and decisions are numbered in one row, as on a forge.
  last_number integer not null default 0,
  founded_at timestamptz not null,
  moved_at timestamptz not null
);

-- By what plan documents call a person. Of the installation, so that it is the same in every plan.
create table plan_handle (
  handle citext primary key check (handle ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'),
  person_id uuid not null unique references person,
  created_at timestamptz not null
);

-- What main says now, document by document: read anew from each commit.
create table plan_document (
  summit_id uuid not null references plan_repository,
  path text not null,
  kind text not null,
  title text not null,
  source text not null,
  -- The front matter as its schema read it; null where it could not be read.
  front jsonb,
  blob text not null,
  problems jsonb not null default '[]',
  changed_at timestamptz not null,
  primary key (summit_id, path)
);
create index plan_document_kind on plan_document (summit_id, kind);

-- Somebody on GitHub, who may be a person here or nobody whom we know. The number outlives renaming.
create table github_account (
  id bigint primary key,
  login citext not null,
  person_id uuid references person,
  seen_at timestamptz not null
);
create index github_account_person on github_account (person_id);
create index github_account_login on github_account (login);

-- What has a number and a discussion.
create table plan_thread (
  summit_id uuid not null references plan_repository,
  number integer not null check (number > 0),
  kind text not null check (kind in ('topic', 'issue', 'proposal', 'decision')),
  title text not null check (title <> ''),
  body text not null default '',
  state text not null default 'open' check (state in ('open', 'closed')),
  author_id uuid references person,
  author_account bigint references github_account,
  door text not null check (door in ('web', 'api', 'cli', 'mail', 'job', 'git', 'github')),
  created_at timestamptz not null,
  edited_at timestamptz,
  updated_at timestamptz not null,
  closed_at timestamptz,
  closed_by uuid references person,
  primary key (summit_id, number)
);
create index plan_thread_kind on plan_thread (summit_id, kind, state, updated_at desc);
create index plan_thread_author on plan_thread (author_id);

create table plan_comment (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null,
  number integer not null,
  body text not null,
  author_id uuid references person,
  author_account bigint references github_account,
  door text not null check (door in ('web', 'api', 'cli', 'mail', 'job', 'git', 'github')),
  -- The number under which it was written, when its topic was merged into another one.
  moved_from integer,
  created_at timestamptz not null,
  edited_at timestamptz,
  withdrawn_at timestamptz,
  foreign key (summit_id, number) references plan_thread
);
create index plan_comment_thread on plan_comment (summit_id, number, created_at);
create index plan_comment_author on plan_comment (author_id);

create table plan_label (
  summit_id uuid not null,
  number integer not null,
  label text not null check (label <> ''),
  primary key (summit_id, number, label),
  foreign key (summit_id, number) references plan_thread
);
create index plan_label_name on plan_label (summit_id, label);

-- A topic is a document on main; this ties it to its number.
create table plan_topic (
  summit_id uuid not null,
  number integer not null,
  path text not null,
  state text not null default 'idea'
    check (state in ('idea', 'proposed', 'planned', 'active', 'done', 'dropped')),
  duplicate_of integer,
  primary key (summit_id, number),
  unique (summit_id, path),
  foreign key (summit_id, number) references plan_thread,
  foreign key (summit_id, duplicate_of) references plan_thread
);

create table plan_interest (
  summit_id uuid not null,
  number integer not null,
  person_id uuid not null references person,
  level text not null check (level in ('lead', 'work', 'learn', 'none')),
  why text not null default '',
  changed_at timestamptz not null,
  primary key (summit_id, number, person_id),
  foreign key (summit_id, number) references plan_topic
);
create index plan_interest_person on plan_interest (person_id);

-- A decision is a document on main as well: provisional until its window closes.
create table plan_decision (
  summit_id uuid not null,
  number integer not null,
  path text not null,
  state text not null default 'provisional' check (state in ('provisional', 'ratified', 'reopened')),
  made_at timestamptz not null,
  closes_at timestamptz not null,
  settled_at timestamptz,
  primary key (summit_id, number),
  unique (summit_id, path),
  foreign key (summit_id, number) references plan_thread
);

-- A change to plan documents under review: a branch, and what it pointed to each time it was pushed.
create table plan_proposal (
  summit_id uuid not null,
  number integer not null,
  branch text not null,
  -- Of the last version.
  head text not null,
  version integer not null default 1,
  state text not null default 'open' check (state in ('open', 'merged', 'closed')),
  merged_at timestamptz,
  merged_by uuid references person,
  merge_commit text,
  primary key (summit_id, number),
  foreign key (summit_id, number) references plan_thread
);
create unique index plan_proposal_branch on plan_proposal (summit_id, branch) where state = 'open';

create table plan_version (
  summit_id uuid not null,
  number integer not null,
  version integer not null,
  head text not null,
  -- Where it left main.
  base text not null,
  by_person uuid references person,
  by_account bigint references github_account,
  door text not null,
  at timestamptz not null,
  primary key (summit_id, number, version),
  foreign key (summit_id, number) references plan_proposal
);

create table plan_review (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null,
  number integer not null,
  -- The version that was looked at.
  version integer not null,
  verdict text not null check (verdict in ('approve', 'request_changes', 'comment')),
  body text not null default '',
  author_id uuid references person,
  author_account bigint references github_account,
  door text not null,
  at timestamptz not null,
  dismissed_at timestamptz,
  dismissed_by uuid references person,
  dismissed_why text not null default '',
  foreign key (summit_id, number, version) references plan_version
);
create index plan_review_proposal on plan_review (summit_id, number);
create index plan_review_author on plan_review (author_id);

-- A comment on a line of one version: where it was written. Where it belongs now is computed.
create table plan_line_comment (
  comment_id uuid primary key references plan_comment,
  review_id uuid references plan_review,
  version integer not null,
  path text not null,
  side text not null check (side in ('old', 'new')),
  line integer not null check (line > 0),
  -- The file that the line is of, as Git names its content.
  blob text not null,
  -- The first comment on the place, for an answer to it.
  reply_to uuid references plan_comment,
  resolved_at timestamptz,
  resolved_by uuid references person
);
create index plan_line_comment_review on plan_line_comment (review_id);

create table plan_review_request (
  summit_id uuid not null,
  number integer not null,
  person_id uuid not null references person,
  asked_by uuid references person,
  asked_at timestamptz not null,
  answered_at timestamptz,
  primary key (summit_id, number, person_id),
  foreign key (summit_id, number) references plan_proposal
);
create index plan_review_request_person on plan_review_request (person_id);

alter table event drop constraint event_door_check;
alter table event add constraint event_door_check
  check (door in ('web', 'api', 'cli', 'mail', 'job', 'git', 'github'));
