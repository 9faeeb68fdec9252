import type { Problem } from '@cairn/kernel/problem';
import { dateIn } from '@cairn/kernel/time';
import { Hono } from 'hono';
import { Actions, SubmitButton } from '../../design/actions.tsx';
import { Form } from '../../design/form.tsx';
import { inTransaction } from '../../platform/db/command.ts';
import { type AppContext, type AppEnv, webActor } from '../../platform/http/env.ts';
import { readTyped } from '../../platform/http/form.ts';
import { seeOther } from '../../platform/http/notice.ts';
import { createSummit } from './definition-commands.ts';
import { checkDefinition, newSource, readDefinition } from './definition-text.ts';
import { FileForm } from './file-views.tsx';
import { problemsAtFields } from './form-fields.ts';
import type { Typing } from './form-parts.ts';
import { readRowAction, withRowAction } from './form-rows.ts';
import { typingOfPosted } from './form-typing.ts';
import { FormPart } from './form-views.tsx';
import { foundersOnly } from './founding.ts';
import { emptyFounding, FOUNDING_FORM, foundingInput } from './founding-form.ts';
import { readerZone, showPlainPage } from './page.tsx';
import { readPostedFile } from './posted-file.ts';

interface ShownFounding {
  readonly typing?: Typing;
  readonly problems?: readonly Problem[];
  readonly source?: string;
  readonly fileProblems?: readonly Problem[];
}

function showFounding(
  c: AppContext,
  status: 200 | 422,
  { typing = emptyFounding(), problems = [], source = '', fileProblems }: ShownFounding,
): Response {
  const scratch = (
    <section key="scratch" aria-labelledby="scratch">
      <h2 id="scratch">From scratch</h2>
      <p>
        The few things that it cannot do without. Everything else follows in the form after this
        one.
      </p>
      <Form
        action="/summits/new"
        label="From scratch"
        problems={problemsAtFields(FOUNDING_FORM, typing, problems)}
      >
        {/* First in the form, so that the Enter key founds and does not press some row's button. */}
        <Actions>
          <SubmitButton name="do" value="save">
            Found the summit
          </SubmitButton>
        </Actions>
        <FormPart part={FOUNDING_FORM} name="" typing={typing} place={{ action: '/summits/new' }} />
        <Actions>
          <SubmitButton name="do" value="save">
            Found the summit
          </SubmitButton>
        </Actions>
      </Form>
    </section>
  );
  const file = (
    <section key="file" aria-labelledby="file">
      <h2 id="file">From a file</h2>
      <p>A summit.yaml that somebody wrote, or that another summit’s organisers downloaded.</p>
      <FileForm
        action="/summits/new/file"
        source={source}
        verb="Found the summit from this file"
        {...(fileProblems === undefined ? {} : { problems: fileProblems })}
      />
    </section>
  );
  return showPlainPage(
    c,
    {
      title: 'A new summit',
      status,
      lede: 'It begins as a draft that only its organisers see.',
    },
    <>
      <p>
        <a href="#scratch">From scratch</a> or <a href="#file">from a file</a>.
      </p>
      {/* What was refused comes first, with what is wrong with it. */}
      {fileProblems === undefined ? [scratch, file] : [file, scratch]}
    </>,
  );
}

/** `/summits/new`: founding a summit from a short form or from a file. */
export function foundingRoutes(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.use('/summits/new', foundersOnly);
  routes.use('/summits/new/*', foundersOnly);

  routes.get('/summits/new', (c) => showFounding(c, 200, {}));

  const found = async (c: AppContext, source: string) =>
    inTransaction(c.var.services.db, (tx) => createSummit(tx, webActor(c), { source }));

  routes.post('/summits/new', async (c) => {
    const { typed } = await readTyped(c);
    const typing = typingOfPosted(FOUNDING_FORM, typed);
    const pressed = String(typed['do'] ?? 'save');
    if (pressed !== 'save') {
      const action = readRowAction(pressed);
      const shown = action === undefined ? typing : withRowAction(FOUNDING_FORM, typing, action);
      return showFounding(c, 200, { typing: shown });
    }
    const today = dateIn(c.var.services.clock.now(), readerZone(c));
    const input = foundingInput(typing, today);
    const checked = checkDefinition(input);
    if (!checked.ok) return showFounding(c, 422, { typing, problems: checked.error });
    const created = await found(c, newSource(input));
    if (!created.ok) return showFounding(c, 422, { typing, problems: [created.error] });
    return seeOther(
      c,
      `/s/${created.value.slug}/organise/definition`,
      'The summit exists, as a draft. Fill in the rest here.',
    );
  });

  routes.post('/summits/new/file', async (c) => {
    const { shown, source } = await readPostedFile(c);
    const refuse = (fileProblems: readonly Problem[]) =>
      showFounding(c, 422, { source: shown, fileProblems });
    if (!source.ok) return refuse([source.error]);
    const read = readDefinition(source.value);
    if (!read.ok) return refuse(read.error);
    const created = await found(c, source.value);
    if (!created.ok) {
      const { document } = read.value;
      const path = (created.error.place.path ?? '').split('.');
      return refuse([{ ...created.error, place: document.placeOf(path) }]);
    }
    return seeOther(c, `/s/${created.value.slug}/organise`, 'The summit exists, as a draft.');
  });

  return routes;
}
