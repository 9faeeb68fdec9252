-- What follows from a change, outside the request: consumers of events, time-driven work, mails on
-- hold; and what an import could not take.

-- Written in the consumer's own transaction: an event that is handed over twice is handled once.
create table outbox_delivery (
  consumer text not null,
  event_id bigint not null references event,
  at timestamptz not null,
  primary key (consumer, event_id)
);

-- When each time-driven task last ran, by the installation's clock. The row is also its lock.
create table sweep_run (
  name text primary key,
  ran_at timestamptz
);

-- A mail of a paused batch is held: it is neither sent nor forgotten.
alter table mail drop constraint mail_state_check;
alter table mail add constraint mail_state_check
  check (state in ('queued', 'held', 'sent', 'kept', 'failed', 'cancelled'));
create index mail_state on mail (summit_id, state);

-- The organisers' own remark; `note` is what the invited person writes with their answer.
alter table invitation add column remark text not null default '';

-- A batch is prepared, looked at, and only then set going; or discarded.
alter table send_batch drop constraint send_batch_state_check;
alter table send_batch alter column state set default 'prepared';
alter table send_batch add constraint send_batch_state_check
  check (state in ('prepared', 'running', 'paused', 'done', 'discarded'));
create index send_batch_summit on send_batch (summit_id, created_at desc);
create index send_item_invitation on send_item (invitation_id);

-- Rows of a people's file that could not be taken, kept until they are corrected or dropped.
create table import_row (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  -- The line of the file that the row began on, its text as it stood there, and its cells by column
  -- name as far as they could be told apart.
  line integer not null,
  raw text not null,
  cells jsonb not null,
  created_by uuid references person,
  created_at timestamptz not null,
  settled_at timestamptz,
  settled_how text check (settled_how in ('imported', 'dropped')),
  check ((settled_at is null) = (settled_how is null))
);
create index import_row_open on import_row (summit_id, created_at, line) where settled_at is null;
