-- Travel, food and lodging within the grant. Amounts are whole minor units of a currency (cents); what they
-- are in the currency of a line stands beside what was spent, with the rate and its day, frozen.

-- Whose money -----------------------------------------------------------------------------------

-- The rules of what may be claimed: a text of YAML (`cairn: policy/1`) with the source and day of each rule.
create table policy (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  key text not null check (key ~ '^[a-z][a-z0-9_]*$'),
  text text not null,
  revision integer not null default 1,
  -- The set that ships with Cairn from which it was begun; null for one written here.
  shipped text,
  adopted_at timestamptz not null,
  removed_at timestamptz,
  unique (summit_id, key)
);
create table policy_revision (
  policy_id uuid not null references policy,
  revision integer not null,
  text text not null,
  at timestamptz not null,
  by_person uuid references person,
  primary key (policy_id, revision)
);
-- A rule that an organiser must confirm, and did, as it stood in that revision.
create table policy_confirmed (
  policy_id uuid not null references policy,
  rule text not null,
  revision integer not null,
  confirmed_at timestamptz not null,
  confirmed_by uuid references person,
  primary key (policy_id, rule)
);

create table funder (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  key text not null check (key ~ '^[a-z][a-z0-9_]*$'),
  name text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- The number of the award, and where it is described.
  award text not null default '',
  link text,
  -- What is spent outside of these days is not the funder's.
  from_on date,
  until_on date,
  -- What it wants with a claim: `receipts`, `boarding_passes`, `carrier_record`, `attendance`, `agenda`, `report`.
  documents text[] not null default '{}',
  -- Percent of the indirect base that the funder pays besides, as decimal text; null where it pays none.
  indirect_rate text check (indirect_rate ~ '^[0-9]{1,3}([.][0-9]{1,4})?$'),
  note text not null default '',
  position integer not null default 0,
  removed_at timestamptz,
  unique (summit_id, key)
);

create table fund_line (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  funder_id uuid not null references funder,
  key text not null check (key ~ '^[a-z][a-z0-9_]*$'),
  title text not null,
  -- What it may pay: see features/money/category-rules.ts.
  categories text[] not null,
  -- Whom it may pay for; keys of tracks or communities, or the people named in fund_line_person.
  pays_for text not null default 'everyone' check (pays_for in ('everyone', 'tracks', 'communities', 'people')),
  pays_for_keys text[] not null default '{}',
  -- At most so much for one person, and for one category: {"travel": 150000}. Null and missing: no ceiling.
  person_ceiling bigint check (person_ceiling >= 0),
  category_ceilings jsonb not null default '{}',
  -- Whether something may be claimed only within an estimate that was approved before.
  needs_estimate boolean not null default true,
  -- For budgets in the shape of NSF's form 1030: see notes of features/money/nsf.
  is_participant_support boolean not null default true,
  in_indirect_base boolean not null default false,
  policy_id uuid references policy,
  position integer not null default 0,
  closed_at timestamptz,
  unique (summit_id, key)
);
create index fund_line_funder on fund_line (funder_id);
create table fund_line_person (
  line_id uuid not null references fund_line,
  person_id uuid not null references person,
  primary key (line_id, person_id)
);

-- Whether somebody is a participant whom participant support may pay for, or works for the programme: decided for
-- each by the grantee's written policy (2 CFR 200.1).
create table participant_status (
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  is_participant boolean not null,
  reason text not null default '',
  decided_by uuid references person,
  decided_at timestamptz not null,
  primary key (summit_id, person_id)
);

-- The journal -----------------------------------------------------------------------------------

-- Double entry: the postings of an entry sum to zero for each line. Never changed, never deleted: a correction is
-- an entry of its own. Words about an entry stand beside it, so that they can be erased.
create table journal_entry (
  id bigint generated always as identity primary key,
  summit_id uuid not null references summit,
  at timestamptz not null,
  by_person uuid references person,
  kind text not null check (kind in ('allotment', 'transfer', 'commitment', 'release', 'claim', 'return',
    'approval', 'payment', 'reversal', 'correction')),
  -- What it is about: an estimate's item, a claim's item, a payment.
  subject_kind text not null default '',
  subject_id uuid,
  -- An entry with the same key is written once, however often it is asked for.
  key text not null unique,
  -- The entry that this one takes back.
  corrects bigint unique references journal_entry,
  -- Somebody let it go beyond what is left, and said why in journal_note.
  is_override boolean not null default false
);
create index journal_entry_summit on journal_entry (summit_id, id);
create index journal_entry_subject on journal_entry (subject_id);
create table journal_note (
  entry_id bigint primary key references journal_entry,
  text text not null
);
create table journal_posting (
  entry_id bigint not null references journal_entry,
  position smallint not null,
  line_id uuid not null references fund_line,
  -- '' for money that is of no category yet.
  category text not null default '',
  person_id uuid references person,
  stage text not null check (stage in ('grant', 'left', 'committed', 'claimed', 'uncommitted', 'approved', 'paid')),
  minor bigint not null check (minor <> 0),
  primary key (entry_id, position)
);
create index journal_posting_line on journal_posting (line_id, stage);

