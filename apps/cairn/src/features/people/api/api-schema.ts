import type { Instant } from '@cairn/kernel/time';
import { z } from '@hono/zod-openapi';
import { slugParam } from '../../summits/api-schema.ts';
import { INVITATION_STATES, SEAT_KINDS } from '../invitations/invitation-rules.ts';
import { LISTING_FIELDS } from '../listing/listing-rules.ts';
import { EVIDENCE_KINDS, STANDINGS } from '../promises/obligation-rules.ts';

/** A moment as the API writes it. */
export const iso = (moment: Instant): string => moment.toString();
export const isoOrNull = (moment: Instant | null | undefined): string | null =>
  moment?.toString() ?? null;

const moment = z.string().openapi({ format: 'date-time' });
const count = z.number().int().min(0);
const seatKind = z.enum(SEAT_KINDS, `write one of ${SEAT_KINDS.join(', ')}`);
const communityKey = z.string().max(100);

/** A summit, and a person of it. */
export const personParams = slugParam.extend({
  person: z
    .uuid()
    .openapi({ param: { name: 'person', in: 'path' }, description: 'The person’s id.' }),
});
/** A summit, and something else of it that has an id. */
export const itemParams = slugParam.extend({
  id: z.uuid().openapi({ param: { name: 'id', in: 'path' } }),
});

// People ------------------------------------------------------------------------------------

export const personSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    email: z.string().nullable(),
    github: z.string().nullable(),
    communities: z.array(z.string()).openapi({ description: 'Keys of communities.' }),
    invitation: z
      .object({
        state: z.enum(INVITATION_STATES),
        seat_kind: seatKind,
        sent_at: moment.nullable(),
        answered_at: moment.nullable(),
        expires_at: moment.nullable(),
      })
      .nullable()
      .openapi({ description: 'Null for somebody without one, such as an organiser.' }),
    note: z.string().openapi({ description: 'The organisers’ own remark.' }),
  })
  .openapi('Person');
export type PersonAnswer = z.output<typeof personSchema>;

/** Somebody to add or to change, all of it at once. Checked further by the form's own schema. */
export const personEntrySchema = z
  .strictObject({
    name: z.string('write a name'),
    email: z.string().optional(),
    github: z.string().optional().openapi({ description: 'A GitHub handle.' }),
    communities: z.array(communityKey).max(100).default([]),
    seat_kind: seatKind.optional(),
    note: z.string().default(''),
  })
  .openapi('PersonEntry');

export const addedPersonSchema = z
  .object({
    id: z.uuid(),
    is_new: z.boolean(),
    not_added: z.array(z.string()).openapi({
      description: 'Addresses that were left out: their owner’s identities are their own by now.',
    }),
  })
  .openapi('AddedPerson');

export const importSchema = z
  .object({
    dry_run: z.boolean(),
    new: count,
    known: count,
    kept: count.openapi({ description: 'Rows that wait to be corrected, on the import page.' }),
    rows: z
      .array(
        z.object({
          line: z.number().int(),
          fate: z.enum(['new', 'known', 'repeated', 'bad']),
          problems: z.array(z.string()),
        }),
      )
      .openapi({ description: 'What becomes of each row; only of a dry run.' }),
    unknown_columns: z.array(z.string()),
  })
  .openapi('PeopleImport');

// Invitations -------------------------------------------------------------------------------

export const extensionSchema = z.strictObject({
  until: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'write a day as 2023-03-31')
    .openapi({ format: 'date', description: 'The last day to answer, by the summit’s clock.' }),
});

const PURPOSES = ['invitation', 'reminder'] as const;

export const batchSchema = z
  .object({
    id: z.uuid(),
    purpose: z.enum(PURPOSES),
    state: z.enum(['prepared', 'running', 'paused', 'done', 'discarded']),
    subject: z.string(),
    body: z.string(),
    created_at: moment,
    finished_at: moment.nullable(),
    total: count,
    sent: count,
    skipped: count,
  })
  .openapi('Batch');

export const newBatchSchema = z
  .strictObject({
    purpose: z.enum(PURPOSES, 'write invitation or reminder'),
    people: z.array(z.uuid()).min(1).max(10_000).optional().openapi({
      description: 'Whom to write to; everybody whom the purpose fits when left out.',
    }),
    subject: z.string().max(300).optional(),
    body: z.string().max(50_000).optional().openapi({
      description: 'With {name}, {link} and so on; the usual text when left out.',
    }),
  })
  .openapi('NewBatch');

export const batchStepSchema = z.strictObject({
  action: z.enum(['send', 'pause', 'resume', 'discard'], 'write send, pause, resume or discard'),
});

// One's own part ------------------------------------------------------------------------------

