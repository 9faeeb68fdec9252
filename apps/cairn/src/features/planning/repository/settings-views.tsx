import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import type { ComponentChildren } from 'preact';
import { SubmitButton } from '../../../design/actions.tsx';
import { RadioGroup } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { NoticeLine } from '../../../design/layout.tsx';
import { Facts, When } from '../../../design/prose.tsx';
import { CloneCommands, type CloneProps } from './clone-views.tsx';
import type { PlanSettingsSection } from './settings-sections.ts';
import type { Upkeep } from './upkeep-queries.ts';

interface PlanSettingsProps {
  readonly action: string;
  readonly readers: string;
  readonly problems?: readonly Problem[] | undefined;
  readonly clone: CloneProps;
  readonly upkeep: Upkeep | undefined;
  /** The size on disk, in words. */
  readonly size: string | undefined;
  /** Why Git does not work here, or its version. */
  readonly git: { readonly version: string | undefined; readonly problem: string | undefined };
  /** What a push may bring, in words. */
  readonly limits: { readonly push: string; readonly file: string };
  readonly sections: readonly PlanSettingsSection[];
  readonly zone: ZoneName;
}

/** The settings of a plan: who reads it, where it is for Git, and how its repository is. */
export function PlanSettingsPage(props: PlanSettingsProps) {
  const { action, readers, problems, clone, sections } = props;
  return (
    <>
      <Section id="readers" title="Who may read it">
        <Form action={`${action}/readers`} problems={problems} label="Who may read the plan">
          <RadioGroup
            name="readers"
            label="The plan’s documents, and its repository with all branches, are read by"
            hint="Discussions, reviews and interest are always for those who take part. Copies that somebody has made stay with them."
            value={readers}
            options={[
              { value: 'everyone', label: 'everyone, without signing in' },
              { value: 'participants', label: 'those who take part in the summit' },
            ]}
          />
          <SubmitButton>Save</SubmitButton>
        </Form>
      </Section>
      <Section id="address" title="Its address for Git">
        <CloneCommands {...clone} />
      </Section>
      <Section id="repository" title="The repository">
        <RepositoryFacts {...props} />
      </Section>
      {sections.map(({ key, title, body }) => (
        <Section key={key} id={key} title={title}>
          {body}
        </Section>
      ))}
    </>
  );
}

const Section = ({
  id,
  title,
  children,
}: {
  id: string;
  title: string;
  children: ComponentChildren;
}) => (
  <section aria-labelledby={`plan-${id}`}>
    <h2 id={`plan-${id}`}>{title}</h2>
    {children}
  </section>
);

function RepositoryFacts({ upkeep, size, git, limits, zone }: PlanSettingsProps) {
  return (
    <>
      {git.problem !== undefined && <NoticeLine kind="problem">{git.problem}</NoticeLine>}
      {upkeep?.damage != null && (
        <NoticeLine kind="problem">
          The repository is damaged. Ask whoever operates Cairn to put it back from a backup; Git
          says: {upkeep.damage}
        </NoticeLine>
      )}
      <Facts
        facts={[
          { term: 'Size on disk', value: size ?? 'not measured yet' },
          {
            term: 'Looked through',
            value:
              upkeep?.checkedAt == null ? (
                'not yet; it is done once a day'
              ) : (
                <>
                  <When instant={upkeep.checkedAt} zone={zone} />:{' '}
                  {upkeep.damage === null ? 'all is whole' : 'damaged'}
                </>
              ),
          },
          {
            term: 'Repacked',
            value:
              upkeep?.repackedAt == null ? (
                'not needed yet'
              ) : (
                <When instant={upkeep.repackedAt} zone={zone} />
              ),
          },
          {
            term: 'A push brings',
            value: `at most ${limits.push}, and files of at most ${limits.file}`,
          },
          { term: 'Git on this machine', value: git.version ?? 'none' },
        ]}
      />
    </>
  );
}
