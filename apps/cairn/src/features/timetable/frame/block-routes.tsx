import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { webActor } from '../../../platform/http/env.ts';
import {
  formProblems,
  type RefusedForm,
  readTyped,
  type Typed,
  typedText,
} from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { showTimetablePage } from '../page.tsx';
import { removeBlock, saveBlock } from './block-commands.ts';
import { BlockPage } from './block-views.tsx';
import {
  answerFaults,
  CHECK_SCRIPTS,
  factsForForm,
  faultsOf,
  isDespite,
  type MakingContext,
  unread,
} from './check-page.tsx';
import type { ContradictionFacts } from './contradiction-rules.ts';
import type { TypedFaults } from './contradiction-views.tsx';
import { alikeBlocks, type Block, type Frame } from './frame-rules.ts';
import { blockForm } from './frame-schema.ts';
import { blockTitle } from './frame-views.tsx';
import { NEW, withBlock } from './typed-rules.ts';

const BLOCK = '/s/:summit/organise/timetable/frame/blocks/:block';
const frameAt = (c: MakingContext): string => `/s/${c.var.summit.slug}/organise/timetable/frame`;

/** What a request is about: the frame's facts, and the block unless it is a new one. */
interface Asked {
  readonly facts: ContradictionFacts;
  readonly block: Block | undefined;
  readonly action: string;
}

/** `/s/<summit>/organise/timetable/frame/blocks/new` and `…/<block>`. */
export function blockRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  for (const address of [BLOCK, `${BLOCK}/check`]) {
    routes.use(address, withSummit, organisersOnly);
  }

  routes.get(BLOCK, async (c) => {
    const asked = await askedFor(c, c.req.param('block'));
    return asked instanceof Response ? asked : showBlock(c, asked);
  });

  routes.post(`${BLOCK}/check`, async (c) => {
    const asked = await askedFor(c, c.req.param('block'));
    const { typed } = await readTyped(c);
    return asked instanceof Response ? asked : answerFaults(c, tryBlock(asked, typed).faults);
  });

  routes.post(BLOCK, async (c) => {
    const asked = await askedFor(c, c.req.param('block'));
    if (asked instanceof Response) return asked;
    const { services, organiser } = c.var;
    const { typed } = await readTyped(c);
    const actor = webActor(c);
    const { block } = asked;
    if (typedText(typed, 'do') === 'remove' && block !== undefined) {
      const withAlike = typedText(typed, 'alike') === 'yes';
      const removed = await inTransaction(services.db, (tx) =>
        removeBlock(tx, actor, organiser, { id: block.id, withAlike }),
      );
      const notice = removed.ok
        ? `${counted(removed.value.blocks, 'block is', 'blocks are')} removed.`
        : removed.error.sentence;
      return seeOther(c, `${frameAt(c)}#days`, notice);
    }
    const { form, faults } = tryBlock(asked, typed);
    if (!form.success) return showBlock(c, asked, { typed, problems: formProblems(form.error) });
    if (faults.contradictions.length > 0 && !isDespite(typed)) {
      return showBlock(c, asked, { typed, problems: [] }, faults);
    }
    const saved = await inTransaction(services.db, (tx) =>
      saveBlock(tx, actor, organiser, { ...form.data, id: block?.id }),
    );
    if (!saved.ok) return showBlock(c, asked, { typed, problems: [saved.error] });
    const { length } = saved.value.ids;
    return seeOther(c, `${frameAt(c)}#days`, `${counted(length, 'block is', 'blocks are')} saved.`);
  });

  return routes;
}

/** The frame and the block of a request; where there is none, the answer that says so. */
async function askedFor(c: MakingContext, key: string): Promise<Asked | Response> {
  const facts = await factsForForm(c);
  if (facts === undefined) return c.redirect(frameAt(c), 303);
  const block = facts.frame.blocks.find(({ id }) => id === key);
  if (block === undefined && key !== NEW) return c.notFound();
  return { facts, block, action: `${frameAt(c)}/blocks/${key}` };
}

function tryBlock({ facts, block }: Asked, typed: Typed) {
  const form = blockForm.safeParse(typed);
  if (!form.success) return { form, faults: unread(formProblems(form.error)) };
  const after = { ...facts, frame: withBlock(facts.frame, { ...form.data, id: block?.id }) };
  return { form, faults: faultsOf(facts, after, [block?.id ?? NEW]) };
}

function showBlock(
  c: MakingContext,
  { facts: { frame }, block, action }: Asked,
  refused?: RefusedForm,
  faults?: TypedFaults,
): Response {
  return showTimetablePage(
    c,
    {
      title: block === undefined ? 'A new block' : blockTitle(block),
      lede: 'What everybody does at the same time, in one room or anywhere.',
      scripts: CHECK_SCRIPTS,
      status: refused === undefined ? 200 : 422,
    },
    <BlockPage
      action={action}
      frame={frame}
      typed={refused?.typed ?? (block === undefined ? newBlock(frame) : asTyped(block))}
      problems={refused?.problems}
      faults={faults}
      alike={block === undefined ? undefined : alikeBlocks(frame.blocks, block).length}
    />,
  );
}

const newBlock = ({ days }: Frame): Typed => ({
  kind: 'break',
  'dates[]': days.map(({ date }) => date),
});

const asTyped = (block: Block): Typed => ({
  title: block.title,
  kind: block.kind,
  meal: block.meal ?? '',
  provided: block.isProvided ? 'yes' : '',
  starts: block.starts,
  ends: block.ends,
  'dates[]': [block.date],
  room: block.roomId ?? '',
  place: block.place,
  text: block.text,
});
