-- Bundles for a funder: one PDF for each person whose claims it pays, made by a job, kept for some days.
create table bundle_run (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  funder_id uuid not null references funder,
  asked_at timestamptz not null,
  asked_by uuid references person,
  -- How many PDFs are made, and of how many.
  done integer not null default 0,
  total integer not null,
  finished_at timestamptz,
  -- Why it could not go on, for whoever runs the installation; empty while it can.
  failure text not null default ''
);
create index bundle_run_funder on bundle_run (funder_id, asked_at);

-- A file of it: the PDF of a payee, or a receipt that no typesetter could read, which goes beside it.
create table bundle_part (
  id uuid primary key default gen_random_uuid(),
  run_id uuid not null references bundle_run on delete cascade,
  position integer not null,
  -- Whose money it is about; null for a supplier.
  person_id uuid references person,
  name text not null,
  size integer not null,
  content bytea not null,
  unique (run_id, name)
);
alter table bundle_part alter column content set storage external;
create index bundle_part_person on bundle_part (person_id);
