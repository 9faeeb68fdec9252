import { formatProblem } from '@cairn/kernel/problem';
import { counted, listed } from '@cairn/kernel/words';
import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, TextArea } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Glyph, Mark } from '../../../design/mark.tsx';
import { WriterName } from '../threads/writer-views.tsx';
import { hrefOf, MOST_SHOWN, NOBODY, type ProposalPageProps } from './frame-views.tsx';

type Standing = NonNullable<ProposalPageProps['standing']>;

/** What an open proposal still needs, and the ways to merge it. */
export function Needed({ standing, ...props }: ProposalPageProps & { standing: Standing }) {
  const { proposal, home, rights, people } = props;
  const { may, lacks, approvals, conflicts, problems, isBehind } = standing;
  const href = hrefOf(home, proposal.number);
  return (
    <section aria-labelledby="what-it-needs">
      <h2 id="what-it-needs">What it still needs</h2>
      {may ? (
        <p>
          <Mark shape="tick" tone="good">
            Nothing: it can be merged.
          </Mark>
        </p>
      ) : (
        <ul class="lacks">
          {lacks.map(({ code, sentence }) => (
            <li key={sentence} data-code={code}>
              <Glyph shape="ring" /> {sentence}
            </li>
          ))}
        </ul>
      )}
      {approvals.some(({ given }) => given.length > 0) && (
        <ul class="quiet">
          {approvals
            .filter(({ given }) => given.length > 0)
            .map(({ areas, needed, given }) => (
              <li key={areas.join(' ')}>
                For {listed(areas)}: {given.length} of {counted(needed, 'approval')}, by{' '}
                {given.map((person, index) => (
                  <span key={person}>
                    {index > 0 && ', '}
                    <WriterName by={people.get(person) ?? NOBODY} home={home} />
                  </span>
                ))}
              </li>
            ))}
        </ul>
      )}
      {problems.length > 0 && (
        <details open>
          <summary>What the check would find after the merge</summary>
          <ul>
            {problems.slice(0, MOST_SHOWN).map((each) => (
              <li key={formatProblem(each)}>{formatProblem(each)}</li>
            ))}
            {problems.length > MOST_SHOWN && <li>and {problems.length - MOST_SHOWN} more</li>}
          </ul>
        </details>
      )}
      {conflicts.length > 0 && rights.isTheirs && (
        <Actions>
          <ActionLink href={`${href}/conflicts`} weight="primary">
            Mend the conflict
          </ActionLink>
        </Actions>
      )}
      {isBehind && conflicts.length === 0 && rights.isTheirs && (
        <Form action={`${href}/update`} label="Update from main">
          <HiddenField name="version" value={String(proposal.version)} />
          <Actions>
            <SubmitButton weight="ordinary">Bring main into the branch</SubmitButton>
          </Actions>
          <p class="quiet small">
            Main has moved on. Merging brings both together by itself; this only helps whoever works
            on the branch. Approvals stay.
          </p>
        </Form>
      )}
      <Merging standing={standing} {...props} />
    </section>
  );
}

function Merging({ standing, ...props }: ProposalPageProps & { standing: Standing }) {
  const { proposal, home, rights, refused, people } = props;
  const { may, lacks } = standing;
  const href = hrefOf(home, proposal.number);
  const asked = proposal.mergeAskedBy;
  if (!rights.mayMerge) {
    return <p class="quiet">Its author, a lead of what it touches, or an organiser merges it.</p>;
  }
  const mayWaive =
    rights.isOrganiser && lacks.length > 0 && lacks.every((each) => each.mayBeWaived);
  const version = String(proposal.version);
  return (
    <>
      {(may || mayWaive) && (
        <Form action={`${href}/merge`} problems={refused?.problems} label="Merge">
          <HiddenField name="version" value={version} />
          {mayWaive && (
            <TextArea
              name="despite"
              label="Why is it to be merged all the same?"
              hint="Organisers may; the reason is kept and shown."
              value={refused?.despite}
              rows={2}
            />
          )}
          <Actions>
            <SubmitButton weight={may ? 'primary' : 'ordinary'}>
              {may ? 'Merge' : 'Merge before its rules are met'}
            </SubmitButton>
          </Actions>
        </Form>
      )}
      {!may && asked === null && (
        <Form action={`${href}/merge-when-ready`} label="Merge when ready">
          <HiddenField name="version" value={version} />
          <Actions>
            <SubmitButton name="do" value="ask" weight="ordinary">
              Merge by itself once it needs nothing more
            </SubmitButton>
          </Actions>
        </Form>
      )}
      {asked !== null && (
        <Form action={`${href}/merge-when-ready`} label="Merge when ready">
          <HiddenField name="version" value={version} />
          <p>
            <WriterName by={people.get(asked) ?? NOBODY} home={home} /> asked that it be merged by
            itself once it needs nothing more. A new version takes that back.
          </p>
          <Actions>
            <SubmitButton name="do" value="unask" weight="ordinary">
              Wait for somebody to merge it
            </SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}
