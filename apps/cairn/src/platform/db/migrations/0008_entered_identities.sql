-- Which identities the organisers of a summit entered themselves. Somebody may be known by others that
-- they gave elsewhere; those are not shown here before the person has accepted.
create table person_identity_entered (
  summit_id uuid not null references summit,
  kind text not null,
  value citext not null,
  primary key (summit_id, kind, value),
  foreign key (kind, value) references person_identity on delete cascade
);
create index person_identity_entered_identity on person_identity_entered (kind, value);

-- Of what was entered before, the events tell which summit brought somebody or more about them.
insert into person_identity_entered (summit_id, kind, value)
select distinct event.summit_id, identity.kind, identity.value
from event join person_identity identity on identity.person_id = event.person_id
where event.kind in ('person.created', 'person.identified') and event.summit_id is not null;
