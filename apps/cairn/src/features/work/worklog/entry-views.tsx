import { markdownToHtml } from '@cairn/formats/markdown-html';
import type { Problem } from '@cairn/kernel/problem';
import { parseDate } from '@cairn/kernel/time';
import { listed } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, TextArea } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Day, Prose } from '../../../design/prose.tsx';
import type { WorklogEntry } from './worklog-queries.ts';
import { linksIn, type WorklogField, type WorklogWords } from './worklog-rules.ts';

export const DayOf = ({ date }: { date: string }) => {
  const parsed = parseDate(date);
  return parsed.ok ? <Day date={parsed.value} /> : <span>{date}</span>;
};

/** What each part of an entry is called where it is read. */
const HEADS: Record<WorklogField, string> = {
  did: 'Done',
  links: 'Links',
  blocked: 'In the way',
  next: 'Next',
};

/** An entry to read: the parts that say something, each under its name. */
export function EntryWords({
  entry,
  fields,
  level = 3,
}: {
  entry: WorklogWords;
  fields: readonly WorklogField[];
  level?: 3 | 4;
}) {
  const Head = level === 3 ? 'h3' : 'h4';
  return (
    <>
      {fields
        .filter((field) => entry[field].trim() !== '')
        .map((field) => (
          <div key={field}>
            <Head>{HEADS[field]}</Head>
            {field === 'links' ? (
              <Links text={entry.links} />
            ) : (
              <Prose html={markdownToHtml(entry[field], { shiftHeadings: level })} />
            )}
          </div>
        ))}
    </>
  );
}

/** One a line; what is an address leads there. */
const Links = ({ text }: { text: string }) => (
  <ul>
    {linksIn(text).map(({ words, href }) => (
      <li key={words}>{href === undefined ? words : <a href={href}>{words}</a>}</li>
    ))}
  </ul>
);

/** Who wrote an entry. */
export const Writers = ({ entry }: { entry: WorklogEntry }) =>
  entry.writers.length === 0 ? null : (
    <p class="small quiet">Written by {listed([...entry.writers])}.</p>
  );

interface EntryFormProps {
  /** Where it is posted to: the address of the entry. */
  readonly action: string;
  /** Sets its ids apart: the key of the subject. */
  readonly scope: string;
  readonly title: string;
  readonly words: WorklogWords;
  /** The revision that is changed; 0 where nothing was written. */
  readonly base: number;
  /** Made up for this page: the same save sent twice is one. */
  readonly saveKey: string;
  readonly problems?: readonly Problem[] | undefined;
}

/** The entry to write. The script keeps what is typed, and sends it when the network is back. */
export const EntryForm = ({ action, scope, title, words, base, ...props }: EntryFormProps) => (
  <div data-log={action} data-title={title}>
    <Form action={action} scope={scope} label={`Write: ${title}`} problems={props.problems}>
      <HiddenField name="base" value={String(base)} />
      <HiddenField name="key" value={props.saveKey} />
      <TextArea
        name="did"
        label="What was done"
        optional
        rows={4}
        value={words.did}
        hint="Markdown. All of the group may write at once, also offline: nobody’s words are lost."
      />
      <TextArea
        name="links"
        label="Links"
        optional
        rows={2}
        value={words.links}
        hint="One a line: pull requests, issues, documents."
      />
      <TextArea name="blocked" label="What is in the way" optional rows={2} value={words.blocked} />
      <TextArea
        name="next"
        label="What comes next"
        optional
        rows={2}
        value={words.next}
        hint="The plan that the next check-in begins with."
      />
      <Actions>
        <SubmitButton weight="ordinary">
          Save<span class="unseen"> {title}</span>
        </SubmitButton>
        <span class="log-state" data-state role="status" />
      </Actions>
    </Form>
  </div>
);
