import type { Problem } from '@cairn/kernel/problem';
import { ActionLink, Actions, Confirm, SubmitButton } from '../../../design/actions.tsx';
import { TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Facts } from '../../../design/prose.tsx';
import { isWorstProven, type Standing } from './cost-rules.ts';
import type { Draft } from './draft-queries.ts';
import { BrokenInWords, CostsInWords, HoldsMark, PeopleCosts } from './standing-views.tsx';

interface AboutPageProps {
  readonly home: string;
  readonly draft: Draft;
  readonly standing: Standing;
  /** What is proven of it. */
  readonly proof: readonly string[];
  readonly hasRelease: boolean;
  readonly name: string;
  readonly problems?: readonly Problem[] | undefined;
}

/** What a draft costs whom, how it came about, and what can be done with it as a whole. */
export function AboutPage({
  home,
  draft,
  standing,
  proof,
  hasRelease,
  name,
  problems,
}: AboutPageProps) {
  const href = `${home}/drafts/${draft.id}`;
  const { made } = draft;
  return (
    <>
      <Actions>
        <ActionLink href={href} weight="primary">
          Open it in the editor
        </ActionLink>
        <ActionLink href={`${home}/release?draft=${draft.id}`}>Release it</ActionLink>
        <a href={`${href}/why`}>Why is something where it is?</a>
        {hasRelease && <a href={`${href}/compare/release`}>What differs from the release</a>}
        <a href={`${home}/drafts`}>All drafts</a>
      </Actions>
      <h2>How it stands</h2>
      <Facts
        facts={[
          { term: 'Must hold', value: <HoldsMark standing={standing} /> },
          { term: 'Placed', value: `${standing.placed} of ${standing.sessions} sessions` },
          {
            term: 'Interest',
            value:
              standing.costs.all === 0
                ? 'nobody has said yet what they care for'
                : `${standing.costs.all - standing.costs.lost} of ${standing.costs.all} points`,
          },
          ...(made.seed === undefined
            ? []
            : [
                {
                  term: 'Found',
                  value: `with seed ${made.seed}${made.iterations ? ` in ${made.iterations.toLocaleString('en-GB')} moves` : ''}`,
                },
              ]),
        ]}
      />
      <BrokenInWords standing={standing} />
      <h2>What it costs whom</h2>
      <CostsInWords
        costs={standing.costs}
        proof={
          draft.revision === 0 &&
          proof.length > 0 &&
          isWorstProven(made) &&
          standing.costs.people.length > 0
            ? 'No plan has anybody lose less.'
            : undefined
        }
      />
      <PeopleCosts costs={standing.costs} />
      {proof.length > 0 && (
        <>
          <h2>How far it is proven</h2>
          {proof.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {made.proof !== undefined && draft.revision === 0 && (
            <details>
              <summary>Level by level</summary>
              <ul>
                {made.proof.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </details>
          )}
        </>
      )}
      <h2>The draft as a whole</h2>
      <Form action={`${href}/name`} problems={problems} label="Name of the draft">
        <TextField name="name" label="Name" value={name} autocomplete="off" />
        <Actions>
          <SubmitButton weight="ordinary" name="deed" value="rename">
            Save the name
          </SubmitButton>
          <SubmitButton weight="ordinary" name="deed" value="copy">
            Make a copy of this name
          </SubmitButton>
          <a href={`${href}/discard`}>Discard this draft</a>
        </Actions>
      </Form>
    </>
  );
}

/** Asks before a draft is taken off the list. */
export const DiscardPage = ({ href, name }: { href: string; name: string }) => (
  <Confirm
    consequences={
      <p>
        “{name}” is taken off the list of drafts, for everybody. What was released of it stays
        released.
      </p>
    }
    verb={`Discard “${name}”`}
    back={`${href}/about`}
    action={`${href}/discard`}
  />
);
