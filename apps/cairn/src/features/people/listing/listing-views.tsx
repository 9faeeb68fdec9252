import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { CheckboxGroup } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { Pager } from '../../../design/table.tsx';
import { asHeading, STANDING_WORDS } from '../promises/obligation-words.ts';
import {
  LISTING_FIELDS,
  type Listable,
  type ListingField,
  type PublicEntry,
  publicEntry,
} from './listing-rules.ts';

/** One participant, with what they chose to show; the same on the public page and in the preview. */
function ParticipantEntry({ entry }: { entry: PublicEntry }) {
  const { name, communities, github, promises } = entry;
  return (
    <>
      <span class="strong">{name}</span>
      {communities !== undefined && `, ${communities.join(', ')}`}
      {github !== undefined && (
        <>
          , <a href={`https://github.com/${encodeURIComponent(github)}`}>@{github}</a>
        </>
      )}
      {promises !== undefined && promises.length > 0 && (
        <ul>
          {promises.map(({ wording, standing }) => (
            <li key={wording}>
              {asHeading(wording)}: {STANDING_WORDS[standing]}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface ParticipantsProps {
  /** The entries of this page, and how many there are on all pages. */
  readonly entries: readonly PublicEntry[];
  readonly listed: number;
  readonly unlisted: number;
  readonly page: number;
  readonly pages: number;
  readonly address: string;
  /** Where the reader chooses what is shown of them, when they take part. */
  readonly choose: string | undefined;
}

const people = (count: number): string => counted(count, 'person', 'people');

/** The public list: those who chose to be shown, and the number of the others. */
export function Participants(props: ParticipantsProps) {
  const { entries, listed, unlisted, page, pages, address, choose } = props;
  return (
    <>
      {listed + unlisted === 0 ? (
        <EmptyState>Nobody has a seat yet.</EmptyState>
      ) : (
        <>
          <ul>
            {entries.map((entry, index) => (
              // Two people may share a name.
              <li key={index}>
                <ParticipantEntry entry={entry} />
              </li>
            ))}
          </ul>
          {unlisted > 0 && (
            <p>
              {listed === 0
                ? `${people(unlisted)} ${unlisted === 1 ? 'takes' : 'take'} part; nobody has chosen to be listed.`
                : `And ${unlisted} more.`}
            </p>
          )}
          <Pager label="participants" {...{ page, pages }} href={(to) => `${address}?page=${to}`} />
        </>
      )}
      {choose !== undefined && (
        <p>
          <a href={choose}>Choose what is shown of you</a>
        </p>
      )}
    </>
  );
}

interface ConsentProps {
  readonly action: string;
  readonly fields: readonly ListingField[];
  readonly listable: Listable;
  readonly isSeated: boolean;
  /** The preview shows a choice that is not saved yet. */
  readonly isTrial: boolean;
  readonly problems?: readonly Problem[];
}

const LABELS: Record<ListingField, string> = {
  name: 'My name',
  communities: 'My communities',
  github: 'My GitHub handle',
  promises: 'How my promises stand',
};

function wouldShow(field: ListingField, { name, communities, github, promises }: Listable): string {
  switch (field) {
    case 'name':
      return name;
    case 'communities':
      return communities.length > 0 ? communities.join(', ') : 'none is known, so nothing';
    case 'github':
      return github === undefined ? 'none is known, so nothing' : `@${github}`;
    case 'promises':
      return promises.length === 0
        ? 'nothing has been promised yet'
        : 'each promise with one word, such as “kept” or “excused”; never why';
    default:
      return field satisfies never;
  }
}

/** A person's consent, and to the letter what the public sees of them. */
export function ConsentPage({
  action,
  fields,
  listable,
  isSeated,
  isTrial,
  problems = [],
}: ConsentProps) {
  const entry = publicEntry(listable, fields);
  return (
    <>
      <p>
        The list of participants is public. It shows nothing of you unless you tick it here; until
        then you are only counted. You can change your mind at any time, and the list follows at
        once. Copies that others made of it in between cannot be called back.
      </p>
      {!isSeated && <p>You are listed once you have a seat, and only with what you tick here.</p>}
      <Form action={action} problems={problems}>
        <CheckboxGroup
          name="fields[]"
          label="Show on the public list"
          options={LISTING_FIELDS.map((field) => ({
            value: field,
            label: LABELS[field],
            hint: wouldShow(field, listable),
          }))}
          values={fields}
        />
        <Actions>
          <SubmitButton name="do" value="save">
            Save
          </SubmitButton>
          <SubmitButton weight="ordinary" name="do" value="preview">
            Show what it would look like
          </SubmitButton>
        </Actions>
      </Form>
      <h2>
        {isTrial ? 'What the public would see (not saved yet)' : 'What the public sees of you'}
      </h2>
      {entry === undefined ? (
        <p>Nothing. You are one of “and so many more”.</p>
      ) : (
        <ul>
          <li>
            <ParticipantEntry entry={entry} />
          </li>
        </ul>
      )}
    </>
  );
}
