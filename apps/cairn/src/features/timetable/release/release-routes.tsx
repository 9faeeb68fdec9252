import { type Problem, problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { EmptyState } from '../../../design/empty.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone } from '../../summits/page.tsx';
import { showTimetablePage } from '../page.tsx';
import { brokenNow } from './affected-queries.ts';
import { type AskedRelease, releasePreview } from './preview-queries.ts';
import { releaseTimetable } from './release-commands.ts';
import { TELL } from './release-schema.ts';
import { Preview, ReleaseForm } from './release-views.tsx';
import { BrokenNow, ReleasedList } from './released-views.tsx';
import { toldCounts } from './told-queries.ts';

type Context = AppContext<OrganiserEnv['Variables']>;

/** `/s/<summit>/organise/timetable/release`: look at what a draft would be as a version, and release it. */
export function releaseRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/timetable/release';
  routes.use(address, withSummit, organisersOnly);

  routes.get(address, (c) =>
    showRelease(c, { draft: c.req.query('draft') ?? '', name: '', note: '', tell: 'moved' }),
  );

  routes.post(address, async (c) => {
    const { typed } = await readTyped(c);
    const asked = askedIn(typed);
    if (typedText(typed, 'do') !== 'release') return showRelease(c, asked);
    const [seenDraft, seen] = typedText(typed, 'seen').split(' ');
    if (seenDraft !== asked.draft || seen === undefined || !/^\d{1,9}$/.test(seen)) {
      const sentence =
        'You chose another draft. Its warnings and what each is told are shown now; look at them, then release it.';
      return showRelease(c, asked, [problem('not-looked-at', sentence, { path: 'draft' })]);
    }
    const { services, organiser, summit } = c.var;
    const released = await inTransaction(services.db, (tx) =>
      releaseTimetable(tx, webActor(c), organiser, {
        ...{ draftId: asked.draft, name: asked.name, note: asked.note, tell: asked.tell },
        seen: Number(seen),
      }),
    );
    if (!released.ok) return showRelease(c, asked, [released.error]);
    return seeOther(
      c,
      `/s/${summit.slug}/organise/timetable/release`,
      `Version ${released.value.version} is released.`,
    );
  });

  return routes;
}

const askedIn = (typed: Typed): AskedRelease => ({
  draft: typedText(typed, 'draft'),
  name: typedText(typed, 'name'),
  note: typedText(typed, 'note'),
  tell: TELL.find((each) => each === typedText(typed, 'tell')) ?? 'moved',
});

async function showRelease(
  c: Context,
  asked: AskedRelease,
  problems?: readonly Problem[],
): Promise<Response> {
  const { summit, services, organiser } = c.var;
  const home = `/s/${summit.slug}/organise/timetable`;
  const { drafts, releases, preview } = await releasePreview(services.db, summit, organiser, asked);
  const broken = await brokenNow(services.db, summit, organiser);
  const [latest] = releases;
  return showTimetablePage(
    c,
    {
      title: 'Release the timetable',
      lede:
        latest === undefined
          ? 'Nothing is public yet. A release shows one draft to everybody, as it is now.'
          : `Everybody sees version ${latest.version}, “${latest.name}”. A later change of a draft is seen only once it is released.`,
      status: problems === undefined ? 200 : 422,
    },
    <>
      <BrokenNow broken={broken} home={home} />
      {preview === undefined ? (
        <EmptyState next={{ href: `${home}/drafts`, label: 'To the drafts' }}>
          There is no draft yet. Make one, or let Cairn find some.
        </EmptyState>
      ) : (
        <>
          <ReleaseForm
            action={`${home}/release`}
            {...{ drafts, preview, problems }}
            typed={{ ...asked, draft: preview.draft.id }}
          />
          <p class="quiet">
            Below is what “{preview.draft.name}” would be as version {preview.version}, with{' '}
            {counted(preview.content.sessions.length, 'session')}.
          </p>
          <Preview preview={preview} tell={asked.tell} />
        </>
      )}
      <ReleasedList
        home={`/s/${summit.slug}/timetable`}
        releases={releases}
        told={await toldCounts(services.db, summit.id)}
        zone={readerZone(c, summit)}
      />
    </>,
  );
}
