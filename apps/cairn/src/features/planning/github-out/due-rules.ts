import { z } from 'zod';

/** A thing of the plan that GitHub is to be told of. */
export interface Due {
  readonly what: 'main' | 'thread' | 'comment' | 'review' | 'heads' | 'reactions' | 'requests';
  /** The number of a thread, or the id of what is said in it. */
  readonly localId: string;
}

/** What is looked at where Git may have moved there. */
export const GIT_DUE: readonly Due[] = [
  { what: 'main', localId: 'main' },
  { what: 'heads', localId: 'heads' },
];

/** Main and threads go first: what is said hangs on them. */
export const DUE_RANKS: Record<Due['what'], number> = {
  main: 0,
  heads: 0,
  thread: 1,
  review: 2,
  comment: 3,
  requests: 4,
  reactions: 5,
};

const numbered = z.object({ number: z.number() });
const commented = z.object({ number: z.number(), comment: z.string() });
const reacted = z.object({ number: z.number(), comment: z.string().nullable().default(null) });
const reviewed = z.object({ number: z.number(), review: z.string() });
const merged = z.object({ number: z.number(), into: z.number() });

const thread = (data: unknown): Due[] => {
  const { number } = numbered.parse(data);
  return [{ what: 'thread', localId: String(number) }];
};
const comment = (data: unknown): Due[] => [
  { what: 'comment', localId: commented.parse(data).comment },
];
const review = (data: unknown): Due[] => [{ what: 'review', localId: reviewed.parse(data).review }];

/** What each kind of event makes due. */
const DUE: Readonly<Record<string, (data: unknown) => Due[]>> = {
  'plan.founded': () => [{ what: 'main', localId: 'main' }],
  'plan.moved': () => [{ what: 'main', localId: 'main' }],
  'thread.opened': thread,
  'thread.edited': thread,
  'thread.closed': thread,
  'thread.reopened': thread,
  'thread.locked': thread,
  'thread.unlocked': thread,
  'labels.changed': thread,
  'topic.changed': thread,
  'topic.merged': (data) => {
    const { number, into } = merged.parse(data);
    return [...thread({ number }), ...thread({ number: into })];
  },
  'decision.ratified': thread,
  'decision.reopened': thread,
  'proposal.versioned': thread,
  'proposal.merged': (data) => [{ what: 'main', localId: 'main' }, ...thread(data)],
  'proposal.closed': thread,
  'proposal.reopened': thread,
  'comment.added': comment,
  'comment.edited': comment,
  'comment.withdrawn': comment,
  'line.resolved': comment,
  'reaction.changed': (data) => {
    const { number, comment: on } = reacted.parse(data);
    return [{ what: 'reactions', localId: `${number}:${on ?? ''}` }];
  },
  'review.given': review,
  'review.dismissed': review,
  'review.requested': (data) => [
    { what: 'requests', localId: String(numbered.parse(data).number) },
  ],
};

export const DUE_EVENTS: readonly string[] = Object.keys(DUE);

/** What GitHub is to be told after an event; nothing where it came from there. */
export const dueAfter = ({
  kind,
  door,
  data,
}: {
  readonly kind: string;
  readonly door: string;
  readonly data: unknown;
}): Due[] =>
  door === 'github' ? (kind === 'proposal.versioned' ? HEADS : []) : (DUE[kind]?.(data) ?? []);

/** The commits of a pull request are asked for when something is heard of it. */
const HEADS: Due[] = [{ what: 'heads', localId: 'heads' }];
