-- What a push is about to change, and whose it is, from the moment that Git is told to go on until the
-- proposal is recorded. A row that stays belongs to a process that died between the two.
create table plan_push (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references plan_repository,
  branch text not null,
  -- What the branch points to afterwards; null where the push takes it away.
  head text,
  person_id uuid not null references person,
  at timestamptz not null
);
create index plan_push_summit on plan_push (summit_id, at);
create index plan_push_person on plan_push (person_id);

-- How the repository of a plan is: its size, when it was looked through, and what was broken then.
create table plan_upkeep (
  summit_id uuid primary key references plan_repository,
  bytes bigint not null,
  looked_at timestamptz not null,
  checked_at timestamptz,
  damage text,
  repacked_at timestamptz
);
