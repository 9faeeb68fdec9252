-- The repository on GitHub that the plan of a summit is kept in step with.
create table github_settings (
  summit_id uuid primary key references plan_repository,
  owner text not null check (owner ~ '^[A-Za-z0-9][A-Za-z0-9-]*$'),
  name text not null check (name ~ '^[A-Za-z0-9._-]+$'),
  -- GitHub's own number of it, which outlives renaming and moving; null until it was reached.
  repository_id bigint unique,
  default_branch text,
  -- Issues with this label are topics.
  topic_label text not null default 'topic' check (topic_label <> ''),
  connected_at timestamptz not null,
  connected_by uuid references person,
  -- Why it could not be reached when it was last tried: a word, whose sentence the page knows.
  trouble text,
  reached_at timestamptz,
  last_delivery_at timestamptz,
  -- What GitHub said last of how much may be asked, and until when nothing may.
  rate_limit integer,
  rate_left integer,
  rate_resets_at timestamptz,
  limited_until timestamptz
);
create index github_settings_person on github_settings (connected_by);

-- Accounts that are nobody's to be: programs, and the one that stands for whoever left.
alter table github_account add column kind text not null default 'user'
  check (kind in ('user', 'bot', 'ghost'));

-- The table below takes the name of an index of before.
alter index github_account_login rename to github_account_now;

-- Every name that an account was seen under. A name that somebody gave up may be somebody else's next.
create table github_account_login (
  login citext not null,
  account_id bigint not null references github_account,
  first_seen_at timestamptz not null,
  primary key (login, account_id)
);
create index github_account_login_account on github_account_login (account_id);

-- What is the same here and there. What came from GitHub is here and never goes out to it again; what
-- went out is here and is not taken for new when GitHub tells of it.
create table github_link (
  summit_id uuid not null references plan_repository,
  kind text not null check (kind in ('thread', 'comment', 'review', 'line-comment', 'reaction')),
  -- GitHub's number of it: of an issue or pull request that in its repository, else the database's.
  remote_id bigint not null,
  -- For what hangs on an issue or pull request, the number of that there.
  remote_number bigint,
  number integer,
  comment_id uuid references plan_comment,
  review_id uuid references plan_review,
  reaction_id bigint references plan_reaction on delete cascade,
  origin text not null check (origin in ('github', 'cairn')),
  url text not null default '',
  -- The state there that both sides agreed on last: when it was changed, and a digest of what it says.
  remote_at timestamptz,
  digest text not null default '',
  -- What the text there said then, where both sides may change parts of it: the body of a topic.
  base text,
  gone_at timestamptz,
  linked_at timestamptz not null default now(),
  primary key (summit_id, kind, remote_id),
  foreign key (summit_id, number) references plan_thread
);
create unique index github_link_thread on github_link (summit_id, number) where kind = 'thread';
create unique index github_link_comment on github_link (comment_id);
create unique index github_link_review on github_link (review_id);
create unique index github_link_reaction on github_link (reaction_id);

-- Every commit that the head of a pull request is known to have been, and when first: versions of its
-- proposal are these in this order, in whatever order they were heard of.
create table github_head (
  summit_id uuid not null,
  number integer not null,
  commit text not null check (commit ~ '^[0-9a-f]{40}$'),
  base text not null default '',
  first_at timestamptz not null,
  primary key (summit_id, number, commit),
  foreign key (summit_id, number) references plan_proposal
);

-- What GitHub sent by webhook, under the number that it gave. The content goes when it was applied, and
-- that of what nobody understood after a time.
create table github_delivery (
  id text primary key,
  arrived bigint generated always as identity,
  event text not null,
  action text not null default '',
  repository_id bigint,
  summit_id uuid references plan_repository,
  payload jsonb,
  state text not null default 'waiting' check (state in ('waiting', 'applied', 'kept', 'failed')),
  why text not null default '',
  tries integer not null default 0,
  received_at timestamptz not null,
  settled_at timestamptz
);
create index github_delivery_waiting on github_delivery (summit_id, arrived) where state = 'waiting';
create index github_delivery_summit on github_delivery (summit_id, received_at desc);

-- How far each list of the repository was read: the watermark moves with every page, so that what was
-- interrupted goes on there.
create table github_reading (
  summit_id uuid not null references plan_repository,
  stream text not null check (stream in ('issues', 'comments', 'line-comments')),
  -- Whatever was changed there before this was read.
  since timestamptz,
  pass_began_at timestamptz,
  -- Things changed in one second may fill more than a page.
  page integer not null default 1,
  seen integer not null default 0,
  -- How many there may be at most, as was said when the pass began.
  expected integer,
  etag text,
  read_at timestamptz,
  primary key (summit_id, stream)
);

-- Single things that are to be read, because something spoke of them or nothing says when they change.
create table github_due (
  summit_id uuid not null references plan_repository,
  what text not null check (
    what in (
      'labels', 'thread', 'comment', 'comments', 'pull',
      'thread-reactions', 'comment-reactions', 'line-reactions'
    )
  ),
  remote_id bigint not null,
  asked_at timestamptz not null,
  tries integer not null default 0,
  primary key (summit_id, what, remote_id)
);

-- The repository that a plan was kept in step with before: links are of it, and hold for no other.
create table github_former (
  summit_id uuid primary key references plan_repository,
  repository_id bigint not null
);
