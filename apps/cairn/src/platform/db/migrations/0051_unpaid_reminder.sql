-- After how many days treasurers are reminded of a claim that was sent to the payer and is not paid.
alter table claim_reminder
  add column unpaid_days integer not null default 14 check (unpaid_days between 1 and 365);
