import type { ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { Select, TextField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import { DayOf } from '../../../design/prose.tsx';
import { Pager } from '../../../design/table.tsx';
import { type ThreadKind, threadHref } from '../threads/thread-rules.ts';
import type { Found, Hit } from './search-queries.ts';
import {
  DOCUMENT_KINDS,
  SEARCHED,
  SEARCHED_KINDS,
  type SearchQuery,
  searchHref,
  segmentsOf,
} from './search-rules.ts';

interface SearchPageProps {
  readonly home: string;
  readonly zone: ZoneName;
  readonly query: SearchQuery;
  readonly found: Found;
  readonly pages: number;
  /** Where nothing was found: titles that look alike. */
  readonly alike: readonly string[];
  /** The thread whose number was typed. */
  readonly numbered:
    | { readonly number: number; readonly kind: ThreadKind; readonly title: string }
    | undefined;
  /** Whoever takes part searches discussions too. */
  readonly isMember: boolean;
}

/** A form that asks, and what was found. */
export function SearchPage(props: SearchPageProps) {
  const { home, zone, query, found, pages, alike, numbered, isMember } = props;
  return (
    <>
      <SearchForm home={home} query={query} isMember={isMember} />
      {numbered !== undefined && (
        <p>
          Go to{' '}
          <a href={threadHref(home, numbered)}>
            #{numbered.number} <bdi>{numbered.title}</bdi>
          </a>
        </p>
      )}
      {query.q !== '' && (
        <>
          <h2>
            {found.count === 0
              ? 'Nothing found'
              : `${found.isMore ? 'The newest ' : ''}${counted(found.count, 'hit')}`}
          </h2>
          {found.count === 0 ? (
            <Nothing home={home} alike={alike} />
          ) : (
            <ol>
              {found.hits.map((hit) => (
                <li key={`${hit.source} ${hit.ref}`}>
                  <HitLine hit={hit} home={home} zone={zone} />
                </li>
              ))}
            </ol>
          )}
          <Pager
            label="hits"
            page={query.page}
            pages={pages}
            href={(page) => searchHref(home, { ...query, page })}
          />
        </>
      )}
    </>
  );
}

function SearchForm({
  home,
  query,
  isMember,
}: {
  home: string;
  query: SearchQuery;
  isMember: boolean;
}) {
  const kinds = isMember ? SEARCHED_KINDS : DOCUMENT_KINDS;
  const isNarrowed = [query.kind, query.state, query.by, query.label].some(
    (said) => said !== undefined,
  );
  return (
    <Form action={`${home}/plan/search`} method="get" label="Search the plan">
      <TextField
        name="q"
        type="search"
        label="Words"
        hint="“several words” together, -not, this or that, or a number such as #12."
        value={query.q}
        autocomplete="off"
      />
      <details open={isNarrowed}>
        <summary>Narrow it down</summary>
        <Select
          name="kind"
          label="Only"
          optional
          empty="Everything"
          value={query.kind}
          options={kinds.map((kind) => ({ value: kind, label: SEARCHED[kind] }))}
        />
        {isMember && (
          <>
            <Select
              name="state"
              label="State"
              optional
              empty="Open and closed"
              value={query.state}
              options={[
                { value: 'open', label: 'Open' },
                { value: 'closed', label: 'Closed' },
              ]}
            />
            <TextField
              name="by"
              label="Written by"
              hint="A handle, such as @mira."
              optional
              width="short"
              value={query.by}
              autocomplete="off"
            />
            <TextField
              name="label"
              label="Label"
              optional
              width="short"
              value={query.label}
              autocomplete="off"
            />
          </>
        )}
      </details>
      <Actions>
        <SubmitButton>Search</SubmitButton>
      </Actions>
    </Form>
  );
}

const Nothing = ({ home, alike }: { home: string; alike: readonly string[] }) =>
  alike.length === 0 ? (
    <EmptyState>Try fewer words, or another one for the same.</EmptyState>
  ) : (
    <>
      <p>Perhaps one of these is meant:</p>
      <ul>
        {alike.map((title) => (
          <li key={title}>
            <a href={searchHref(home, { q: `"${title.replaceAll('"', ' ')}"` })}>
              <bdi>{title}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </>
  );

/** Where something that was found is read. */
function hitHref(home: string, { source, ref, number, thread }: Hit): string {
  if (number === null || thread === null) {
    return `${home}/plan/files/${ref.split('/').map(encodeURIComponent).join('/')}`;
  }
  const page = threadHref(home, { kind: thread, number });
  return source === 'comment' || source === 'review' ? `${page}#${source}-${ref}` : page;
}

const WHAT: Readonly<Record<string, string>> = {
  notes: 'Notes',
  comment: 'Comment on',
  review: 'Review of',
  page: 'Document',
};

const HitLine = ({ hit, home, zone }: { hit: Hit; home: string; zone: ZoneName }) => (
  <>
    <p>
      <span class="quiet">
        {WHAT[hit.what] ?? hit.what.charAt(0).toUpperCase() + hit.what.slice(1)}
      </span>{' '}
      <a href={hitHref(home, hit)}>
        {hit.number !== null && `#${hit.number} `}
        <bdi>{hit.title}</bdi>
      </a>{' '}
      <span class="small quiet">
        {hit.author !== null && (
          <>
            <bdi>{hit.author}</bdi>,{' '}
          </>
        )}
        <DayOf instant={hit.at} zone={zone} />
      </span>
    </p>
    <p class="small" dir="auto">
      {segmentsOf(hit.snippet).map(({ text, isHit }, index) =>
        isHit ? <mark key={index}>{text}</mark> : text,
      )}
    </p>
  </>
);
