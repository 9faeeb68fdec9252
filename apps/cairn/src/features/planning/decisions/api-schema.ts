import { z } from '@hono/zod-openapi';
import { numberedParams } from '../threads/thread-api-schema.ts';
import { LONGEST_REASON } from './objection-commands.ts';

/** The number of a decision. */
export const decisionParams = numberedParams('The decision’s number.');
/** The same, and which objection to it. */
export const objectionParams = decisionParams.extend({
  objection: z.uuid().openapi({ param: { name: 'objection', in: 'path' } }),
});

/** A reason or an answer in a body. */
export const reasonText = (path: string) =>
  z.string().max(LONGEST_REASON, `shorten the ${path} to 10,000 characters`);
