import { z } from 'zod';

const WHICH = 'open this page again; it does not say which state of the text was changed';
const revision = z.coerce
  .number<string | number>(WHICH)
  .int(WHICH)
  .min(0, WHICH)
  .max(1_000_000_000, WHICH);

/** A key that a page makes up, so that a save which is sent twice is one. */
const saveKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/)
  .optional();

/** What the form of a text posts, and what its script sends by itself. */
export const writtenForm = z.object({
  text: z.string('write something'),
  base: revision,
  template: z.string().default(''),
  key: saveKey.catch(undefined),
});

/** Which old state to put in force again. */
export const restoreForm = z.object({ restore: revision.min(1) });

/** Which part of a text's page was asked for. */
export const shownSchema = z.object({
  edit: z.string().optional(),
  history: z.string().optional(),
  revision: revision.min(1).optional().catch(undefined),
  before: revision.min(1).optional().catch(undefined),
});
