-- What was typed into a cost and could not be read, by field: kept until it is mended.
alter table claim_item add column typed jsonb not null default '{}';

-- After how many days people and treasurers are reminded of claims.
create table claim_reminder (
  summit_id uuid primary key references summit,
  -- Treasurers, of a claim that waits for them.
  waiting_days integer[] not null default '{5,10,20}',
  -- Its owner, of a draft and of a returned claim.
  draft_days integer not null default 7 check (draft_days between 1 and 365),
  returned_days integer not null default 5 check (returned_days between 1 and 365),
  -- Its owner, before a deadline of the rules.
  deadline_days integer not null default 7 check (deadline_days between 1 and 365)
);