export const ownPartSchema = z
  .object({
    invitation: z
      .object({
        state: z.enum(INVITATION_STATES),
        seat_kind: seatKind,
        expires_at: moment.nullable(),
        answered_at: moment.nullable(),
        note: z.string(),
      })
      .nullable(),
    seat: z.object({ number: z.number().int(), kind: seatKind, taken_at: moment }).nullable(),
    waiting: z
      .object({
        before: count.openapi({ description: 'How many stand before you.' }),
        notice_days: count.nullable(),
        offer_expires_at: moment
          .nullable()
          .openapi({ description: 'Until when a seat is held for you.' }),
      })
      .nullable(),
    agreement: z.object({
      accepted: z.number().int().nullable().openapi({ description: 'The version.' }),
      current: z.number().int().openapi({ description: 'The version that a yes accepts now.' }),
    }),
  })
  .openapi('OwnPart');

const noticeDays = z
  .int('write the days as a whole number')
  .min(0)
  .max(999)
  .nullable()
  .optional()
  .openapi({ description: 'Days of notice that you need to come; null takes it back.' });
const note = z.string().max(2000, 'shorten the note to 2,000 characters').default('');

export const answerSchema = z
  .strictObject({
    answer: z.enum(['accept', 'unsure', 'decline'], 'write accept, unsure or decline'),
    agreement_version: z.int().min(1).max(1_000_000).optional().openapi({
      description: 'The version that you read and accept; needed with accept.',
    }),
    notice_days: noticeDays,
    note,
  })
  .refine((given) => given.answer !== 'accept' || given.agreement_version !== undefined, {
    message: 'say which version of the agreement you read and accept',
    path: ['agreement_version'],
  })
  .openapi('InvitationAnswer');

export const offerAnswerSchema = z
  .strictObject({ answer: z.enum(['accept', 'decline'], 'write accept or decline') })
  .openapi('OfferAnswer');

export const noticeSchema = z.strictObject({ notice_days: noticeDays }).openapi('Notice');

export const acceptanceSchema = z
  .strictObject({ version: z.int().min(1).max(1_000_000) })
  .openapi('Acceptance');

export const outcomeSchema = z
  .object({
    outcome: z.enum(['seated', 'waiting', 'unsure', 'declined']),
    seat: z.number().int().nullable(),
  })
  .openapi('Outcome');

// Seats ---------------------------------------------------------------------------------------

export const seatsSchema = z
  .object({
    cap: count,
    taken: count,
    open_offers: count,
    open_invitations: count,
    free: count,
    if_every_offer_is_accepted: count,
    seats: z
      .array(
        z.object({
          number: z.number().int(),
          person: z.uuid(),
          name: z.string(),
          kind: seatKind,
          taken_at: moment,
        }),
      )
      .nullable()
      .openapi({ description: 'For organisers; null for everybody else.' }),
    waiting: z
      .array(
        z.object({
          person: z.uuid(),
          name: z.string(),
          reason: z.string(),
          kind: seatKind,
          notice_days: count.nullable(),
          joined_at: moment,
          offer_expires_at: moment.nullable(),
          uncarried: z
            .string()
            .nullable()
            .openapi({ description: 'Why no line can carry them; null where one can.' }),
        }),
      )
      .nullable()
      .openapi({ description: 'In order; for organisers, null for everybody else.' }),
  })
  .openapi('Seats');

const person = z.uuid('write the person’s id');
export const seatStepSchema = z
  .discriminatedUnion(
    'action',
    [
      z.strictObject({ action: z.literal('seat'), person, seat_kind: seatKind }),
      z.strictObject({ action: z.literal('release'), person }),
      z.strictObject({ action: z.literal('offer'), person }),
      z.strictObject({ action: z.literal('offer_uncarried'), person }),
      z.strictObject({ action: z.literal('up'), person }),
      z.strictObject({ action: z.literal('down'), person }),
      z.strictObject({ action: z.literal('reason'), person, reason: z.string().max(500) }),
    ],
    { error: 'write an action: seat, release, offer, offer_uncarried, up, down or reason' },
  )
  .openapi('SeatStep');

// Promises ------------------------------------------------------------------------------------

const promiseSchema = z
  .object({
    obligation: z.string().openapi({ description: 'Its key.' }),
    wording: z.string(),
    standing: z.enum(STANDINGS),
    done: z.number(),
    needed: z.number(),
    can_miss: z.number().nullable(),
    tally: z.string(),
    sentence: z.string(),
  })
  .openapi('Promise');

export const boardRowSchema = z
  .object({
    person: z.uuid(),
    name: z.string(),
    seat: z.number().int().nullable(),
    has_accepted: z.boolean(),
    promises: z.array(promiseSchema),
  })
  .openapi('PromiseRow');

