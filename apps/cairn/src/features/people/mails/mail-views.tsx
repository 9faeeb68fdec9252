import type { ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { Form } from '../../../design/form.tsx';
import { DayOf, Facts, When } from '../../../design/prose.tsx';
import { Pager, Table } from '../../../design/table.tsx';
import type { Summit } from '../../summits/queries.ts';
import { Address } from '../persons/person-contact.tsx';
import type { MailRow, WholeMail } from './mail-queries.ts';
import { MAIL_STATE_NAMES, MAIL_STATES, type MailState } from './mail-words.ts';

interface MailListProps {
  readonly summit: Summit;
  readonly zone: ZoneName;
  readonly mailGoesOut: boolean;
  readonly state: MailState | undefined;
  readonly counts: ReadonlyMap<MailState, number>;
  readonly mails: readonly MailRow[];
  readonly page: number;
  readonly pages: number;
}

const NOT_SENT = (
  <p>
    No mail server is set up here (<code>SMTP_URL</code>), so mails are kept and shown here, not
    sent.
  </p>
);

/** In place of an address that somebody gave to others; see shown-identities.ts. */
const NOT_GIVEN = 'an address they gave elsewhere';

/** The mails of a summit, and what became of each. */
export function MailList(props: MailListProps) {
  const { summit, zone, mailGoesOut, state, counts, mails, page, pages } = props;
  const path = `/s/${summit.slug}/organise/mail`;
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const shown = (which: MailState | undefined) =>
    which === undefined ? path : `${path}?state=${which}`;
  const choice = (which: MailState | undefined, words: string) => (
    <li key={words}>
      <a href={shown(which)} aria-current={which === state ? 'true' : undefined}>
        {words}
      </a>
    </li>
  );
  return (
    <>
      {!mailGoesOut && NOT_SENT}
      <nav class="menu" aria-label="Mails by state">
        <ul>
          {choice(undefined, `All (${all})`)}
          {MAIL_STATE_NAMES.filter((each) => (counts.get(each) ?? 0) > 0).map((each) =>
            choice(each, `${MAIL_STATES[each]} (${counts.get(each)})`),
          )}
        </ul>
      </nav>
      <Table
        caption="Mails"
        columns={[
          {
            head: 'Subject',
            namesRow: true,
            cell: ({ id, subject }) => <a href={`${path}/${id}`}>{subject}</a>,
          },
          {
            head: 'To',
            cell: ({ recipient }) =>
              recipient === null ? NOT_GIVEN : <Address email={recipient} />,
          },
          { head: 'State', cell: (mail) => MAIL_STATES[mail.state] },
          {
            head: 'Written',
            kind: 'date',
            cell: ({ createdAt }) => <DayOf instant={createdAt} zone={zone} />,
          },
        ]}
        rows={mails}
        rowKey={({ id }) => id}
        empty="No mail yet."
      />
      <Pager
        label="mails"
        page={page}
        pages={pages}
        href={(to) => `${shown(state)}${state === undefined ? '?' : '&'}page=${to}`}
      />
    </>
  );
}

interface MailPageProps {
  readonly summit: Summit;
  readonly zone: ZoneName;
  readonly mailGoesOut: boolean;
  readonly mail: WholeMail;
}

/** One mail: to whom, what it says, what goes with it, and what became of it. */
export function MailPage({ summit, zone, mailGoesOut, mail }: MailPageProps) {
  const path = `/s/${summit.slug}/organise/mail/${mail.id}`;
  const isForHand = mail.state === 'kept' && mail.recipient?.startsWith('@') === true;
  const mayGo = mailGoesOut && !isForHand && (mail.state === 'failed' || mail.state === 'kept');
  return (
    <>
      {!mailGoesOut && mail.state === 'kept' && NOT_SENT}
      {isForHand && (
        <p>No address is known for this person: please pass the text on to them yourself.</p>
      )}
      <Facts
        facts={[
          { term: 'To', value: mail.recipient ?? NOT_GIVEN },
          { term: 'State', value: MAIL_STATES[mail.state] },
          { term: 'Written', value: <When instant={mail.createdAt} zone={zone} /> },
          ...(mail.sentAt === null
            ? []
            : [{ term: 'Sent', value: <When instant={mail.sentAt} zone={zone} /> }]),
          ...(mail.attempts === 0 ? [] : [{ term: 'Tries', value: mail.attempts }]),
          ...(mail.lastError === null
            ? []
            : [{ term: 'The mail server said', value: mail.lastError }]),
          ...mail.attachments.map(({ filename }, index) => ({
            term: 'Attached',
            value: <a href={`${path}/attachments/${index}`}>{filename}</a>,
          })),
        ]}
      />
      <pre>{mail.body}</pre>
      {mayGo && (
        <Form action={path}>
          <Actions>
            <SubmitButton>{mail.state === 'failed' ? 'Try again' : 'Send it now'}</SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}
