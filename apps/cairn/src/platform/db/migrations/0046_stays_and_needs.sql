-- Which nights somebody asked for; what was agreed holds for these and no others.
alter table stay add column extra_nights text[] not null default '{}';
-- Whether a room alone was asked for, and what organisers said.
alter table stay add column single_state text not null default 'none'
  check (single_state in ('none', 'asked', 'agreed', 'declined'));
alter table stay add column single_answer text not null default '';

-- Asks for another room without having to say why.
alter table rooming_place add column asks_move boolean not null default false;

-- No steps on the way: rooms and restaurants are chosen by it.
alter table need add column step_free boolean not null default false;
-- For how many days after the summit what people need is kept.
create table need_setting (
  summit_id uuid primary key references summit,
  days_kept integer not null default 30 check (days_kept between 0 and 3650),
  removed_at timestamptz
);
