import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { dateIn, expectZone } from '@cairn/kernel/time';
import { typesetLetter } from '@cairn/typeset/letter';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { showMoneyPage } from '../page.tsx';
import { issueLetter, returnLetter, saveLetterSetting } from './letter-commands.ts';
import { letterFacts, letterSetting, lettersOf } from './letter-queries.ts';
import { asLetter, letterContent } from './letter-rules.ts';
import { issueForm, returnForm, settingForm } from './letter-schema.ts';
import { LetterList, LetterPage, type RefusedPart } from './letter-views.tsx';

type Context = AppContext<OrganiserEnv['Variables']>;

/** `/s/<summit>/organise/visa-letters`: all of them; `…/<id>`: one, to be issued or sent back; `…/<id>/letter.pdf`. */
export function letterRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const list = '/s/:summit/organise/visa-letters';
  const one = `${list}/:id{${UUID}}`;
  for (const address of [list, one, `${one}/letter.pdf`]) {
    routes.use(address, withSummit, organisersOnly);
  }

  routes.get(list, (c) => showList(c));

  routes.post(list, async (c) => {
    const { typed } = await readTyped(c);
    const text = (name: string) => typedText(typed, name);
    const parsed = settingForm.safeParse(typed);
    if (!parsed.success) {
      return showList(c, { part: 'setting', text, problems: formProblems(parsed.error) });
    }
    await inTransaction(c.var.services.db, (tx) =>
      saveLetterSetting(tx, webActor(c), c.var.organiser, parsed.data),
    );
    return seeOther(c, c.req.path, 'Saved. Letters that are issued already stay as they are.');
  });

  routes.get(one, (c) => showOne(c));

  routes.post(one, async (c) => {
    const { typed } = await readTyped(c);
    const done = await decide(c, typed);
    if (done.ok) return seeOther(c, homeOf(c), done.value);
    const part = typedText(typed, 'do') === 'return' ? 'return' : 'issue';
    const text = (name: string) => typedText(typed, name);
    return showOne(c, { part, text, problems: done.error });
  });

  routes.get(`${one}/letter.pdf`, async (c) => {
    const { services, summit, organiser } = c.var;
    const letter = await letterIn(c);
    const isOpen = letter?.state === 'requested';
    if (letter === undefined || (letter.content === null && !isOpen)) return c.notFound();
    const setting = await letterSetting(services.db, summit.id);
    const content =
      letter.content ??
      letterContent(summit.definition, letter, {
        setting,
        signedAs: setting.signedAs,
        date: dateIn(services.clock.now(), expectZone(summit.definition.zone)).toString(),
        ...(await letterFacts(services.db, organiser, letter)),
      });
    const pdf = typesetLetter(asLetter(content, isOpen));
    if (!pdf.ok) {
      const title = 'The letter cannot be made';
      return showMoneyPage(c, { title, status: 500 }, <p>{pdf.error.sentence}</p>);
    }
    return c.body(Uint8Array.from(pdf.value), 200, {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${summit.slug}-visa-letter.pdf"`,
      'cache-control': 'private, no-store',
    });
  });

  return routes;
}

const homeOf = (c: Context): string => `/s/${c.var.summit.slug}/organise/visa-letters`;

const letterIn = async (c: Context) =>
  (await lettersOf(c.var.services.db, c.var.organiser)).find(({ id }) => id === c.req.param('id'));

async function decide(c: Context, typed: Typed): Promise<Result<string, readonly Problem[]>> {
  const { services, organiser } = c.var;
  const id = c.req.param('id') ?? '';
  if (typedText(typed, 'do') === 'return') {
    const parsed = returnForm.safeParse(typed);
    if (!parsed.success) return fail(formProblems(parsed.error));
    const done = await inTransaction(services.db, (tx) =>
      returnLetter(tx, webActor(c), organiser, { id, answer: parsed.data.answer }),
    );
    return done.ok ? ok('Sent back; they hear of it by mail.') : fail([done.error]);
  }
  const parsed = issueForm.safeParse(typed);
  if (!parsed.success) return fail(formProblems(parsed.error));
  const done = await inTransaction(services.db, (tx) =>
    issueLetter(tx, webActor(c), organiser, { id, signedAs: parsed.data.signed_as }),
  );
  return done.ok ? ok('Issued; they hear of it by mail.') : fail([done.error]);
}

async function showList(c: Context, refused?: RefusedPart): Promise<Response> {
  const { services, summit, organiser } = c.var;
  const [letters, setting] = await Promise.all([
    lettersOf(services.db, organiser),
    letterSetting(services.db, summit.id),
  ]);
  return showMoneyPage(
    c,
    {
      title: 'Visa letters',
      lede: 'Invitations for consulates: who asked, what is issued, what came of it.',
      status: refused === undefined ? 200 : 422,
    },
    <LetterList
      home={homeOf(c)}
      zone={readerZone(c, summit)}
      letters={letters}
      setting={setting}
      refused={refused}
    />,
  );
}

async function showOne(c: Context, refused?: RefusedPart): Promise<Response> {
  const letter = await letterIn(c);
  if (letter === undefined) return c.notFound();
  const { signedAs } = await letterSetting(c.var.services.db, c.var.summit.id);
  return showMoneyPage(
    c,
    { title: `Visa letter: ${letter.name}`, status: refused === undefined ? 200 : 422 },
    <LetterPage
      page={`${homeOf(c)}/${letter.id}`}
      home={homeOf(c)}
      letter={letter}
      signedAs={signedAs}
      refused={refused}
    />,
  );
}
