import type { Problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { NoticeLine } from '../../design/layout.tsx';
import { inTransaction } from '../../platform/db/command.ts';
import { type AppContext, webActor } from '../../platform/http/env.ts';
import { readTyped } from '../../platform/http/form.ts';
import { seeOther } from '../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from './access.ts';
import { openCarried } from './carried-queries.ts';
import { differences } from './definition-changes.ts';
import { type Saved, saveDefinition } from './definition-commands.ts';
import { DEFINITION_FORM } from './definition-form.ts';
import { mergeTyping } from './definition-merge.ts';
import {
  checkDefinition,
  definitionInput,
  definitionTyping,
  readDefinition,
  writeDefinition,
} from './definition-text.ts';
import { DefinitionForm, SavedMeanwhile } from './definition-views.tsx';
import { fieldOf, problemsAtFields } from './form-fields.ts';
import type { Typing } from './form-parts.ts';
import { readRowAction, withRowAction } from './form-rows.ts';
import { typingOfPosted } from './form-typing.ts';
import { showPage } from './page.tsx';
import { postedRevision } from './posted-file.ts';
import { type Summit, summitById, summitSource } from './queries.ts';
import { revisionOf } from './revision-queries.ts';
import { fieldNameOf } from './stable-path.ts';

export type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

interface ShownForm {
  readonly typing: Typing;
  readonly revision: number;
  readonly problems?: readonly Problem[];
  readonly meanwhile?: Parameters<typeof SavedMeanwhile>[0];
}

async function showForm(
  c: OrganiserContext,
  status: 200 | 409 | 422,
  { typing, revision, problems = [], meanwhile }: ShownForm,
): Promise<Response> {
  const { summit, services } = c.var;
  const home = `/s/${summit.slug}/organise`;
  const open = await openCarried(services.db, summit.id);
  const carried = open.flatMap((one) => {
    const name = fieldNameOf(summit.definition, one);
    return name === undefined ? [] : [fieldOf(DEFINITION_FORM, typing, name)];
  });
  return showPage(
    c,
    {
      title: 'Definition',
      status,
      lede: (
        <>
          All that defines this summit. The <a href={`${home}/definition/file`}>file summit.yaml</a>{' '}
          says the same; <a href={`${home}/definition/history`}>the history</a> keeps every saved
          state. <a href={`${home}/copy`}>Copy this summit</a> to begin the next one.
        </>
      ),
    },
    <>
      {open.length > 0 && (
        <NoticeLine kind="info">
          {open.length} values are still those of the last edition; each says so.{' '}
          <a href={`${home}/carried`}>See them all</a>
        </NoticeLine>
      )}
      {meanwhile !== undefined && <SavedMeanwhile {...meanwhile} />}
      <DefinitionForm
        action={`${home}/definition`}
        typing={typing}
        revision={revision}
        problems={problemsAtFields(DEFINITION_FORM, typing, problems)}
        carried={new Set(carried)}
        carriedHref={`${home}/carried`}
        verb="Save the definition"
      />
    </>,
  );
}

/** The form again, with what was typed and what somebody saved meanwhile brought together. */
async function showMeanwhile(
  c: OrganiserContext,
  typing: Typing,
  baseRevision: number,
): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const now: Summit = await summitById(services.db, summit.id);
  const base = await revisionOf(services.db, organiser, baseRevision);
  const theirs = definitionTyping(now.definition);
  const merged = mergeTyping(
    base === undefined ? theirs : definitionTyping(base.definition),
    typing,
    theirs,
  );
  return showForm(c, 409, {
    typing: merged.typing,
    revision: now.revision,
    meanwhile: {
      revision: now.revision,
      theirs: base === undefined ? [] : differences(base.definition, now.definition),
      collisions: merged.collisions,
    },
  });
}

/** What to say after saving. */
export const savedNotice = ({ revision, changed }: Saved): string =>
  changed.length === 1
    ? `Saved as revision ${revision}; one value changed.`
    : `Saved as revision ${revision}; ${changed.length} values changed.`;

/** `/s/<summit>/organise/definition`: the definition as a form. */
export function definitionRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/definition';
  routes.use(address, withSummit, organisersOnly);

  routes.get(address, (c) => {
    const { summit } = c.var;
    return showForm(c, 200, {
      typing: definitionTyping(summit.definition),
      revision: summit.revision,
    });
  });

  routes.post(address, async (c) => {
    const { summit, organiser, services } = c.var;
    const { typed } = await readTyped(c);
    const typing = typingOfPosted(DEFINITION_FORM, typed);
    const baseRevision = postedRevision(typed);
    const pressed = String(typed['do'] ?? 'save');
    if (pressed !== 'save') {
      const action = readRowAction(pressed);
      return showForm(c, 200, {
        typing: action === undefined ? typing : withRowAction(DEFINITION_FORM, typing, action),
        revision: baseRevision,
      });
    }
    if (baseRevision !== summit.revision) return showMeanwhile(c, typing, baseRevision);
    const input = definitionInput(typing);
    const checked = checkDefinition(input);
    if (!checked.ok) {
      return showForm(c, 422, { typing, revision: baseRevision, problems: checked.error });
    }
    const file = readDefinition(await summitSource(services.db, summit.id));
    if (!file.ok) throw new Error('a stored summit file no longer reads', { cause: file.error });
    const source = writeDefinition(file.value, input);
    const saved = await inTransaction(services.db, (tx) =>
      saveDefinition(tx, webActor(c), organiser, { source, baseRevision }),
    );
    if (saved.ok) {
      return seeOther(c, `/s/${saved.value.slug}/organise/definition`, savedNotice(saved.value));
    }
    return saved.error.code === 'stale-revision'
      ? showMeanwhile(c, typing, baseRevision)
      : showForm(c, 422, { typing, revision: baseRevision, problems: [saved.error] });
  });

  return routes;
}
