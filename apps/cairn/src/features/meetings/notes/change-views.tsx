import { type MarkedPart, markedParts } from './change-rules.ts';

/** Around a change, so many characters of what stayed are shown. */
const AROUND = 160;

/** How a text became another: what came in, what went, and a little around it. */
export function Changes({ before, after }: { before: string; after: string }) {
  const parts = markedParts(before, after);
  if (parts.every(({ kind }) => kind === 'same')) return <p>Nothing is different.</p>;
  return (
    <div class="changes exact">
      {parts.map((part, index) => (
        <Part key={index} part={part} isFirst={index === 0} isLast={index === parts.length - 1} />
      ))}
    </div>
  );
}

function Part({
  part: { kind, text },
  isFirst,
  isLast,
}: {
  part: MarkedPart;
  isFirst: boolean;
  isLast: boolean;
}) {
  switch (kind) {
    case 'added':
      return (
        <ins>
          <span class="unseen">[added: </span>
          {text}
          <span class="unseen">]</span>
        </ins>
      );
    case 'removed':
      return (
        <del>
          <span class="unseen">[taken out: </span>
          {text}
          <span class="unseen">]</span>
        </del>
      );
    case 'same': {
      const most = (isFirst || isLast ? 1 : 2) * AROUND;
      if (text.length <= most + 40) return text;
      const [start, end] = [text.slice(0, AROUND), text.slice(-AROUND)];
      return (
        <>
          {!isFirst && start}
          <span class="quiet"> […] </span>
          {!isLast && end}
        </>
      );
    }
    default:
      return kind satisfies never;
  }
}
