import { z } from 'zod';

/** A new feed is named after what reads it, so that a lost phone's can be told from the others. */
const makeFeedForm = z.object({
  action: z.literal('make'),
  name: z
    .string()
    .trim()
    .min(1, 'write where you will read it, such as phone')
    .max(60, 'write a shorter name, of at most 60 letters'),
});

const revokeFeedForm = z.object({
  action: z.literal('revoke'),
  feed: z.guid('this form does not say which feed; go back and try again'),
});

export const feedForm = z.discriminatedUnion('action', [makeFeedForm, revokeFeedForm], {
  error: 'press one of the buttons of this page',
});
