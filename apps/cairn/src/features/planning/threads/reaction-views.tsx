import type { ReactionCount } from './reaction-queries.ts';
import { REACTION_SIGNS, REACTIONS, type Reaction } from './thread-rules.ts';

interface ReactionsProps {
  readonly reactions: readonly ReactionCount[];
  /** Where reactions are sent; undefined for whoever may only read. */
  readonly action: string | undefined;
}

/** Reactions with their counts; for whoever may, each is a switch, and the others are one tap away. */
export function Reactions({ reactions, action }: ReactionsProps) {
  if (action === undefined) {
    return reactions.length === 0 ? null : (
      <p class="reactions">
        {reactions.map(({ reaction, count }) => (
          <span key={reaction} class="reaction">
            <Sign reaction={reaction} /> {count}
          </span>
        ))}
      </p>
    );
  }
  const given = new Set(reactions.map(({ reaction }) => reaction));
  return (
    <form class="reactions" method="post" action={action}>
      {reactions.map(({ reaction, count, mine }) => (
        <button
          key={reaction}
          type="submit"
          class="reaction"
          name={mine ? 'remove' : 'add'}
          value={reaction}
          aria-pressed={mine ? 'true' : 'false'}
        >
          <Sign reaction={reaction} /> {count}
        </button>
      ))}
      <details>
        <summary>React</summary>
        <span>
          {REACTIONS.filter((reaction) => !given.has(reaction)).map((reaction) => (
            <button key={reaction} type="submit" class="reaction" name="add" value={reaction}>
              <Sign reaction={reaction} />
            </button>
          ))}
        </span>
      </details>
    </form>
  );
}

/** The word stands beside the sign, for readers whose device cannot draw it and for those who hear it. */
const Sign = ({ reaction }: { reaction: Reaction }) => (
  <>
    <span aria-hidden="true">{REACTION_SIGNS[reaction].sign}</span> {REACTION_SIGNS[reaction].word}
  </>
);
