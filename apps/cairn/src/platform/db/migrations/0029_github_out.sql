-- What of a plan is to be told to GitHub, one row for each thing: it is sent as it is when its turn comes.
-- A row stays until GitHub has taken it, however long that is.
create table github_out (
  summit_id uuid not null references plan_repository,
  what text not null check (
    what in ('main', 'heads', 'thread', 'comment', 'review', 'reactions', 'requests')
  ),
  -- The number of a thread, or the id of what is said in it.
  local_id text not null,
  -- Threads before what is said in them.
  rank integer not null,
  asked_at timestamptz not null,
  tries integer not null default 0,
  -- Set before something is made there, so that a process that died looks whether it was made.
  began_at timestamptz,
  not_before timestamptz,
  -- What GitHub said when it did not take it.
  trouble text not null default '',
  primary key (summit_id, what, local_id)
);
create index github_out_turn on github_out (summit_id, rank, asked_at);

-- A person's leave to write on GitHub as them. What opens their account is sealed with a key of the installation.
create table github_grant (
  person_id uuid primary key references person,
  account_id bigint not null references github_account,
  access bytea not null,
  refresh bytea,
  expires_at timestamptz,
  granted_at timestamptz not null,
  -- GitHub took it no more; nothing is tried with it until it is given again.
  refused_at timestamptz
);
create index github_grant_account on github_grant (account_id);

-- A summit may listen to GitHub without speaking.
alter table github_settings add column sends boolean not null default true;
-- Where main stood here and there when both were last the same.
alter table github_settings add column main_sent text;

-- Reactions that we put there, so that one that is taken back here is taken back there, and no other.
create table github_reaction_sent (
  summit_id uuid not null references plan_repository,
  remote_id bigint not null,
  target text not null,
  primary key (summit_id, remote_id)
);
create index github_reaction_sent_target on github_reaction_sent (summit_id, target);
