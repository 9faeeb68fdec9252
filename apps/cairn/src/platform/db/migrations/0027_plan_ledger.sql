create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- What happened in a thread, newest first.
create index event_plan_thread on event (summit_id, (data ->> 'number'), id desc)
  where data ? 'number';

-- What counts, and how people without a contribution are asked. No row: what is proposed.
create table plan_ledger_setting (
  summit_id uuid primary key references plan_repository,
  -- A comment with fewer words is no review of what somebody else opened.
  comment_words integer not null check (comment_words between 1 and 500),
  asks boolean not null,
  ask_every_days integer not null check (ask_every_days between 1 and 60)
);

-- Who was invited to which review, because they had done none yet.
create table plan_review_ask (
  summit_id uuid not null,
  number integer not null,
  person_id uuid not null references person,
  asked_at timestamptz not null,
  primary key (summit_id, number, person_id),
  foreign key (summit_id, number) references plan_proposal
);
create index plan_review_ask_person on plan_review_ask (person_id);

-- How somebody wants to hear of what is said. No row: what is proposed.
create table plan_digest (
  summit_id uuid not null references plan_repository,
  person_id uuid not null references person,
  taking_part text not null check (taking_part in ('at_once', 'daily', 'weekly', 'never')),
  mentions text not null check (mentions in ('at_once', 'daily', 'weekly', 'never')),
  everything text not null check (everything in ('at_once', 'daily', 'weekly', 'never')),
  -- When daily and weekly ones go out, on their own wall; the day from Monday, 1.
  hour smallint not null check (hour between 0 and 23),
  weekday smallint not null check (weekday between 1 and 7),
  asks boolean not null,
  -- In the address of every mail: opens a page on which mails are stopped, and nothing else.
  stop_key uuid not null unique default gen_random_uuid(),
  primary key (summit_id, person_id)
);
create index plan_digest_person on plan_digest (person_id);

-- What somebody is still to be told by mail.
create table plan_digest_item (
  person_id uuid not null references person,
  event_id bigint not null references event,
  summit_id uuid not null references plan_repository,
  number integer not null,
  why text not null check (why in ('taking_part', 'mentions', 'everything')),
  primary key (person_id, event_id)
);
create index plan_digest_item_summit on plan_digest_item (summit_id, person_id);

-- Who wants to hear of a thread, or not to, whatever they did in it.
create table plan_watch (
  summit_id uuid not null,
  number integer not null,
  person_id uuid not null references person,
  watches boolean not null,
  changed_at timestamptz not null,
  primary key (summit_id, number, person_id),
  foreign key (summit_id, number) references plan_thread
);
create index plan_watch_person on plan_watch (person_id);

-- Discussions under a secret address of one's own, for a program that reads Atom.
create table plan_feed (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references plan_repository,
  person_id uuid not null references person,
  about text not null check (about in ('everything', 'mine', 'thread')),
  number integer check ((number is not null) = (about = 'thread')),
  name text not null,
  secret_hash bytea not null unique,
  created_at timestamptz not null,
  revoked_at timestamptz,
  foreign key (summit_id, number) references plan_thread
);
create index plan_feed_person on plan_feed (person_id);

-- The link by which the reader of a mail stops mails of its kind, as a path.
alter table mail add column stop_page text;

-- Everything that can be searched, in one table, so that one index finds and ranks it. Triggers keep
-- it, in the transaction that changes what it is about.
create table plan_search (
  summit_id uuid not null references plan_repository,
  source text not null check (source in ('document', 'thread', 'comment', 'review')),
  -- The path, the number or the id.
  ref text not null,
  -- What it is called on screens: topic, notes, issue, comment ...
  what text not null,
  number integer,
  title text not null,
  body text not null,
  author_id uuid,
  author_account bigint,
  at timestamptz not null,
  -- In small letters without accents, for what was mistyped.
  plain_title text not null,
  words tsvector not null,
  primary key (summit_id, source, ref)
);
create index plan_search_words on plan_search using gin (words);
create index plan_search_title on plan_search using gin (plain_title gin_trgm_ops);
create index plan_search_at on plan_search (summit_id, at desc);
create index plan_search_author on plan_search (author_id);

