import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { ChoiceRow } from '../../../design/choice-row.tsx';
import { TextField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import type { Typed } from '../../../platform/http/form.ts';
import { TRACK_LEVEL_WORDS, TRACK_LEVELS } from './track-rules.ts';

interface TracksPageProps {
  readonly action: string;
  readonly tracks: readonly {
    readonly key: string;
    readonly title: string;
    readonly topics: readonly string[];
  }[];
  readonly typed: Typed;
  readonly problems?: readonly Problem[] | undefined;
  readonly weekHref: string;
}

const text = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};

/** What a person wants of each track of the planning meetings. */
export function TracksPage({ action, tracks, typed, problems, weekHref }: TracksPageProps) {
  if (tracks.length === 0) {
    return (
      <EmptyState>
        The planning meetings have no tracks yet. What counts now is{' '}
        <a href={weekHref}>your week</a>.
      </EmptyState>
    );
  }
  return (
    <>
      <p>
        The planning meetings have parallel tracks. Say what you want of each, and organisers can
        put those that you care for into different calls, at times that suit you. They see what you
        say with your name; other participants do not.
      </p>
      <Form action={action} problems={problems}>
        {tracks.map(({ key, title, topics }) => (
          <ChoiceRow
            key={key}
            name={`level_${key}`}
            label={title}
            hint={topics.length > 0 ? `${topics.join('; ')}.` : undefined}
            options={[
              ...TRACK_LEVELS.map((level) => ({ value: level, label: TRACK_LEVEL_WORDS[level] })),
              { value: 'none', label: 'It is not for me' },
            ]}
            value={text(typed, `level_${key}`) || 'none'}
          >
            <details open={text(typed, `why_${key}`) !== ''}>
              <summary>
                A word of why<span class="unseen">: {title}</span>
              </summary>
              <TextField
                name={`why_${key}`}
                label="Why"
                value={text(typed, `why_${key}`)}
                autocomplete="off"
                optional
              />
            </details>
          </ChoiceRow>
        ))}
        <Actions>
          <SubmitButton>Save</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}
