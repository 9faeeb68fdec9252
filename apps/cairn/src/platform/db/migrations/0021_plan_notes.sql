-- Notes of meetings that were published in the plan: document and notes follow each other.
create table plan_notes (
  summit_id uuid not null references plan_repository,
  text_id uuid primary key references meeting_text,
  path text not null,
  -- The document that both sides last agreed on, as Git names its content: what changed since is counted from it.
  blob text not null,
  published_at timestamptz not null,
  unique (summit_id, path)
);
