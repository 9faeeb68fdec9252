import { formatInstant } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { type Column, Pager, Table } from '../../../design/table.tsx';
import type { AppEnv } from '../../../platform/http/env.ts';
import { readerZone, showPlainPage } from '../../summits/page.tsx';
import { administratorOf } from '../rights.ts';
import { signInAttempts } from './sign-in-queries.ts';
import { type Attempt, OUTCOME_WORDS, OUTCOMES } from './sign-in-rules.ts';

const PER_PAGE = 50;

/** Who tried to sign in, for the administrator. */
export function signInLogRoutes(): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/admin/sign-ins', async (c) => {
    const right = administratorOf(c.var.visitor.signedIn);
    if (right === undefined) return c.notFound();
    const asked = Math.trunc(Number(c.req.query('page') ?? 1)) || 1;
    const page = Math.min(Math.max(1, asked), 1e6);
    const { attempts, total } = await signInAttempts(c.var.services.db, right, {
      page,
      perPage: PER_PAGE,
    });
    const zone = readerZone(c);
    const columns: readonly Column<Attempt>[] = [
      { head: 'When', kind: 'date', cell: ({ at }) => formatInstant(at, zone) },
      { head: 'By', cell: ({ method }) => method },
      { head: 'Outcome', cell: ({ outcome }) => wordsFor(outcome) },
      { head: 'Person', cell: ({ name }) => name ?? '–' },
      { head: 'Address', cell: ({ addressMark }) => addressMark ?? '–' },
      { head: 'Network', cell: ({ network }) => network ?? '–' },
    ];
    return showPlainPage(
      c,
      {
        title: 'Attempts to sign in',
        lede: 'Addresses are shown as marks: equal marks are one address. Networks are cut to their /24 or /48.',
      },
      <>
        <Table
          caption="Attempts"
          note={`${total} in all, latest first`}
          columns={columns}
          rows={attempts}
          rowKey={({ id }) => id}
          empty="Nobody has tried to sign in yet."
        />
        <Pager
          label="Attempts"
          page={page}
          pages={Math.ceil(total / PER_PAGE)}
          href={(other) => `/admin/sign-ins?page=${other}`}
        />
      </>,
    );
  });
  return app;
}

const wordsFor = (outcome: string): string => {
  const known = OUTCOMES.find((each) => each === outcome);
  return known === undefined ? outcome : OUTCOME_WORDS[known];
};
