export const MAIL_STATE_NAMES = ['queued', 'held', 'sent', 'kept', 'failed', 'cancelled'] as const;
export type MailState = (typeof MAIL_STATE_NAMES)[number];

/** The states of a mail as organisers read them; honest about what was not sent. */
export const MAIL_STATES: Readonly<Record<MailState, string>> = {
  queued: 'on its way',
  held: 'held back',
  sent: 'sent',
  kept: 'kept, not sent',
  failed: 'failed',
  cancelled: 'cancelled, not sent',
};
