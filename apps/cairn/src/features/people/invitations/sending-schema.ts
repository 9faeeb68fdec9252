import { z } from 'zod';
import { PURPOSES } from './sending-rules.ts';

const purpose = z.enum(PURPOSES).catch('invitation').default('invitation');
const people = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .default([])
  .pipe(z.array(z.uuid('choose people from the list')).max(10_000, 'choose fewer people'));

/** Whom to write to, as it stands in an address: nobody named means everybody whom it fits. */
export const writeQuery = z.object({ purpose, 'person[]': people.catch([]) });

const line = z.string().max(300, 'shorten the subject to 300 characters').default('');
const text = z.string().max(50_000, 'shorten the text to 50,000 characters').default('');

/** The text of a batch as it is posted, and whom it is for. */
export const writeForm = z.object({ purpose, 'person[]': people, subject: line, body: text });

/** The text of a batch that exists. */
export const textForm = z.object({ subject: line, body: text });

export const BATCH_ACTIONS = ['send', 'pause', 'resume', 'discard'] as const;
export const batchForm = z.object({ action: z.enum(BATCH_ACTIONS, 'press one of the buttons') });
