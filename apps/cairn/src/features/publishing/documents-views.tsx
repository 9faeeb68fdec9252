import { NoticeLine } from '../../design/layout.tsx';
import { Day, type Fact, Facts, Prose } from '../../design/prose.tsx';
import { fillFacts, summitDays } from '../summits/facts.ts';
import type { Summit } from '../summits/queries.ts';

interface DocumentLinksProps {
  readonly summit: Pick<Summit, 'slug'>;
  /** The installation's public address; with it, a calendar program can be opened by a link. */
  readonly url?: string | undefined;
}

/** The address of a feed as calendar programs subscribe to it. */
export const webcalAddress = (address: string): string => address.replace(/^https?:/, 'webcal:');

/** The documents that a summit publishes, for its public page and for its organisers. */
function DocumentLinks({ summit, url }: DocumentLinksProps) {
  const home = `/s/${summit.slug}`;
  return (
    <ul>
      <li>
        <a href={`${home}/announcement.md`}>Announcement</a>, a Markdown file for a website
      </li>
      <li>
        <a href={`${home}/handout.pdf`}>Handout</a>, a PDF to print or send
      </li>
      <li>
        <a href={`${home}/calendar.ics`}>Calendar</a>, an iCalendar feed
        {url !== undefined && (
          <>
            {' '}
            (<a href={webcalAddress(`${url}${home}/calendar.ics`)}>subscribe</a>)
          </>
        )}
      </li>
    </ul>
  );
}

interface DocumentsPageProps {
  readonly summit: Summit;
  readonly url: string;
  /** The announcement's body as safe HTML. */
  readonly announcement: string;
  /** The size of the handout in bytes, or why it cannot be made. */
  readonly handout: { readonly bytes: number } | { readonly sentence: string };
  /** Paths of values that are still last year's. */
  readonly carried: readonly string[];
}

/** What the documents say, for the organisers to read before everybody does. */
export function DocumentsPage({ summit, url, announcement, handout, carried }: DocumentsPageProps) {
  const { definition, state } = summit;
  const isDraft = state === 'draft';
  return (
    <>
      {isDraft && (
        <NoticeLine kind="info">
          Draft: the handout and the announcement say so, and nobody but those who take part can
          read them until the summit is announced.
        </NoticeLine>
      )}
      <CarriedWarning slug={summit.slug} carried={carried} />
      <DocumentLinks summit={summit} url={url} />
      <h2>Handout{isDraft && ' (draft)'}</h2>
      {'sentence' in handout ? (
        <NoticeLine kind="problem">{handout.sentence}</NoticeLine>
      ) : (
        <Facts facts={firstPage(summit, handout.bytes)} />
      )}
      <h2>Announcement{isDraft && ' (draft)'}</h2>
      <Facts
        facts={[
          { term: 'Title', value: fillFacts(definition.title, definition) },
          { term: 'Summary', value: fillFacts(definition.summary, definition) },
          { term: 'Authors', value: definition.authors.join(', ') },
          { term: 'Date', value: definition.announced },
        ]}
      />
      <Prose html={announcement} />
    </>
  );
}

function firstPage({ definition }: Summit, bytes: number): Fact[] {
  const { start, end } = summitDays(definition);
  return [
    { term: 'Title', value: fillFacts(definition.full_title ?? definition.title, definition) },
    { term: 'Authors', value: `${definition.authors.join(', ')}; ${definition.organisation}` },
    {
      term: 'Days',
      value: (
        <>
          <Day date={start} /> to <Day date={end} />
        </>
      ),
    },
    { term: 'Size', value: `${Math.ceil(bytes / 1024)} kB` },
  ];
}

const NAMED = 8;

function CarriedWarning({ slug, carried }: { slug: string; carried: readonly string[] }) {
  if (carried.length === 0) return null;
  const more = carried.length - NAMED;
  return (
    <NoticeLine kind="problem">
      These documents still say what was true of the last edition:{' '}
      {carried.slice(0, NAMED).join(', ')}
      {more > 0 && ` and ${more} more`}.{' '}
      <a href={`/s/${slug}/organise/carried`}>Confirm or change them</a>.
    </NoticeLine>
  );
}