export const personPromisesSchema = z
  .object({
    person: z.uuid(),
    name: z.string(),
    accepted_version: z.number().int().nullable(),
    accepted_at: moment.nullable(),
    promises: z.array(promiseSchema),
    evidence: z.array(
      z.object({
        id: z.uuid(),
        kind: z.enum(EVIDENCE_KINDS),
        subject: z.string(),
        at: moment,
        source: z.string(),
      }),
    ),
    excuses: z.array(
      z.object({
        id: z.uuid(),
        obligation: z.string().nullable().openapi({ description: 'The promise that is waived.' }),
        occasion: z.string().nullable().openapi({
          description: 'Or the one occasion that may be missed: `meeting:february`.',
        }),
        reason: z.string(),
        by: z.string(),
        at: moment,
      }),
    ),
  })
  .openapi('PersonPromises');

const factSchema = z
  .strictObject({
    person: z.uuid('write the person’s id'),
    kind: z.enum(EVIDENCE_KINDS, `write one of ${EVIDENCE_KINDS.join(', ')}`),
    subject: z
      .string()
      .regex(
        /^[a-z]+(:[A-Za-z0-9._/#-]{1,200})?$/,
        'write what it is evidence of, such as meeting:february, day:2023-05-22 or pull:217',
      )
      .openapi({
        description: 'For ever the same for the same fact. Names a thing, never a person.',
      }),
    at: z.iso
      .datetime({ error: 'write a moment in UTC, such as 2023-05-22T17:00:00Z' })
      .refine((text) => text >= '2000' && text < '2200', 'write a moment of this century')
      .optional()
      .openapi({
        description:
          'When it happened; now when left out. Attendance and presence happen when their meeting or day does.',
      }),
  })
  .openapi('Fact');
export type Fact = z.output<typeof factSchema>;

export const evidenceSchema = z
  .strictObject({ facts: z.array(factSchema).min(1).max(1000) })
  .openapi('NewEvidence');

export const recordedSchema = z
  .object({
    recorded: count,
    already_known: count.openapi({
      description: 'Facts that were on record: telling twice is harmless.',
    }),
  })
  .openapi('RecordedEvidence');

export const newExcuseSchema = z
  .strictObject({
    person: z.uuid('write the person’s id'),
    obligation: z.string().max(100),
    reason: z
      .string()
      .max(500, 'shorten the reason to 500 characters')
      .refine((text) => text.trim() !== '', 'write why; the person sees it'),
  })
  .openapi('NewExcuse');

export const excuseIdSchema = z.object({ id: z.uuid() }).openapi('ExcuseId');
export const withdrawnSchema = z
  .object({ was_standing: z.boolean() })
  .openapi('Withdrawn', { description: 'False when it had been withdrawn before.' });

// The public, the agreement ------------------------------------------------------------------

export const participantsSchema = z
  .object({
    participants: z.array(
      z.object({
        name: z.string(),
        communities: z.array(z.string()).optional(),
        github: z.string().optional(),
        promises: z
          .array(z.object({ wording: z.string(), standing: z.enum(STANDINGS) }))
          .optional(),
      }),
    ),
    unlisted: count.openapi({ description: 'Participants who show nothing of themselves.' }),
    total: count,
  })
  .openapi('Participants');

export const listingSchema = z
  .strictObject({ fields: z.array(z.enum(LISTING_FIELDS)).max(LISTING_FIELDS.length) })
  .openapi('Listing', { description: 'What you show of yourself to everybody.' });

export const agreementSchema = z
  .object({
    version: z.number().int(),
    is_published: z.boolean(),
    text: z.string().openapi({ description: 'Markdown.' }),
    obligations: z.array(z.object({ key: z.string(), text: z.string() })),
    versions: z
      .array(z.object({ version: z.number().int(), created_at: moment, accepted: count }))
      .nullable()
      .openapi({ description: 'For organisers; null for everybody else.' }),
  })
  .openapi('Agreement');

export const versionSchema = z.object({ version: z.number().int() }).openapi('AgreementVersion');

// Events, oneself ------------------------------------------------------------------------------

export const eventSchema = z
  .object({
    id: z
      .string()
      .openapi({ description: 'Rises with time; a number too long for some programs.' }),
    at: moment,
    kind: z.string(),
    person: z.uuid().nullable(),
    actor: z.uuid().nullable().openapi({ description: 'Null for Cairn itself and its operator.' }),
    door: z.enum(['web', 'api', 'cli', 'mail', 'job', 'git', 'github']),
    data: z.record(z.string(), z.unknown()),
  })
  .openapi('Event');

export const meSchema = z
  .object({
    id: z.uuid().nullable().openapi({ description: 'Null for the operator of the machine.' }),
    name: z.string(),
    is_administrator: z.boolean(),
    scopes: z.array(z.string()).openapi({ description: 'What this token allows.' }),
  })
  .openapi('Me');

export const detailsBodySchema = z
  .strictObject({
    name: z.string().optional(),
    time_zone: z.string().nullable().optional().openapi({ description: 'IANA; null for none.' }),
  })
  .openapi('Details');

export const ownDataSchema = z
  .looseObject({ schema: z.string(), exported_at: moment })
  .openapi('OwnData', { description: 'Everything that Cairn holds about you.' });
