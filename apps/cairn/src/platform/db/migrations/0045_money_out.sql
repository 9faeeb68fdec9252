-- A claim that whoever pays gave back comes out of its batch, with the reason; it can go with another one.
alter table payer_batch_claim
  add column recalled_at timestamptz,
  add column recall_reason text not null default '';
create index payer_batch_claim_claim on payer_batch_claim (claim_id);

-- The same row of a bank is found again by what it says.
create index bank_row_fingerprint on bank_row (summit_id, fingerprint);

-- What was awarded for each line of a budget in the shape of NSF's form 1030.
create table nsf_budget (
  funder_id uuid primary key references funder,
  -- Minor units of the funder's currency by the line's letter: {"F.2": 6000000}.
  awarded jsonb not null default '{}',
  participants integer check (participants >= 0),
  revision integer not null default 0,
  saved_at timestamptz not null,
  saved_by uuid references person
);
