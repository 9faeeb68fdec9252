import type { Problem } from '@cairn/kernel/problem';
import { expectZone, type Instant, type ZoneName } from '@cairn/kernel/time';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, TextArea, TextField } from '../../../design/controls.tsx';
import { ErrorSummary, Form } from '../../../design/form.tsx';
import { Mark } from '../../../design/mark.tsx';
import { Progress } from '../../../design/progress.tsx';
import { Pager, Table } from '../../../design/table.tsx';
import type { Summit } from '../../summits/queries.ts';
import { MAIL_STATES, type MailState } from '../mails/mail-words.ts';
import { Address } from '../persons/person-contact.tsx';
import type { Batch, BatchItem } from './sending-queries.ts';
import {
  answerUntil,
  fillingFor,
  fillText,
  type MailText,
  PLACEHOLDERS,
  type Purpose,
  whyNotSent,
} from './sending-rules.ts';

const TextFields = ({ subject, body }: MailText) => (
  <>
    <TextField name="subject" label="Subject" value={subject} />
    <TextArea
      name="body"
      label="Text"
      hint={`${PLACEHOLDERS.map((name) => `{${name}}`).join(', ')} are filled in for each person.`}
      value={body}
      rows={24}
    />
  </>
);

interface WritePageProps {
  readonly summit: Summit;
  readonly purpose: Purpose;
  readonly people: readonly string[];
  readonly names: readonly string[];
  readonly count: number;
  readonly text: MailText;
  readonly problems?: readonly Problem[] | undefined;
}

/** Where the text of a batch is written before its mails are looked at. */
export function WritePage({
  summit,
  purpose,
  people,
  names,
  count,
  text,
  problems,
}: WritePageProps) {
  const path = `/s/${summit.slug}/organise/invitations`;
  const everybody =
    purpose === 'invitation'
      ? `everybody whose invitation is a draft (${count})`
      : `everybody who has not answered (${count})`;
  return (
    <>
      <p>
        To {people.length === 0 ? everybody : names.join(', ')}. The next page shows each mail as it
        will be; nothing is sent before.
      </p>
      <Form action={`${path}/write`} problems={problems}>
        <HiddenField name="purpose" value={purpose} />
        {people.map((person) => (
          <input key={person} type="hidden" name="person[]" value={person} />
        ))}
        <TextFields {...text} />
        <Actions>
          <SubmitButton>Show each mail</SubmitButton>
          <a href={path}>Back to the invitations</a>
        </Actions>
      </Form>
    </>
  );
}

const STATES: Record<Batch['state'], string> = {
  prepared: 'not sent yet',
  running: 'being sent',
  paused: 'paused',
  done: 'done',
  discarded: 'discarded',
};

const PROGRESS: Record<Batch['state'], string> = {
  prepared: 'Prepared',
  running: 'Sending',
  paused: 'Paused',
  done: 'Done',
  discarded: 'Discarded',
};

/** What a batch is called. */
export const batchTitle = ({ purpose, total }: Pick<Batch, 'purpose' | 'total'>): string =>
  `${total} ${purpose === 'invitation' ? 'invitation' : 'reminder'}${total === 1 ? '' : 's'}`;

/** How a batch stands, in words. */
export const batchWords = (batch: Batch): string =>
  batch.state === 'done' || batch.state === 'prepared'
    ? STATES[batch.state]
    : `${STATES[batch.state]}, ${batch.sent + batch.skipped} of ${batch.total}`;

interface BatchPageProps {
  readonly summit: Summit;
  readonly zone: ZoneName;
  readonly now: Instant;
  readonly mailGoesOut: boolean;
  readonly batch: Batch;
  readonly items: readonly BatchItem[];
  readonly mails: ReadonlyMap<MailState, number>;
  readonly page: number;
  readonly pages: number;
  readonly problems?: readonly Problem[] | undefined;
}

/** One batch: each mail before it goes, and what became of each afterwards. */
export function BatchPage(props: BatchPageProps) {
  const { summit, batch, mailGoesOut, page, pages, problems = [] } = props;
  const path = `/s/${summit.slug}/organise/invitations/batches/${batch.id}`;
  return (
    <>
      <ErrorSummary problems={problems} />
      {!mailGoesOut && (
        <p>
          No mail server is set up here, so mails are kept and shown under Mail, not sent. You can
          pass each link on yourself.
        </p>
      )}
      <Form action={path} label="This batch">
        <BatchActions batch={batch} path={path} />
      </Form>
      {batch.state !== 'prepared' && batch.state !== 'discarded' && <BatchProgress {...props} />}
      {batch.state === 'prepared' ? <Previews {...props} /> : <Outcomes {...props} />}
      <Pager label="mails" page={page} pages={pages} href={(to) => `${path}?page=${to}`} />
    </>
  );
}