-- The sum of the postings of each account, kept by the trigger below and by nothing else.
create table journal_balance (
  line_id uuid not null references fund_line,
  category text not null,
  person_id uuid references person,
  stage text not null,
  minor bigint not null,
  unique nulls not distinct (line_id, category, person_id, stage)
);

create function journal_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the journal is append-only';
end $$;
create trigger journal_entry_is_append_only before update or delete on journal_entry
  for each row execute function journal_is_append_only();
create trigger journal_posting_is_append_only before update or delete on journal_posting
  for each row execute function journal_is_append_only();

-- Adds a posting to its account. The row of `left` is one for each line, so two entries of one line wait for each
-- other there. What cannot be is refused: an account below zero, and a line overdrawn that nobody let be overdrawn.
create function journal_posting_counts() returns trigger language plpgsql as $$
declare
  now_minor bigint;
begin
  insert into journal_balance as account (line_id, category, person_id, stage, minor)
    values (new.line_id, new.category, new.person_id, new.stage, new.minor)
    on conflict (line_id, category, person_id, stage) do update set minor = account.minor + excluded.minor
    returning minor into now_minor;
  if new.minor < 0 and now_minor < 0 then
    if new.stage in ('committed', 'claimed', 'approved', 'paid') then
      raise exception using errcode = 'MN001', message = format('less than nothing would be %s', new.stage);
    end if;
    if new.stage = 'left' and not (select is_override from journal_entry where id = new.entry_id) then
      raise exception using errcode = 'MN002', message = 'the line would be overdrawn';
    end if;
  end if;
  if new.minor > 0 and now_minor > 0 and new.stage in ('grant', 'uncommitted') then
    raise exception using errcode = 'MN001', message = format('more than nothing would be %s', new.stage);
  end if;
  return null;
end $$;
create trigger journal_posting_counts after insert on journal_posting
  for each row execute function journal_posting_counts();

-- Looked at when the transaction ends, once everything of an entry is there.
create function journal_entry_has_postings() returns trigger language plpgsql as $$
begin
  if not exists (select from journal_posting where entry_id = new.id) then
    raise exception using errcode = 'MN003', message = 'an entry has postings';
  end if;
  return null;
end $$;
create constraint trigger journal_entry_has_postings after insert on journal_entry
  deferrable initially deferred for each row execute function journal_entry_has_postings();
create function journal_entry_is_balanced() returns trigger language plpgsql as $$
begin
  if (select sum(minor) from journal_posting
      where entry_id = new.entry_id and line_id = new.line_id) <> 0 then
    raise exception using errcode = 'MN003', message = 'the postings of an entry sum to zero for each line';
  end if;
  return null;
end $$;
create constraint trigger journal_entry_is_balanced after insert on journal_posting
  deferrable initially deferred for each row execute function journal_entry_is_balanced();

-- Currencies ------------------------------------------------------------------------------------

-- How much of `quote` one `base` was worth on a day, as decimal text, so that nothing of it is rounded.
create table exchange_rate (
  summit_id uuid not null references summit,
  base text not null check (base ~ '^[A-Z]{3}$'),
  quote text not null check (quote ~ '^[A-Z]{3}$'),
  on_date date not null,
  rate text not null check (rate ~ '^[0-9]+([.][0-9]+)?$'),
  source text not null,
  read_at timestamptz not null,
  primary key (summit_id, base, quote, on_date)
);
-- Lines of a file of rates that could not be taken, kept until they are mended or dropped.
create table rate_kept (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  file_name text not null,
  line integer not null,
  raw text not null,
  reason text not null,
  read_at timestamptz not null
);
create index rate_kept_summit on rate_kept (summit_id);

-- Before spending -------------------------------------------------------------------------------

