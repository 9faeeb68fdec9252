import { z } from 'zod';

export const FEED_ABOUT = ['everything', 'mine', 'thread'] as const;
export type FeedAbout = (typeof FEED_ABOUT)[number];

const makeForm = z
  .object({
    action: z.literal('make'),
    name: z
      .string()
      .trim()
      .min(1, 'write where you will read it, such as phone')
      .max(60, 'write a shorter name, of at most 60 letters'),
    about: z.enum(FEED_ABOUT, 'choose what it is about'),
    number: z.string().trim().default(''),
  })
  .transform((form, context) => {
    if (form.about !== 'thread') return { ...form, number: undefined };
    const digits = /^#?([1-9]\d{0,8})$/.exec(form.number)?.[1];
    if (digits !== undefined) return { ...form, number: Number(digits) };
    const message = 'write the number of a topic, issue, proposal or decision, such as 12';
    context.addIssue({ code: 'custom', path: ['number'], message });
    return z.NEVER;
  });

const revokeForm = z.object({
  action: z.literal('revoke'),
  feed: z.guid('this form does not say which feed; go back and try again'),
});

export const planFeedForm = z.union([makeForm, revokeForm], {
  error: 'press one of the buttons of this page',
});
