import { counted } from '@cairn/kernel/words';
import { EmptyState } from '../../../design/empty.tsx';
import { Mark } from '../../../design/mark.tsx';
import type { Help, Todo } from './todo-rules.ts';

interface TreasuryHomeProps {
  readonly home: string;
  readonly todos: readonly Todo[];
  readonly helps: readonly Help[];
  /** Of their own, which another treasurer decides on. */
  readonly own: number;
}

/** What waits for somebody who looks after the money. */
export function TreasuryHome({ home, todos, helps, own }: TreasuryHomeProps) {
  return (
    <>
      <h2>To do</h2>
      {todos.length === 0 ? (
        <EmptyState next={{ href: `${home}/treasury/budget`, label: 'Look at the budget.' }}>
          Nothing waits for you.
        </EmptyState>
      ) : (
        <ul>
          {todos.map(({ key, what, path, detail, isPressing }) => (
            <li key={key}>
              {isPressing === true ? (
                <Mark shape="diamond" tone="bad">
                  <a href={`${home}/treasury${path}`}>{what}</a>
                </Mark>
              ) : (
                <a href={`${home}/treasury${path}`}>{what}</a>
              )}
              {detail !== undefined && <span class="quiet"> {detail}</span>}
            </li>
          ))}
        </ul>
      )}
      {own > 0 && (
        <p>
          {counted(own, 'estimate or claim is', 'estimates or claims are')} your own, so another
          treasurer decides.
        </p>
      )}
      {helps.length > 0 && (
        <>
          <h2>What would help</h2>
          <ul>
            {helps.map(({ key, sentence, path, label }) => (
              <li key={key}>
                {sentence} <a href={`${home}${path}`}>{label}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