-- Words of prose by their stem; names and code also as they stand. What PostgreSQL cannot index (a
-- megabyte of different words) is found by its title.
create function plan_words(title text, body text) returns tsvector
language plpgsql stable parallel safe as $$
declare
  plain text := unaccent(title);
  text_of text := unaccent(left(body, 100000));
  parted text := translate(text_of, './_:`', '     ');
  found tsvector := setweight(to_tsvector('simple', plain), 'A')
    || setweight(to_tsvector('english', translate(plain, './_:`', '     ')), 'A');
begin
  return found || setweight(to_tsvector('english', parted), 'C')
    || setweight(to_tsvector('simple', text_of), 'D');
exception when program_limit_exceeded then
  return found;
end $$;

create function plan_search_keep(
  of_summit uuid, of_source text, of_ref text, of_what text, of_number integer, of_title text,
  of_body text, of_author uuid, of_account bigint, of_at timestamptz
) returns void language sql as $$
  insert into plan_search values (of_summit, of_source, of_ref, of_what, of_number, of_title, of_body,
    of_author, of_account, of_at, lower(unaccent(of_title)), plan_words(of_title, of_body))
  on conflict (summit_id, source, ref) do update set what = excluded.what, number = excluded.number,
    title = excluded.title, body = excluded.body, author_id = excluded.author_id,
    author_account = excluded.author_account, at = excluded.at, plain_title = excluded.plain_title,
    words = excluded.words
$$;

create function plan_search_thread() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from plan_search
    where summit_id = old.summit_id and source = 'thread' and ref = old.number::text;
    return old;
  end if;
  perform plan_search_keep(new.summit_id, 'thread', new.number::text, new.kind, new.number, new.title,
    new.body, new.author_id, new.author_account, new.created_at);
  return new;
end $$;
create trigger plan_search_thread
  after insert or delete or update of kind, title, body, author_id, author_account on plan_thread
  for each row execute function plan_search_thread();

create function plan_search_comment() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (tg_op = 'UPDATE' and new.withdrawn_at is not null) then
    delete from plan_search
    where summit_id = old.summit_id and source = 'comment' and ref = old.id::text;
    return old;
  end if;
  if new.withdrawn_at is null then
    perform plan_search_keep(new.summit_id, 'comment', new.id::text, 'comment', new.number, '',
      new.body, new.author_id, new.author_account, new.created_at);
  end if;
  return new;
end $$;
create trigger plan_search_comment
  after insert or delete or update of number, body, author_id, author_account, withdrawn_at
  on plan_comment for each row execute function plan_search_comment();

create function plan_search_review() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    delete from plan_search
    where summit_id = old.summit_id and source = 'review' and ref = old.id::text;
  end if;
  if tg_op <> 'DELETE' and new.body <> '' then
    perform plan_search_keep(new.summit_id, 'review', new.id::text, 'review', new.number, '', new.body,
      new.author_id, new.author_account, new.at);
  end if;
  return null;
end $$;
create trigger plan_search_review
  after insert or delete or update of body, author_id, author_account on plan_review
  for each row execute function plan_search_review();

create function plan_search_document() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from plan_search
    where summit_id = old.summit_id and source = 'document' and ref = old.path;
    return old;
  end if;
  perform plan_search_keep(new.summit_id, 'document', new.path, new.kind, null, new.title, new.source,
    null, null, new.changed_at);
  return new;
end $$;
create trigger plan_search_document
  after insert or delete or update of kind, title, source on plan_document
  for each row execute function plan_search_document();

-- What is there already.
update plan_thread set title = title;
update plan_comment set body = body;
update plan_review set body = body;
update plan_document set source = source;
