-- When a meal is, in local times of the summit; who is there then is who eats.
alter table meal_plan add column starts text check (starts ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');
alter table meal_plan add column ends text check (ends ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');
-- The place that somebody was told of, so that only those whose place is another hear of it again.
alter table meal_seat add column told text not null default '';
-- What of a restaurant or a room is at the table; more people than this do not fit.
alter table meal_table add column seats integer not null default 8 check (seats > 0);

-- Whether the letter may say what is paid; asked of its owner, for it is their money.
alter table visa_letter add column says_money boolean not null default false;
-- What was written when it was issued, so that the letter stays as it was signed.
alter table visa_letter add column content jsonb;
-- When what is personal in it was taken out.
alter table visa_letter add column cleared_at timestamptz;
create unique index visa_letter_open on visa_letter (summit_id, person_id) where state in ('requested', 'returned');

-- What stands on every letter of a summit, and for how many days after the summit their personal facts are kept.
create table letter_setting (
  summit_id uuid primary key references summit,
  letterhead text not null default '',
  signed_as text not null default '',
  contact text not null default '',
  days_kept integer not null default 30 check (days_kept between 1 and 3650)
);
