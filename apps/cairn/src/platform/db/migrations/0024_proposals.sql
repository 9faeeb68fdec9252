-- What a version changes, told apart from where main stood: two versions that change the same have the
-- same sign here, so that bringing a branch up to main asks nobody to review again.
alter table plan_version add column change_id text not null default '';

alter table plan_proposal
  -- Who asked that it be merged by itself once it may be.
  add column merge_asked_by uuid references person,
  -- Why an organiser merged it though it still needed something.
  add column merged_despite text not null default '';

create index plan_proposal_state on plan_proposal (summit_id, state);