function BatchActions({ batch, path }: { batch: Batch; path: string }) {
  const act = (action: string, words: string, weight: 'primary' | 'ordinary' | 'danger') => (
    <SubmitButton name="action" value={action} weight={weight}>
      {words}
    </SubmitButton>
  );
  switch (batch.state) {
    case 'prepared':
      return (
        <Actions>
          {act('send', `Send ${batchTitle(batch)}`, 'primary')}
          <ActionLink href={`${path}/text`}>Change the text</ActionLink>
          {act('discard', 'Discard', 'danger')}
        </Actions>
      );
    case 'running':
      return (
        <Actions>
          {act('pause', 'Pause', 'ordinary')}
          <a href={path}>Look again</a>
        </Actions>
      );
    case 'paused':
      return <Actions>{act('resume', 'Go on', 'primary')}</Actions>;
    case 'done':
    case 'discarded':
      return null;
    default:
      return batch.state satisfies never;
  }
}

function BatchProgress({ batch, mails }: BatchPageProps) {
  const said = [...mails].map(([state, count]) => `${count} ${MAIL_STATES[state]}`);
  return (
    <Progress
      label={PROGRESS[batch.state]}
      done={batch.sent + batch.skipped}
      total={Math.max(1, batch.total)}
    >
      Mails: {said.join(', ') || 'none yet'}.{' '}
      {batch.skipped > 0 && `${batch.skipped} people are left out.`}
    </Progress>
  );
}

/** Each recipient's own text, as it will be; only the link is made when it is sent. */
function Previews({ summit, now, batch, items }: BatchPageProps) {
  const zone = expectZone(summit.definition.zone);
  const { answer_within_days: days } = summit.definition.invitations;
  return (
    <>
      {items.map((item) => {
        const expiresAt =
          batch.purpose === 'reminder' && item.expiresAt !== null
            ? item.expiresAt
            : answerUntil(now, days, zone);
        const link = '(a personal link, made when this is sent)';
        const filling = fillingFor(summit.definition, { name: item.name, link, expiresAt }, zone);
        const text = fillText(batch, filling);
        const obstacle = whyNotSent(
          batch.purpose,
          { state: item.invitationState, expiresAt: item.expiresAt ?? undefined },
          now,
        );
        return (
          <section key={item.personId}>
            <h2>{item.name}</h2>
            {obstacle !== undefined && (
              <Mark shape="triangle" tone="warn">
                Will be left out. {obstacle.sentence}
              </Mark>
            )}
            <p class="quiet">
              To {item.email ?? `@${item.github} on GitHub, whom you pass the link on yourself`}.
              Subject: {text.subject}
            </p>
            <pre>{text.body}</pre>
          </section>
        );
      })}
    </>
  );
}

function Outcomes({ summit, items }: BatchPageProps) {
  const home = `/s/${summit.slug}/organise`;
  return (
    <Table
      caption="Mails"
      columns={[
        {
          head: 'Name',
          namesRow: true,
          cell: ({ personId, name }) => <a href={`${home}/people/${personId}`}>{name}</a>,
        },
        {
          head: 'To',
          cell: ({ email, github }) =>
            email === null ? `@${github} on GitHub` : <Address email={email} />,
        },
        {
          head: 'Mail',
          cell: ({ state, mailId, mailState, email }) =>
            mailId === null || mailState === null ? (
              state === 'skipped' ? (
                'left out'
              ) : (
                'waits'
              )
            ) : (
              <a href={`${home}/mail/${mailId}`}>
                {email === null && mailState === 'kept'
                  ? 'for you to pass on'
                  : MAIL_STATES[mailState]}
              </a>
            ),
        },
        ...(items.some(({ reason }) => reason !== '')
          ? [{ head: 'Why', cell: ({ reason }: BatchItem) => reason }]
          : []),
      ]}
      rows={items}
      rowKey={({ personId }) => personId}
      empty="Nobody."
    />
  );
}

interface TextPageProps {
  readonly summit: Summit;
  readonly batch: Batch;
  readonly text: MailText;
  readonly problems?: readonly Problem[] | undefined;
}

/** The text of a prepared batch, to be changed. */
export function TextPage({ summit, batch, text, problems }: TextPageProps) {
  const path = `/s/${summit.slug}/organise/invitations/batches/${batch.id}`;
  return (
    <Form action={`${path}/text`} problems={problems}>
      <TextFields {...text} />
      <Actions>
        <SubmitButton>Show each mail</SubmitButton>
        <a href={path}>Leave it as it is</a>
      </Actions>
    </Form>
  );
}
