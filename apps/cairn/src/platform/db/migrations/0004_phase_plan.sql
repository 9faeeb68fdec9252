-- The phase plan: which of its steps are done. What they are and when they are due is in the definition.
create table step_done (
  summit_id uuid not null references summit,
  phase text not null,
  step text not null,
  done_at timestamptz not null,
  done_by uuid references person,
  primary key (summit_id, phase, step)
);

-- The other side of the cap: it cannot sink below the seats that are taken.
create function seats_hold_the_seated() returns trigger language plpgsql as $$
declare seated integer;
begin
  select count(*) into seated from seat where summit_id = new.id;
  if new.seats < seated then
    raise exception '% seats are too few: % are taken', new.seats, seated using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger seats_hold_the_seated before update of seats on summit
  for each row when (new.seats < old.seats) execute function seats_hold_the_seated();

create index summit_series on summit (series_slug);
