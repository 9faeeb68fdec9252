import { counted } from '@cairn/kernel/words';
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
          aria-label={`${REACTION_SIGNS[reaction].word}: ${counted(count, 'person', 'people')}`}
        >
          <Sign reaction={reaction} isSilent /> {count}
        </button>
      ))}
      <details>
        <summary>React</summary>
        <span>
          {REACTIONS.filter((reaction) => !given.has(reaction)).map((reaction) => (
            <button
              key={reaction}
              type="submit"
              class="reaction"
              name="add"
              value={reaction}
              aria-label={REACTION_SIGNS[reaction].word}
            >
              <Sign reaction={reaction} isSilent />
            </button>
          ))}
        </span>
      </details>
    </form>
  );
}

const Sign = ({ reaction, isSilent }: { reaction: Reaction; isSilent?: boolean }) => {
  const { sign, word } = REACTION_SIGNS[reaction];
  return isSilent === true ? (
    <span aria-hidden="true">{sign}</span>
  ) : (
    <span role="img" aria-label={word}>
      {sign}
    </span>
  );
};