create table estimate (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  -- In its address and on papers: E-12.
  number integer not null,
  person_id uuid not null references person,
  state text not null default 'draft' check (state in
    ('draft', 'submitted', 'second_look', 'returned', 'approved', 'declined', 'withdrawn', 'closed')),
  note text not null default '',
  -- Why more is asked for than the ceilings allow; and who looked first, where two must.
  over_reason text not null default '',
  first_look_by uuid references person,
  revision integer not null default 0,
  created_at timestamptz not null,
  submitted_at timestamptz,
  settled_at timestamptz,
  reminded_at timestamptz,
  unique (summit_id, number)
);
create index estimate_person on estimate (person_id);
create table estimate_item (
  id uuid primary key default gen_random_uuid(),
  estimate_id uuid not null references estimate,
  position integer not null,
  category text not null,
  text text not null,
  -- The line that is to pay it: proposed, or chosen by who approves.
  line_id uuid references fund_line,
  spent_minor bigint not null check (spent_minor >= 0),
  spent_currency text not null,
  -- In the currency of the line, with the rate that was frozen when it was submitted.
  minor bigint check (minor >= 0),
  rate text,
  rate_on date,
  rate_source text,
  -- What may be spent at most; null until somebody decided.
  cap_minor bigint check (cap_minor >= 0),
  cap_reason text not null default ''
);
create index estimate_item_estimate on estimate_item (estimate_id);
-- What happened to it, for those who may see it; the words of people.
create table estimate_step (
  id bigint generated always as identity primary key,
  estimate_id uuid not null references estimate,
  at timestamptz not null,
  by_person uuid references person,
  state text not null,
  reason text not null default ''
);
create index estimate_step_estimate on estimate_step (estimate_id);

-- What expected costs are made of: features/money/seat-cost parses it.
create table seat_cost_model (
  summit_id uuid primary key references summit,
  model jsonb not null,
  revision integer not null default 1,
  changed_at timestamptz not null,
  changed_by uuid references person
);

-- After spending --------------------------------------------------------------------------------

-- A picture or a PDF, checked and without what it told of its place. Its bytes are compressed already.
create table receipt (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  name text not null,
  media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
  size integer not null,
  width integer,
  height integer,
  pages integer,
  sha256 bytea not null,
  content bytea not null,
  -- What the whole slip says, where several claim parts of it.
  total_minor bigint check (total_minor >= 0),
  currency text,
  added_at timestamptz not null,
  removed_at timestamptz
);
alter table receipt alter column content set storage external;
create index receipt_person on receipt (summit_id, person_id);
create unique index receipt_once on receipt (summit_id, person_id, sha256) where removed_at is null;
-- Who else may claim a part of it.
create table receipt_share (
  receipt_id uuid not null references receipt,
  person_id uuid not null references person,
  minor bigint check (minor >= 0),
  primary key (receipt_id, person_id)
);

create table claim (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  -- In its address, on papers and in the reference of a payment: C-12.
  number integer not null,
  -- Whom it pays: a person, or a supplier (a hotel, a caterer) whose bill somebody entered.
  person_id uuid references person,
  supplier text not null default '',
  entered_by uuid references person,
  state text not null default 'draft' check (state in
    ('draft', 'submitted', 'second_look', 'returned', 'approved', 'declined', 'sent', 'paid', 'withdrawn')),
  title text not null default '',
  note text not null default '',
  -- Nothing more will be claimed: what is left of the caps is released.
  is_final boolean not null default false,
  over_reason text not null default '',
  first_look_by uuid references person,
  revision integer not null default 0,
  created_at timestamptz not null,
  submitted_at timestamptz,
  approved_at timestamptz,
  sent_at timestamptz,
  paid_at timestamptz,
  reminded_at timestamptz,
  check ((person_id is null) = (supplier <> '')),
  unique (summit_id, number)
);
create index claim_person on claim (person_id);
create table claim_item (
  id uuid primary key default gen_random_uuid(),
  claim_id uuid not null references claim,
  position integer not null,
  category text not null,
  meal text check (meal in ('breakfast', 'lunch', 'dinner')),
  spent_on date,
  text text not null default '',
  -- What the rules ask of such a cost: kilometres, nights, alcohol, class, legs of a flight ...
  facts jsonb not null default '{}',
  spent_minor bigint check (spent_minor >= 0),
  spent_currency text,
  line_id uuid references fund_line,
  minor bigint check (minor >= 0),
  rate text,
  rate_on date,
  rate_source text,
  -- What the rules took off when it was submitted: [{rule, minor, sentence}], and what they asked for.
  deductions jsonb not null default '[]',
  findings jsonb not null default '[]',
  -- What was approved, and why not all of it.
  approved_minor bigint check (approved_minor >= 0),
  reason text not null default '',
  -- How much of it drew on what had been committed when it was submitted.
  committed_minor bigint not null default 0 check (committed_minor >= 0)
);
create index claim_item_claim on claim_item (claim_id);
-- Whom it covers besides whoever claims it, each with their share.
create table claim_item_person (
  item_id uuid not null references claim_item on delete cascade,
  person_id uuid not null references person,
  minor bigint check (minor >= 0),
  primary key (item_id, person_id)
);
create table claim_item_receipt (
  item_id uuid not null references claim_item on delete cascade,
  receipt_id uuid not null references receipt,
  position integer not null default 0,
  primary key (item_id, receipt_id)
);
create index claim_item_receipt_receipt on claim_item_receipt (receipt_id);
create table claim_step (
  id bigint generated always as identity primary key,
  claim_id uuid not null references claim,
  at timestamptz not null,
  by_person uuid references person,
  state text not null,
  reason text not null default ''
);
create index claim_step_claim on claim_step (claim_id);

