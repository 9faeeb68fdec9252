import type { Problem } from '@cairn/kernel/problem';
import { formatInstant, type ZoneName } from '@cairn/kernel/time';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { CheckboxGroup, Select, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Table } from '../../../design/table.tsx';
import type { Typed } from '../../../platform/http/form.ts';
import type { OwnToken } from './token-queries.ts';
import { LIFETIMES } from './token-rules.ts';

const listOf = (value: Typed[string] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

interface TokensPageProps {
  readonly tokens: readonly OwnToken[];
  /** What each scope allows, in words. */
  readonly scopes: Readonly<Record<string, string>>;
  readonly zone: ZoneName;
  readonly typed?: Typed | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/** One's tokens, and the form for another. */
export const TokensPage = ({ tokens, scopes, zone, typed = {}, problems }: TokensPageProps) => (
  <>
    <Table
      caption="Your tokens"
      columns={[
        { head: 'For', cell: ({ name }) => name },
        { head: 'May', cell: (token) => token.scopes.join(', ') },
        { head: 'Made', kind: 'date', cell: (token) => formatInstant(token.createdAt, zone) },
        {
          head: 'Last used',
          kind: 'date',
          cell: ({ lastUsedAt }) =>
            lastUsedAt === null ? 'not yet' : formatInstant(lastUsedAt, zone),
        },
        {
          head: 'Works until',
          kind: 'date',
          cell: ({ expiresAt }) =>
            expiresAt === null ? 'revoked' : formatInstant(expiresAt, zone),
        },
        {
          head: 'Revoke',
          cell: ({ id, name }) => (
            <form method="post" action={`/me/tokens/${id}/revoke`}>
              <button type="submit" class="plain">
                Revoke<span class="unseen"> the token for {name}</span>
              </button>
            </form>
          ),
        },
      ]}
      rows={tokens}
      rowKey={({ id }) => id}
      empty="You have no token."
    />
    <section aria-labelledby="new-token">
      <h2 id="new-token">A new token</h2>
      <Form action="/me/tokens" problems={problems}>
        <TextField
          name="name"
          label="What it is for"
          hint="So that you know later which one to revoke."
          value={listOf(typed['name'])[0] ?? ''}
        />
        <CheckboxGroup
          name="scopes[]"
          label="What it may do"
          hint="Never more than you may yourself."
          optional={false}
          options={Object.entries(scopes).map(([value, hint]) => ({ value, label: value, hint }))}
          values={listOf(typed['scopes[]'])}
        />
        <Select
          name="days"
          label="How long it works"
          value={listOf(typed['days'])[0] ?? '90'}
          options={[
            ...LIFETIMES.map((days) => ({ value: String(days), label: `${days} days` })),
            { value: 'never', label: 'Until I revoke it' },
          ]}
        />
        <Actions>
          <SubmitButton>Make the token</SubmitButton>
        </Actions>
      </Form>
      <p>
        What can be done with it is described in <a href="/api/openapi.json">the API’s document</a>.
      </p>
    </section>
  </>
);

/** The way from one's own page to the tokens. */
export const TokenSection = () => (
  <section aria-labelledby="tokens">
    <h2 id="tokens">Tokens</h2>
    <p>Programs of yours can do here what you may do, or a part of it.</p>
    <Actions>
      <ActionLink href="/me/tokens">Your tokens</ActionLink>
    </Actions>
  </section>
);

/** A new token, this once. */
export const NewTokenShown = ({
  name,
  secret,
  url,
}: {
  name: string;
  secret: string;
  url: string;
}) => (
  <>
    <p>
      This is the token for “{name}”. Copy it now: it is shown this once, and only a fingerprint of
      it is kept.
    </p>
    <pre>
      <code>{secret}</code>
    </pre>
    <p>A program shows it like this:</p>
    <pre>
      <code>{`curl -H "Authorization: Bearer ${secret}" ${url}/api/v1/summits`}</code>
    </pre>
    <Actions>
      <ActionLink href="/me/tokens" weight="primary">
        I have copied it
      </ActionLink>
    </Actions>
  </>
);
