-- What has arrived needs its link here no longer: whoever holds it can answer in the name of the
-- person it was sent to. From now on the worker takes it out when the mail server took the mail.
update mail set body = regexp_replace(body, 'https?://\S+/i/[A-Za-z0-9_-]{20,}', '[link, sent]', 'g')
where state = 'sent';