-- Claims that went together to whoever pays for a funder.
create table payer_batch (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  funder_id uuid not null references funder,
  number integer not null,
  note text not null default '',
  sent_at timestamptz not null,
  sent_by uuid references person,
  unique (summit_id, number)
);
create table payer_batch_claim (
  batch_id uuid not null references payer_batch,
  claim_id uuid not null references claim,
  -- What was asked of the funder for this claim, in its currency.
  minor bigint not null,
  primary key (batch_id, claim_id)
);

create table payment (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  funder_id uuid not null references funder,
  claim_id uuid not null references claim,
  -- In the funder's currency; what arrived in the payee's, where it is known.
  minor bigint not null check (minor > 0),
  sent_minor bigint check (sent_minor > 0),
  sent_currency text,
  paid_on date not null,
  reference text not null default '',
  -- The form that recorded it, so that sending it twice records it once.
  key text not null unique,
  recorded_at timestamptz not null,
  recorded_by uuid references person,
  reversed_at timestamptz,
  reversed_by uuid references person,
  reversal_reason text not null default ''
);
create index payment_claim on payment (claim_id);

-- Files of a bank or a spreadsheet that say what was paid; every row is kept.
create table bank_import (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  funder_id uuid not null references funder,
  file_name text not null,
  mapping jsonb not null,
  read_at timestamptz not null,
  read_by uuid references person
);
create table bank_row (
  id uuid primary key default gen_random_uuid(),
  import_id uuid not null references bank_import,
  summit_id uuid not null references summit,
  line integer not null,
  raw text not null,
  -- What makes it the same row in another file: the same row is matched once.
  fingerprint text not null,
  paid_on date,
  minor bigint,
  currency text,
  payee text not null default '',
  reference text not null default '',
  state text not null check (state in ('unreadable', 'unmatched', 'matched', 'set_aside', 'known')),
  reason text not null default '',
  payment_id uuid unique references payment
);
create index bank_row_import on bank_row (import_id, line);
create index bank_row_open on bank_row (summit_id, state);

-- The public table of what was paid, where a summit publishes one.
create table money_publication (
  summit_id uuid primary key references summit,
  options jsonb not null,
  published_at timestamptz,
  published_by uuid references person
);

-- Where people sleep and how they come ----------------------------------------------------------

create table stay (
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  from_city text not null default '',
  from_country text check (from_country ~ '^[A-Z]{2}$'),
  from_airport text check (from_airport ~ '^[A-Z]{3}$'),
  -- First night and the day of leaving; nights lie between.
  arrives_on date,
  leaves_on date,
  -- Nights outside of the summit's: why, and who pays them.
  extra_reason text not null default '',
  extra_paid_by text check (extra_paid_by in ('grant', 'self', 'sponsor')),
  extra_state text not null default 'none' check (extra_state in ('none', 'asked', 'agreed', 'declined')),
  extra_answer text not null default '',
  -- `shared`: would share; `single`: a room alone; `own`: sleeps elsewhere.
  room text not null default 'shared' check (room in ('shared', 'single', 'own')),
  single_reason text not null default '',
  -- People share only with those who say the same: 'women', 'men', or 'anyone'.
  shares_with text not null default 'anyone' check (shares_with in ('anyone', 'women', 'men')),
  -- `early`, `late`, `snores`, `light_sleeper`.
  habits text[] not null default '{}',
  note text not null default '',
  revision integer not null default 0,
  said_by uuid references person,
  said_at timestamptz not null,
  primary key (summit_id, person_id)
);
-- With whom somebody would share, and with whom not; seen by nobody but them and the solver.
create table room_wish (
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  other_id uuid not null references person,
  wish text not null check (wish in ('with', 'not_with')),
  said_at timestamptz not null,
  primary key (summit_id, person_id, other_id)
);
create table lodging (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  name text not null,
  address text not null default '',
  link text,
  text text not null default '',
  position integer not null default 0,
  removed_at timestamptz
);
create table lodging_room (
  id uuid primary key default gen_random_uuid(),
  lodging_id uuid not null references lodging,
  name text not null,
  beds integer not null check (beds between 1 and 12),
  is_accessible boolean not null default false,
  -- For the room and night.
  night_minor bigint check (night_minor >= 0),
  currency text,
  position integer not null default 0,
  removed_at timestamptz
);
-- Who sleeps where: proposed, set, dropped when another one is set.
create table rooming (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  state text not null default 'draft' check (state in ('draft', 'set', 'dropped')),
  seed integer not null,
  -- What came of it, in sentences that name no wish.
  statement jsonb not null default '[]',
  made_at timestamptz not null,
  made_by uuid references person,
  set_at timestamptz
);
create table rooming_place (
  rooming_id uuid not null references rooming,
  person_id uuid not null references person,
  room_id uuid references lodging_room,
  -- Put by hand: the next proposal leaves them there.
  is_kept boolean not null default false,
  primary key (rooming_id, person_id)
);

