import { z } from 'zod';

/** An excuse as an organiser gives it. */
export const excuseForm = z.object({
  reason: z
    .string('write why')
    .trim()
    .min(1, 'write why; the person sees it')
    .max(500, 'shorten the reason to 500 characters'),
});

export const withdrawExcuseForm = z.object({ excuse: z.uuid() });
export const withdrawEvidenceForm = z.object({ evidence: z.uuid() });
