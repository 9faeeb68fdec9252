-- When treasurers and participants are reminded of estimates; a summit without a row has the days below.
create table estimate_setting (
  summit_id uuid primary key references summit,
  -- Days that an estimate has waited for a treasurer.
  waiting_days integer[] not null default '{3,7,14}',
  -- Days before arrival at which somebody who needs an estimate, and has proposed none, is asked for one.
  missing_days integer[] not null default '{60,30,14}'
);
