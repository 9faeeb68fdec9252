import { z } from 'zod';

/** Why somebody could not come. */
export const reasonForm = z.object({
  reason: z
    .string('write why')
    .trim()
    .min(1, 'write why in a few words')
    .max(500, 'shorten the reason to 500 characters'),
});

/** What somebody took from a recording. */
export const recordingForm = z.object({
  sentence: z
    .string('write a sentence')
    .trim()
    .min(10, 'write one whole sentence on what you took from it')
    .max(500, 'shorten this to 500 characters'),
});

/** The answer to a request. */
export const decideForm = z.object({
  request: z.uuid(),
  answer: z.enum(['grant', 'decline']),
});

/** An excuse that the organisers or a lead enter. */
export const excuseForm = reasonForm.extend({ person: z.uuid('pick somebody from the list') });

/** Somebody of the summit. */
export const personForm = z.object({ person: z.uuid() });
