import { Hono } from 'hono';
import { ActionLink } from '../../design/actions.tsx';
import { EmptyState } from '../../design/empty.tsx';
import { DateSpan } from '../../design/prose.tsx';
import { Table } from '../../design/table.tsx';
import type { AppEnv } from '../../platform/http/env.ts';
import { isTentative, summitDays } from './facts.ts';
import { founderOf } from './founding.ts';
import { showPlainPage } from './page.tsx';
import { publicSummits, type Summit, summitsOfPerson } from './queries.ts';

const STATES: Record<Summit['state'], string> = {
  draft: 'draft',
  announced: 'announced',
  archived: 'over',
};

const SummitTable = ({ caption, summits }: { caption: string; summits: readonly Summit[] }) => (
  <Table
    caption={caption}
    rows={summits}
    rowKey={({ id }) => id}
    empty="None yet."
    columns={[
      {
        head: 'Summit',
        cell: ({ slug, definition }) => <a href={`/s/${slug}`}>{definition.title}</a>,
      },
      {
        head: 'When',
        kind: 'date',
        cell: ({ definition }) => {
          const { start, end } = summitDays(definition);
          return (
            <>
              <DateSpan from={start} to={end} />
              {isTentative(definition) && ' (tentative)'}
            </>
          );
        },
      },
      {
        head: 'Where',
        cell: ({ definition }) => `${definition.venue.city}, ${definition.venue.country}`,
      },
      { head: 'State', cell: ({ state }) => STATES[state] },
    ]}
  />
);

/** `/`: the announced summits, and one's own. */
export function homeRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();

  routes.get('/', async (c) => {
    const { services, visitor } = c.var;
    const { signedIn } = visitor;
    const own = signedIn === undefined ? [] : await summitsOfPerson(services.db, signedIn.personId);
    const all = await publicSummits(services.db);
    const mayFound = (await founderOf(services.db, signedIn)) !== undefined;
    return showPlainPage(
      c,
      { title: 'Summits', isPublic: true },
      <>
        {own.length > 0 && <SummitTable caption="Yours" summits={own} />}
        {all.length > 0 ? (
          <SummitTable caption="Announced" summits={all} />
        ) : (
          <EmptyState>No summit is announced yet.</EmptyState>
        )}
        {mayFound && (
          <p>
            <ActionLink href="/summits/new">Found a new summit</ActionLink>
          </p>
        )}
      </>,
    );
  });

  return routes;
}
