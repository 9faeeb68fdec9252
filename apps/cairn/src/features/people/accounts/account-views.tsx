import type { Problem } from '@cairn/kernel/problem';
import { formatInstant, type ZoneName } from '@cairn/kernel/time';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { Select, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Table } from '../../../design/table.tsx';
import type { Passkey } from '../../../platform/auth/passkeys.ts';
import type { OpenSession } from '../../../platform/auth/sessions.ts';
import type { Typed } from '../../../platform/http/form.ts';
import { browserName } from './account-rules.ts';
import { PasskeyScript, ZoneScript } from './sign-in-views.tsx';

const textOf = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
};

/** Name and zone. */
export function DetailsSection({
  typed,
  zones,
  problems,
}: {
  typed: Typed;
  zones: readonly string[];
  problems: readonly Problem[];
}) {
  const zone = textOf(typed, 'zone');
  const offered = zone === '' || zones.includes(zone) ? zones : [zone, ...zones];
  return (
    <section aria-labelledby="details">
      <h2 id="details">About you</h2>
      <Form action="/me" problems={problems}>
        <TextField name="name" label="Name" autocomplete="name" value={textOf(typed, 'name')} />
        <Select
          name="zone"
          label="Time zone"
          hint="All times are shown to you in it."
          optional
          empty="The one that my browser tells"
          value={zone}
          options={offered.map((name) => ({ value: name, label: name.replaceAll('_', ' ') }))}
        />
        <Actions>
          <SubmitButton>Save</SubmitButton>
        </Actions>
      </Form>
      <ZoneScript />
    </section>
  );
}

/** The passkeys, and the way to add one: a script shows it, where the browser can. */
export function PasskeySection({
  passkeys,
  canAdd,
  zone,
}: {
  passkeys: readonly Passkey[];
  canAdd: boolean;
  zone: ZoneName;
}) {
  return (
    <section aria-labelledby="passkeys">
      <h2 id="passkeys">Passkeys</h2>
      <p>
        A passkey signs you in with the fingerprint, face or PIN of a device of yours, without a
        mail.
      </p>
      <Table
        caption="Your passkeys"
        columns={[
          { head: 'Name', cell: ({ name }) => name },
          {
            head: 'Added',
            kind: 'date',
            cell: ({ addedAt }) => (addedAt === undefined ? '–' : formatInstant(addedAt, zone)),
          },
          {
            head: 'Remove',
            cell: ({ id, name }) => (
              <RowAction action={`/me/passkeys/${id}/remove`} verb="Remove" object={name} />
            ),
          },
        ]}
        rows={passkeys}
        rowKey={({ id }) => id}
        empty="You have no passkey yet."
      />
      {canAdd ? (
        <div data-passkey="add" hidden>
          <div class="field">
            <label for="passkey-name">
              Name of the new passkey<span class="optional"> (optional)</span>
            </label>
            <input id="passkey-name" type="text" maxLength={100} autocomplete="off" />
          </div>
          <Actions>
            <button type="button" class="ordinary">
              Add a passkey
            </button>
          </Actions>
          <p role="alert" />
        </div>
      ) : (
        <p class="quiet">
          To add a passkey, sign out and in again: it needs a sign-in within the last hour.
        </p>
      )}
      <PasskeyScript />
    </section>
  );
}

const RowAction = ({ action, verb, object }: { action: string; verb: string; object: string }) => (
  <form method="post" action={action}>
    <button type="submit" class="plain">
      {verb}
      <span class="unseen"> {object}</span>
    </button>
  </form>
);

/** Where one is signed in, and how to end it. */
export function SessionSection({
  sessions,
  current,
  zone,
}: {
  sessions: readonly OpenSession[];
  current: string;
  zone: ZoneName;
}) {
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">Where you are signed in</h2>
      <Table
        caption="Sessions"
        note="each ends by itself after 30 days without use"
        columns={[
          { head: 'Browser', cell: ({ userAgent }) => browserName(userAgent) },
          { head: 'Signed in', kind: 'date', cell: ({ since }) => formatInstant(since, zone) },
          { head: 'By', cell: ({ method }) => method },
          {
            head: 'End',
            cell: ({ id, userAgent }) =>
              id === current ? (
                'this one'
              ) : (
                <RowAction
                  action={`/me/sessions/${id}/end`}
                  verb="End"
                  object={`the session of ${browserName(userAgent)}`}
                />
              ),
          },
        ]}
        rows={sessions}
        rowKey={({ id }) => id}
        empty="You are signed in nowhere."
      />
      <form method="post" action="/me/sessions/end-others">
        <Actions>
          {sessions.length > 1 && (
            <SubmitButton weight="ordinary">End all other sessions</SubmitButton>
          )}
        </Actions>
      </form>
      <form method="post" action="/sign-out">
        <Actions>
          <SubmitButton weight="ordinary">Sign out here</SubmitButton>
        </Actions>
      </form>
    </section>
  );
}

/** What Cairn holds about the reader, and the way out. */
export const OwnDataSection = () => (
  <section aria-labelledby="own-data">
    <h2 id="own-data">Your data</h2>
    <ul>
      <li>
        <a href="/me/data">Everything that Cairn holds about you</a>, to read and to take away
      </li>
      <li>
        <a href="/me/erase">Erase me</a>: the numbers stay, you go
      </li>
    </ul>
  </section>
);

/** What an administrator finds on their own page besides. */
export const AdministratorSection = ({ mailGoesOut }: { mailGoesOut: boolean }) => (
  <section aria-labelledby="administration">
    <h2 id="administration">Administration</h2>
    <Actions>
      <ActionLink href="/admin/sign-ins">Attempts to sign in</ActionLink>
      {!mailGoesOut && (
        <ActionLink href="/admin/sign-in-mails">Sign-in mails that were kept</ActionLink>
      )}
    </Actions>
  </section>
);

/** The way to where one lets Cairn write on GitHub as oneself. */
export const GithubSection = () => (
  <section aria-labelledby="github">
    <h2 id="github">GitHub</h2>
    <p>
      Where a plan is kept in step with GitHub, what you write can appear there as yours.{' '}
      <a href="/me/github">Write on GitHub as yourself</a>
    </p>
  </section>
);
