/** The states of a mail as organisers read them; honest about what was not sent. */
export const MAIL_STATES: Readonly<Record<string, string>> = {
  queued: 'on its way',
  held: 'held back',
  sent: 'sent',
  kept: 'kept, not sent',
  failed: 'failed',
  cancelled: 'cancelled, not sent',
};
