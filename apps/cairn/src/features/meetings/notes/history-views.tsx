import { markdownToHtml } from '@cairn/formats/markdown-html';
import type { ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Prose, When } from '../../../design/prose.tsx';
import { Changes } from './change-views.tsx';
import type { Sitting } from './sitting-rules.ts';
import type { TextRevision } from './text-queries.ts';
import { type Around, TextMenu } from './text-views.tsx';

interface HistoryProps extends Around {
  readonly href: string;
  readonly sittings: readonly Sitting[];
  readonly current: number;
  /** The number before which older states follow. */
  readonly olderBefore: number | undefined;
  readonly zone: ZoneName;
}

/** Who changed a text when, and what; each state can be read and put in force again. */
export function HistoryPage(props: HistoryProps) {
  const { home, subject, href, sittings, current, olderBefore, zone } = props;
  return (
    <>
      <TextMenu home={home} subject={subject} />
      {sittings.map(({ revision: { revision, body, at, by }, before, saves }) => (
        <section key={revision} aria-labelledby={`revision-${revision}`}>
          <h2 id={`revision-${revision}`}>
            {by?.name ?? 'Cairn'}, <When instant={at} zone={zone} />
          </h2>
          <p class="small quiet">
            {saves > 1 && `Saved ${saves} times. `}
            {revision === current ? 'This is how it stands.' : ''}{' '}
            <a href={`${href}?revision=${revision}`}>Read revision {revision}</a>
          </p>
          {before === undefined ? (
            <p>What was before is on the next page.</p>
          ) : (
            <Changes before={before} after={body} />
          )}
        </section>
      ))}
      <p>
        {olderBefore !== undefined && <a href={`${href}?history&before=${olderBefore}`}>Older</a>}
      </p>
    </>
  );
}

interface RevisionProps extends Around {
  readonly href: string;
  readonly shown: TextRevision;
  readonly current: number;
  readonly zone: ZoneName;
}

/** An old state to read, and the way to put it in force again. */
export function RevisionPage({ home, subject, href, shown, current, zone }: RevisionProps) {
  return (
    <>
      <TextMenu home={home} subject={subject} />
      <p>
        As {shown.by?.name ?? 'Cairn'} left it on <When instant={shown.at} zone={zone} />.{' '}
        <a href={`${href}?history`}>History</a>
      </p>
      <Prose html={markdownToHtml(shown.body, { shiftHeadings: 1 })} />
      {shown.revision === current ? (
        <p>This is how it stands.</p>
      ) : (
        <Form action={href} label="Put in force again">
          <HiddenField name="restore" value={String(shown.revision)} />
          <p class="small">What was written since stays in the history.</p>
          <Actions>
            <SubmitButton weight="ordinary">
              Put revision {shown.revision} in force again
            </SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}
