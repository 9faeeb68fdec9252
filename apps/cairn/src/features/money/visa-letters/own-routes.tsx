import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { typesetLetter } from '@cairn/typeset/letter';
import { Hono } from 'hono';
import { z } from 'zod';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import { selfIn } from '../../people/rights.ts';
import {
  comersOnly,
  type ParticipantEnv,
  participantsOnly,
  withSummit,
} from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { showMoneyPage } from '../page.tsx';
import { askLetter, sayOutcome, withdrawLetter } from './letter-commands.ts';
import { letterSetting, ownLetters } from './letter-queries.ts';
import { asLetter } from './letter-rules.ts';
import { askForm, outcomeForm } from './letter-schema.ts';
import type { RefusedPart } from './letter-views.tsx';
import { OwnLetterPage } from './own-views.tsx';

type Context = AppContext<ParticipantEnv['Variables']>;

/** `/s/<summit>/money/visa-letter`: one's own letter, from the request to what came of it. */
export function ownLetterRoutes(): Hono<ParticipantEnv> {
  const routes = new Hono<ParticipantEnv>();
  const own = '/s/:summit/money/visa-letter';
  const pdf = `${own}/:file{${UUID}\\.pdf}`;
  for (const address of [own, pdf]) routes.use(address, withSummit, participantsOnly, comersOnly);

  routes.get(own, (c) => showOwn(c));

  routes.post(own, async (c) => {
    const { typed } = await readTyped(c);
    const done = await change(c, typed);
    if (done.ok) return seeOther(c, c.req.path, done.value);
    const part = typedText(typed, 'do');
    return showOwn(c, {
      part: part === 'ask' || part === '' ? 'ask' : `${part}-${typedText(typed, 'letter')}`,
      text: (name) => typedText(typed, name),
      problems: done.error,
    });
  });

  routes.get(pdf, async (c) => {
    const { services, summit, signedIn } = c.var;
    const letters = await ownLetters(services.db, selfIn(summit.id, signedIn));
    const found = letters.find(({ id }) => `${id}.pdf` === c.req.param('file'));
    if (found?.content == null) return c.notFound();
    return answerLetter(c, typesetLetter(asLetter(found.content)), summit.slug);
  });

  return routes;
}

/** A letter for whoever asked, kept by nobody on the way; or a page that says why there is none. */
function answerLetter(
  c: Context,
  pdf: Result<Uint8Array, Problem>,
  slug: string,
): Response | Promise<Response> {
  if (!pdf.ok) {
    const title = 'The letter cannot be made';
    return showMoneyPage(c, { title, status: 500 }, <p>{pdf.error.sentence}</p>);
  }
  return c.body(Uint8Array.from(pdf.value), 200, {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${slug}-visa-letter.pdf"`,
    'cache-control': 'private, no-store',
  });
}

async function change(c: Context, typed: Typed): Promise<Result<string, readonly Problem[]>> {
  const { services, summit, signedIn } = c.var;
  const self = selfIn(summit.id, signedIn);
  const run = async (
    command: Parameters<typeof inTransaction<undefined>>[1],
    done: string,
  ): Promise<Result<string, readonly Problem[]>> => {
    const changed = await inTransaction(services.db, command);
    return changed.ok ? ok(done) : fail([changed.error]);
  };
  const part = typedText(typed, 'do');
  if (part === 'withdraw' || part === 'outcome') {
    const id = z.uuid().safeParse(typedText(typed, 'letter'));
    if (!id.success) {
      return fail([
        problem('no-letter', 'This letter is not there any more; look at the page again.'),
      ]);
    }
    if (part === 'withdraw') {
      return run((tx) => withdrawLetter(tx, webActor(c), self, id.data), 'Withdrawn.');
    }
    const parsed = outcomeForm.safeParse(typed);
    if (!parsed.success) return fail(formProblems(parsed.error));
    return run(
      (tx) => sayOutcome(tx, webActor(c), self, { id: id.data, outcome: parsed.data.outcome }),
      'Thank you. Organisers see it.',
    );
  }
  const parsed = askForm.safeParse(typed);
  if (!parsed.success) return fail(formProblems(parsed.error));
  return run(
    (tx) => askLetter(tx, webActor(c), self, parsed.data),
    'Organisers have your request. You get a mail when the letter is there.',
  );
}

async function showOwn(c: Context, refused?: RefusedPart): Promise<Response> {
  const { services, summit, signedIn } = c.var;
  const [letters, { daysKept }] = await Promise.all([
    ownLetters(services.db, selfIn(summit.id, signedIn)),
    letterSetting(services.db, summit.id),
  ]);
  const isElsewhere =
    refused !== undefined &&
    (refused.part === 'ask'
      ? letters.some(({ state }) => state === 'requested')
      : !letters.some(({ id, content }) => refused.part === `outcome-${id}` && content !== null));
  return showMoneyPage(
    c,
    {
      title: 'Visa letter',
      lede: 'An invitation for your consulate, and how far it is.',
      status: refused === undefined ? 200 : 422,
    },
    <>
      {isElsewhere && (
        <p role="alert">{refused.problems.map(({ sentence }) => sentence).join(' ')}</p>
      )}
      <OwnLetterPage
        action={`/s/${summit.slug}/money/visa-letter`}
        zone={readerZone(c, summit)}
        name={signedIn.name}
        letters={letters}
        daysKept={daysKept}
        refused={refused}
      />
    </>,
  );
}
