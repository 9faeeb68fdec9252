-- The budget lists for ever who let a line be overdrawn: few entries among very many.
create index journal_entry_override on journal_entry (summit_id, id) where is_override;
