import type { Instant } from '@cairn/kernel/time';
import { Temporal } from '@cairn/kernel/time';
import type { GithubRefusal } from '../../../platform/github/answer.ts';
import type { GithubClient } from '../../../platform/github/client.ts';
import type { Services } from '../../../platform/http/env.ts';
import type { Names } from './text-rules.ts';

/** What telling GitHub one thing needs. */
export interface Sending {
  readonly services: Services;
  readonly github: GithubClient;
  readonly summitId: string;
  /** Of the summit’s pages, without a slash at its end. */
  readonly home: string;
  /** `/repos/owner/name` */
  readonly repo: string;
  readonly owner: string;
  readonly defaultBranch: string;
  readonly topicLabel: string;
  /** What we call things, as GitHub calls them. */
  readonly names: Names;
}

/** What came of telling GitHub one thing. */
export type SendOutcome =
  | { readonly kind: 'done' }
  /** What it hangs on is not there yet, or GitHub does not answer or asks for patience. */
  | { readonly kind: 'later'; readonly until: Instant | undefined; readonly said: string }
  /** GitHub will not take it as it is. */
  | { readonly kind: 'refused'; readonly said: string };

export const SENT: SendOutcome = { kind: 'done' };

/** Something that has to be there first, and is on its way. */
export const notYet = (said: string): SendOutcome => ({ kind: 'later', until: undefined, said });

/** What a refusal of GitHub's means for what was to be told. */
export function outcomeOf(refusal: GithubRefusal): SendOutcome {
  switch (refusal.kind) {
    case 'limited':
      return {
        kind: 'later',
        until: Temporal.Instant.fromEpochMilliseconds(refusal.until),
        said: 'GitHub asks us to wait',
      };
    case 'unreachable':
      return { kind: 'later', until: undefined, said: refusal.said };
    case 'unauthorised':
    case 'forbidden':
    case 'missing':
    case 'refused':
      return { kind: 'refused', said: `${refusal.status} ${refusal.said}`.trim() };
    default:
      return refusal satisfies never;
  }
}
