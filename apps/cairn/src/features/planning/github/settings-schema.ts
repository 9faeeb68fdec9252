import { z } from 'zod';

const NAMED =
  /^(?:https?:\/\/[^/\s]+\/|git@[^:\s]+:)?([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100}?)(?:\.git)?\/?$/;

/** The form that connects a repository: its name, or its address as it stands in a browser. */
export const githubForm = z.object({
  repository: z
    .string()
    .trim()
    .transform((typed, context) => {
      const [, owner, name] = NAMED.exec(typed) ?? [];
      if (owner !== undefined && name !== undefined && name !== '.' && name !== '..') {
        return { owner, name };
      }
      context.addIssue({
        code: 'custom',
        message:
          'Write the owner and the name of the repository, such as scientific-python/summit-2023.',
      });
      return z.NEVER;
    }),
  topicLabel: z
    .string()
    .trim()
    .min(1, 'Write the label that makes an issue a topic, such as topic.')
    .max(50, 'A label on GitHub has at most 50 characters; write a shorter one.'),
});
