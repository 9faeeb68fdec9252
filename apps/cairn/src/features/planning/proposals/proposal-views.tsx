import { ActionLink, Actions, SubmitButton } from '../../../design/actions.tsx';
import { Form } from '../../../design/form.tsx';
import { Facts, When } from '../../../design/prose.tsx';
import { WriterName } from '../threads/writer-views.tsx';
import {
  hrefOf,
  MOST_SHOWN,
  ProposalMark,
  ProposalMenu,
  type ProposalPageProps,
} from './frame-views.tsx';
import { Needed } from './needed-views.tsx';
import { Reviewed, Versions } from './reviewed-views.tsx';
import { changeWords, summaryOf } from './words-rules.ts';

/** The page of a proposal: what it changes, what it still needs, who looked at it, what was said. */
export function ProposalPage(props: ProposalPageProps) {
  const { proposal, home, rights, standing, opening, conversation } = props;
  return (
    <>
      <ProposalMenu
        home={home}
        number={proposal.number}
        current="proposal"
        mayEdit={proposal.state === 'open' && rights.isTheirs}
      />
      <Facts
        facts={[
          { term: 'State', value: <ProposalMark state={proposal.state} /> },
          { term: 'Branch', value: <code>{proposal.branch}</code> },
          ...(proposal.state === 'merged' ? mergedFacts(props) : []),
        ]}
      />
      {opening}
      <Changed {...props} />
      {standing !== undefined && <Needed {...props} standing={standing} />}
      <Reviewed {...props} />
      {conversation}
      <Versions {...props} />
      <Ending {...props} />
    </>
  );
}

function mergedFacts({ proposal, people, home, zone }: ProposalPageProps) {
  const { mergedAt, mergedBy, mergeCommit, mergedDespite } = proposal;
  const by = mergedBy === null ? undefined : people.get(mergedBy);
  return [
    {
      term: 'Merged',
      value: (
        <>
          {mergedAt !== null && <When instant={mergedAt} zone={zone} />}
          {by !== undefined && (
            <>
              {' by '}
              <WriterName by={by} home={home} />
            </>
          )}
          {mergeCommit !== null && (
            <>
              {', as '}
              <a href={`${home}/plan/commits/${mergeCommit}`}>
                <code>{mergeCommit.slice(0, 10)}</code>
              </a>
            </>
          )}
        </>
      ),
    },
    ...(mergedDespite === ''
      ? []
      : [{ term: 'Before its rules were met, because', value: mergedDespite }]),
  ];
}

function Changed({ proposal, home, changes, rights }: ProposalPageProps) {
  return (
    <section aria-labelledby="what-changes">
      <h2 id="what-changes">What it changes</h2>
      {changes.length !== 1 && <p>{summaryOf(changes)}</p>}
      {changes.length > 0 && (
        <>
          <ul>
            {changes.slice(0, MOST_SHOWN).map((file) => (
              <li key={file.path}>{changeWords(file)}</li>
            ))}
            {changes.length > MOST_SHOWN && <li>and {changes.length - MOST_SHOWN} more</li>}
          </ul>
          <Actions>
            <ActionLink
              href={`${hrefOf(home, proposal.number)}/changes`}
              weight={rights.isToReview ? 'primary' : 'ordinary'}
            >
              {rights.isToReview ? 'Read the changes and review them' : 'Read the changes'}
            </ActionLink>
          </Actions>
        </>
      )}
    </section>
  );
}

/** What can be done with the proposal as a whole. */
function Ending({ proposal, home, rights }: ProposalPageProps) {
  if (!rights.isTheirs || proposal.state === 'merged') return null;
  const href = hrefOf(home, proposal.number);
  const isOpen = proposal.state === 'open';
  return (
    <section aria-labelledby="ending">
      <h2 id="ending">{isOpen ? 'Close it' : 'Open it again'}</h2>
      <Form action={`${href}/state`} label={isOpen ? 'Close' : 'Reopen'}>
        <p class="quiet">
          {isOpen
            ? 'It stays to be read, and can be opened again.'
            : 'It is then as it was, with all of its versions.'}
        </p>
        <Actions>
          <SubmitButton name="do" value={isOpen ? 'close' : 'reopen'} weight="ordinary">
            {isOpen ? 'Close without merging' : 'Reopen'}
          </SubmitButton>
        </Actions>
      </Form>
    </section>
  );
}
