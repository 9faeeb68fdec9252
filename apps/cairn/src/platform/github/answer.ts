import { z } from 'zod';
import type { Rate } from './limits.ts';

/** What GitHub answered, where it did what was asked. */
export interface GithubAnswer {
  readonly status: number;
  /** Parsed and not looked at; undefined where there is none, and where nothing has changed. */
  readonly data: unknown;
  /** True where what was asked for is as it was when its `etag` was given. */
  readonly unchanged: boolean;
  readonly etag: string | undefined;
  /**
   * The number of the page after this one. GitHub's own address of it names the repository by number,
   * from which nobody could tell whose installation to ask as.
   */
  readonly nextPage: number | undefined;
  /** How many pages there are, where GitHub says it. */
  readonly lastPage: number | undefined;
  readonly rate: Rate | undefined;
  /** When GitHub answered, by its own clock, in milliseconds since 1970. */
  readonly at: number;
}

/**
 * Why GitHub did not do what was asked:
 * `limited`: too much was asked; nothing may be asked before `until` (milliseconds since 1970);
 * `unauthorised`: it does not know this App or token;
 * `forbidden`: it may not do this; `missing`: there is nothing, or nothing that it may see;
 * `refused`: what was sent is not as it should be (the sentence says what GitHub said);
 * `unreachable`: nothing came back, or nothing of use. Then `mayBeDone` says whether it may have been
 * done all the same, so that whoever sent something looks before sending it again.
 */
export type GithubRefusal =
  | { readonly kind: 'limited'; readonly until: number }
  | {
      readonly kind: 'unauthorised' | 'forbidden' | 'missing' | 'refused';
      readonly status: number;
      readonly said: string;
    }
  | { readonly kind: 'unreachable'; readonly said: string; readonly mayBeDone: boolean };

const errorSchema = z.object({
  message: z.string().catch(''),
  errors: z
    .array(
      z
        .object({
          message: z.string().optional(),
          field: z.string().optional(),
          code: z.string().optional(),
        })
        .catch({}),
    )
    .catch([]),
});

/** What GitHub said of a refusal, in one line. */
export function saidIn(body: unknown): string {
  const parsed = errorSchema.safeParse(body);
  if (!parsed.success) return '';
  const { message, errors } = parsed.data;
  const details = errors.map(
    (each) => each.message ?? [each.field, each.code].filter(Boolean).join(' '),
  );
  return [message, ...details]
    .filter((part) => part !== '')
    .join('; ')
    .slice(0, 500);
}

/** The refusal that an answer's status means; limits are looked at before. */
export function refusalOf(status: number, body: unknown): GithubRefusal {
  const said = saidIn(body);
  if (status === 401) return { kind: 'unauthorised', status, said };
  if (status === 403 || status === 451) return { kind: 'forbidden', status, said };
  if (status === 404 || status === 410) return { kind: 'missing', status, said };
  if (status >= 500)
    return { kind: 'unreachable', said: said || `status ${status}`, mayBeDone: true };
  return { kind: 'refused', status, said };
}
