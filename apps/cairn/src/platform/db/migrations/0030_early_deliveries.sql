-- A delivery may say that something was deleted before it was ever told in what thread that was. It is
-- applied when the thread is here, so that the order in which things are told leaves no trace.
alter table github_delivery drop constraint github_delivery_state_check;
alter table github_delivery add constraint github_delivery_state_check
  check (state in ('waiting', 'early', 'applied', 'kept', 'failed'));
-- GitHub's number of the thread for which an early one waits.
alter table github_delivery add column awaits integer;
alter table github_delivery add constraint github_delivery_awaits check ((state = 'early') = (awaits is not null));
create index github_delivery_early on github_delivery (summit_id, arrived) where state = 'early';
