/** What a token of the API may be allowed to do, never more than its owner may. */
export const SCOPES = {
  'read:summit': 'read summits, drafts of yours among them, with their definitions and agreements',
  'write:summit': 'found summits, change definitions, announce, publish agreements',
  'read:people': 'read who is invited, with contact and seat',
  'write:people': 'add people, and change invitations and seats',
  'read:promises': 'read everybody’s promises and evidence',
  'write:promises': 'record evidence, and excuse promises',
  'read:notes': 'read agendas, notes and tasks of summits that you take part in',
  'write:notes': 'write agendas and notes, and tick tasks',
  'read:plan': 'read the plans of summits that you take part in, and clone them with Git',
  'write:plan': 'discuss, propose and review in plans, and push to them with Git',
  'read:timetable': 'read timetables, groups and worklogs of summits that you take part in',
  'write:timetable': 'make timetables, put sessions into open space, write worklogs',
  'read:stays':
    'read stays, journeys, rooms to sleep in, meals and needs, as far as you may see them',
  'write:stays':
    'change your stay, journey and needs; make rooms, meals and head-counts if you organise',
  'read:money': 'read your estimates, claims and receipts, and everybody’s if you are treasurer',
  'write:money': 'propose estimates and claim for you; decide and pay if you are treasurer',
  'read:events': 'read the audit log',
  'read:me': 'read your own part: invitation, promises, data',
  answer: 'answer invitations and offers for you, accept agreements, choose what is shown of you',
  'write:me': 'change your name and time zone',
} as const;

export type Scope = keyof typeof SCOPES;

export const SCOPE_NAMES = Object.keys(SCOPES) as readonly Scope[]; // the keys of the constant above

/** Stored scopes; one that this version does not know allows nothing. */
export const scopesOf = (names: readonly string[]): Scope[] =>
  SCOPE_NAMES.filter((scope) => names.includes(scope));