create table journey_leg (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  direction text not null check (direction in ('there', 'back')),
  position integer not null,
  mode text not null check (mode in ('air', 'rail', 'road', 'sea')),
  from_place text not null,
  to_place text not null,
  -- Airline and flight, or railway and train.
  carrier text not null default '',
  number text not null default '',
  -- Local times of the two places, `2023-05-21T14:05`.
  departs_at text,
  arrives_at text,
  wants_ride boolean not null default false,
  note text not null default ''
);
create index journey_leg_person on journey_leg (summit_id, person_id);

create table visa_letter (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  state text not null default 'requested' check (state in ('requested', 'returned', 'issued', 'withdrawn')),
  -- As in the passport; its number is left for its owner to write in by hand.
  full_name text not null,
  born_on date,
  citizenship text not null,
  affiliation text not null default '',
  consulate text not null default '',
  note text not null default '',
  answer text not null default '',
  requested_at timestamptz not null,
  issued_at timestamptz,
  issued_by uuid references person,
  signed_as text not null default '',
  outcome text check (outcome in ('granted', 'refused', 'not_needed')),
  outcome_at timestamptz
);
create index visa_letter_person on visa_letter (summit_id, person_id);

-- What people need, and meals -------------------------------------------------------------------

-- Seen by their owner and by organisers, who order food and book rooms; removed some time after the summit.
create table need (
  summit_id uuid not null references summit,
  person_id uuid not null references person,
  -- `vegetarian`, `vegan`, `halal`, `kosher`, `gluten_free` ... see features/people/needs.
  diets text[] not null default '{}',
  allergies text not null default '',
  access text not null default '',
  said_at timestamptz not null,
  primary key (summit_id, person_id)
);

-- How one meal of one day is had.
create table meal_plan (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  date date not null,
  meal text not null check (meal in ('breakfast', 'lunch', 'dinner')),
  -- Delivered to the rooms; tables in restaurants nearby; each as they like.
  kind text not null check (kind in ('catered', 'restaurants', 'own')),
  -- Whether the summit pays, so that nobody claims it.
  is_provided boolean not null,
  caterer text not null default '',
  place text not null default '',
  price_minor bigint check (price_minor >= 0),
  currency text,
  -- Until when counts may change, as a local time of the summit.
  order_by text,
  ordered_at timestamptz,
  -- What was ordered: {people, diets: {vegan: 3}, ...}.
  ordered jsonb,
  note text not null default '',
  seed integer not null default 1,
  -- The tables are told to those who sit at them.
  set_at timestamptz,
  revision integer not null default 0,
  unique (summit_id, date, meal)
);
create table restaurant (
  id uuid primary key default gen_random_uuid(),
  summit_id uuid not null references summit,
  name text not null,
  seats integer not null check (seats > 0),
  walk_minutes integer check (walk_minutes >= 0),
  -- What it has for people who eat only that.
  diets text[] not null default '{}',
  is_accessible boolean not null default true,
  price text not null default '',
  link text,
  note text not null default '',
  removed_at timestamptz
);
create table meal_table (
  id uuid primary key default gen_random_uuid(),
  meal_plan_id uuid not null references meal_plan,
  restaurant_id uuid references restaurant,
  title text not null,
  position integer not null default 0
);
create table meal_seat (
  meal_plan_id uuid not null references meal_plan,
  person_id uuid not null references person,
  -- Null: eats elsewhere, and said so.
  table_id uuid references meal_table,
  is_kept boolean not null default false,
  primary key (meal_plan_id, person_id)
);
