-- What looks alike is found by parts of words, as people type it.
create extension if not exists pg_trgm;

alter table plan_thread
  add column locked_at timestamptz,
  add column locked_by uuid references person;
-- What is said and done at one moment keeps its order.
create sequence plan_turn;
alter table plan_comment
  add column withdrawn_by uuid references person,
  add column turn bigint not null default nextval('plan_turn');

-- What a text said before it was edited.
create table plan_earlier_text (
  id bigint generated always as identity primary key,
  summit_id uuid not null,
  number integer,
  comment_id uuid references plan_comment,
  title text,
  body text not null,
  -- Who replaced it, and when.
  replaced_by uuid references person,
  replaced_by_account bigint references github_account,
  replaced_at timestamptz not null,
  check (num_nonnulls(number, comment_id) = 1),
  foreign key (summit_id, number) references plan_thread
);
create index plan_earlier_text_thread on plan_earlier_text (summit_id, number);
create index plan_earlier_text_comment on plan_earlier_text (comment_id);
create index plan_earlier_text_person on plan_earlier_text (replaced_by);

create table plan_reaction (
  id bigint generated always as identity primary key,
  summit_id uuid not null,
  number integer,
  comment_id uuid references plan_comment,
  reaction text not null
    check (reaction in ('+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes')),
  person_id uuid references person,
  account_id bigint references github_account,
  at timestamptz not null,
  check (num_nonnulls(number, comment_id) = 1),
  check (num_nonnulls(person_id, account_id) = 1),
  unique nulls not distinct (summit_id, number, comment_id, reaction, person_id, account_id),
  foreign key (summit_id, number) references plan_thread
);
create index plan_reaction_comment on plan_reaction (comment_id);
create index plan_reaction_person on plan_reaction (person_id);

-- What was done in a thread besides talking, told between its comments.
create table plan_happening (
  id bigint primary key default nextval('plan_turn'),
  summit_id uuid not null,
  number integer not null,
  kind text not null,
  data jsonb not null default '{}',
  person_id uuid references person,
  account_id bigint references github_account,
  at timestamptz not null,
  foreign key (summit_id, number) references plan_thread
);
create index plan_happening_thread on plan_happening (summit_id, number, at);
create index plan_happening_person on plan_happening (person_id);
-- However often somebody says #12, it is told once.
create unique index plan_happening_mention on plan_happening (summit_id, number, (data ->> 'by'))
  where kind = 'mentioned';

-- What the labels of a summit mean, and with it their colour. A label that is not here is plain.
create table plan_label_meaning (
  summit_id uuid not null references plan_repository,
  label text not null check (label <> ''),
  meaning text not null check (meaning in ('plain', 'good', 'warn', 'bad', 'soft')),
  about text not null default '',
  primary key (summit_id, label)
);

alter table plan_topic
  -- What its document says, for lists and for finding others like it.
  add column facts jsonb not null default '{}',
  add column problem text not null default '';
create index plan_topic_alike on plan_topic using gin (problem gin_trgm_ops);
create index plan_thread_alike on plan_thread using gin (title gin_trgm_ops);

-- One topic made part of another, and what came over with it, so that it can be taken back.
create table plan_topic_merge (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null,
  number integer not null,
  into_number integer not null check (into_number <> number),
  gained jsonb not null default '{}',
  merged_at timestamptz not null,
  merged_by uuid references person,
  undone_at timestamptz,
  undone_by uuid references person,
  foreign key (summit_id, number) references plan_topic,
  foreign key (summit_id, into_number) references plan_topic
);
create unique index plan_topic_merge_once on plan_topic_merge (summit_id, number)
  where undone_at is null;
create index plan_topic_merge_into on plan_topic_merge (summit_id, into_number);
create table plan_topic_merge_comment (
  merge_id uuid not null references plan_topic_merge,
  comment_id uuid not null references plan_comment,
  primary key (merge_id, comment_id)
);

-- What was told of a topic that is not as it should be: told once, and gone when it is mended.
create table plan_topic_told (
  summit_id uuid not null,
  number integer not null,
  problems jsonb not null,
  told_at timestamptz not null,
  primary key (summit_id, number),
  foreign key (summit_id, number) references plan_topic
);
