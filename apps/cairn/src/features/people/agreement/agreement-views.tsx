import type { Problem } from '@cairn/kernel/problem';
import type { Instant, ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { Checkbox, HiddenField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { When } from '../../../design/prose.tsx';
import { Table } from '../../../design/table.tsx';
import type { Summit } from '../../summits/queries.ts';
import { AgreementText } from '../invitations/answer-views.tsx';
import type { AgreementVersion } from './agreement-queries.ts';
import type { Agreement, Change } from './agreement-rules.ts';

/** How a text changed: what went is struck through, what came is underlined, and both say so. */
function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <p class="changes">
      {changes.map(({ kind, text }, index) =>
        kind === 'same' ? (
          text
        ) : kind === 'added' ? (
          <ins key={index}>{text}</ins>
        ) : (
          <del key={index}>{text}</del>
        ),
      )}
    </p>
  );
}

export interface ChangedAgreementProps {
  readonly summit: Summit;
  readonly accepted: number;
  readonly current: AgreementVersion;
  readonly changes: readonly Change[];
  readonly problems?: readonly Problem[] | undefined;
}

/** A changed agreement, for somebody who accepted an older version. */
export function ChangedAgreement({
  summit,
  accepted,
  current,
  changes,
  problems,
}: ChangedAgreementProps) {
  return (
    <>
      <p>
        You accepted version {accepted}. This is how version {current.version} differs from it:
      </p>
      <Changes changes={changes} />
      <h2>The new text</h2>
      <AgreementText agreement={current} />
      <Form action={`/s/${summit.slug}/me/agreement`} problems={problems}>
        <HiddenField name="version" value={String(current.version)} />
        <Checkbox name="agreed" label={`I accept version ${current.version}`} optional />
        <Actions>
          <SubmitButton>Accept the new text</SubmitButton>
          <a href={`/s/${summit.slug}/me/invitation`}>I cannot keep that: change my answer</a>
        </Actions>
      </Form>
    </>
  );
}

export interface AgreementPageProps {
  readonly summit: Summit;
  readonly zone: ZoneName;
  readonly history: readonly (AgreementVersion & { readonly accepted: number })[];
  /** What the definition asks for now, when that differs from the newest version. */
  readonly unpublished:
    | { readonly agreement: Agreement; readonly changes: readonly Change[] }
    | undefined;
  readonly people: readonly {
    readonly personId: string;
    readonly name: string;
    readonly version: number | null;
    readonly acceptedAt: Instant | null;
  }[];
}

/** The organisers' page of the agreement: its versions, who accepted which, and what a new one would change. */
export function AgreementPage({ summit, zone, history, unpublished, people }: AgreementPageProps) {
  const [current] = history;
  return (
    <>
      {unpublished !== undefined && (
        <>
          <h2>
            {current === undefined ? 'Not published yet' : 'The definition says something else now'}
          </h2>
          {current === undefined ? (
            <AgreementText agreement={unpublished.agreement} />
          ) : (
            <Changes changes={unpublished.changes} />
          )}
          <Form action={`/s/${summit.slug}/organise/agreement`} label="Publish the agreement">
            <p>
              {current === undefined
                ? 'It is published by itself when the first person answers; or publish it now.'
                : `Publishing it as version ${current.version + 1} asks the ${current.accepted} who accepted version ${current.version} again, by mail and on their page.`}
            </p>
            <Actions>
              <SubmitButton>Publish version {(current?.version ?? 0) + 1}</SubmitButton>
              <a href={`/s/${summit.slug}/organise/definition`}>
                Change the text in the definition
              </a>
            </Actions>
          </Form>
        </>
      )}
      {current !== undefined && (
        <>
          <h2>Version {current.version}, in force</h2>
          <AgreementText agreement={current} />
        </>
      )}
      <Table
        caption="Versions"
        rows={history}
        rowKey={({ version }) => String(version)}
        empty="None is published yet."
        columns={[
          { head: 'Version', cell: ({ version }) => version, kind: 'number', namesRow: true },
          {
            head: 'Published',
            cell: ({ createdAt }) => <When instant={createdAt} zone={zone} />,
            kind: 'date',
          },
          { head: 'Accepted by', cell: ({ accepted }) => accepted, kind: 'number' },
        ]}
      />
      <Table
        caption="Who accepted which version"
        rows={people}
        rowKey={({ personId }) => personId}
        empty="Nobody has accepted their invitation yet."
        columns={[
          { head: 'Name', cell: ({ name }) => name },
          { head: 'Version', cell: ({ version }) => version ?? 'none', kind: 'number' },
          {
            head: 'Accepted',
            cell: ({ acceptedAt }) =>
              acceptedAt === null ? '' : <When instant={acceptedAt} zone={zone} />,
            kind: 'date',
          },
        ]}
      />
    </>
  );
}
