import { cleanPicture } from '@cairn/formats/picture';
import { type Problem, problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { Confirm } from '../../../design/actions.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, readTyped, type Typed, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import {
  type OrganiserEnv,
  organisersOnly,
  type SummitEnv,
  withSummit,
} from '../../summits/access.ts';
import { showTimetablePage } from '../page.tsx';
import { currentTimetable } from '../release/current-queries.ts';
import { addMap, changeMap, removeMap } from './map-commands.ts';
import { mapsOf, pictureOf, roomsToFind } from './map-queries.ts';
import { mapForm } from './map-schema.ts';
import { MapForm, MapList, MapsPage, type MapTyped } from './map-views.tsx';

/**
 * `/s/<summit>/timetable/maps`: rooms with directions, and maps; `…/maps/<map>/picture` one as it is. The rooms
 * of a timetable that is not released are for those who come.
 */
export function mapRoutes(): Hono<SummitEnv> {
  const routes = new Hono<SummitEnv>();
  const maps = '/s/:summit/timetable/maps';
  const picture = `${maps}/:map{${UUID}}/picture`;
  routes.use(maps, withSummit);
  routes.use(picture, withSummit);

  routes.get(maps, async (c) => {
    const { summit, services, comes, organiser } = c.var;
    const { db } = services;
    const home = `/s/${summit.slug}/timetable`;
    const current = await currentTimetable(db, summit.id);
    const released = new Set(current?.content.rooms.map(({ key }) => key));
    const rooms = await roomsToFind(db, summit.id);
    const isInside = comes || organiser !== undefined;
    return showTimetablePage(
      c,
      {
        title: 'Rooms and maps',
        lede: 'How to find your way.',
        isPublic: summit.state !== 'draft',
      },
      <MapsPage
        maps={await mapsOf(db, summit.id)}
        rooms={rooms.filter(({ key }) => isInside || released.has(key))}
        home={home}
        released={released}
        organise={organiser === undefined ? undefined : `/s/${summit.slug}/organise/timetable/maps`}
      />,
    );
  });

  routes.get(picture, async (c) => {
    const { summit, services } = c.var;
    const found = await pictureOf(services.db, summit.id, c.req.param('map'));
    if (found === undefined) return c.notFound();
    return c.body(new Uint8Array(found.content), 200, {
      'content-type': found.mediaType,
      // Another picture has another address.
      'cache-control': `${summit.state === 'draft' ? 'private' : 'public'}, max-age=31536000, immutable`,
      'content-disposition': 'inline',
    });
  });

  return routes;
}

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

/** `/s/<summit>/organise/timetable/maps`: adding, changing and removing maps. */
export function organisedMapRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const maps = '/s/:summit/organise/timetable/maps';
  const one = `${maps}/:map{${UUID}}`;
  const remove = `${one}/remove`;
  for (const address of [maps, one, remove]) routes.use(address, withSummit, organisersOnly);

  routes.get(maps, (c) => showList(c));
  routes.post(maps, async (c) => {
    const read = await readMap(c, true);
    if (!read.ok) return showList(c, read);
    const { said, picture } = read;
    const { organiser, services } = c.var;
    if (picture === undefined) return showList(c);
    const added = await inTransaction(services.db, (tx) =>
      addMap(tx, webActor(c), organiser, said, picture),
    );
    return added.ok ? seeOther(c, addressOf(c), 'The map is added.') : showList(c);
  });

  routes.get(one, async (c) => showMap(c, c.req.param('map')));
  routes.post(one, async (c) => {
    const id = c.req.param('map');
    const read = await readMap(c, false);
    if (!read.ok) return showMap(c, id, read);
    const { organiser, services } = c.var;
    const changed = await inTransaction(services.db, (tx) =>
      changeMap(tx, webActor(c), organiser, id, read.said, read.picture),
    );
    return changed.ok ? seeOther(c, addressOf(c), 'The map is saved.') : c.notFound();
  });

  routes.get(remove, async (c) => {
    const map = await mapAt(c, c.req.param('map'));
    if (map === undefined) return c.notFound();
    return showTimetablePage(
      c,
      { title: `Remove “${map.title}”` },
      <Confirm
        action={`${addressOf(c)}/${map.id}/remove`}
        verb={`Remove “${map.title}”`}
        back={`${addressOf(c)}/${map.id}`}
        consequences={<p>The picture and its description go, and cannot be brought back.</p>}
      />,
    );
  });
  routes.post(remove, async (c) => {
    const { organiser, services } = c.var;
    const removed = await inTransaction(services.db, (tx) =>
      removeMap(tx, webActor(c), organiser, c.req.param('map')),
    );
    return removed.ok ? seeOther(c, addressOf(c), 'The map is removed.') : c.notFound();
  });

  return routes;
}

const addressOf = (c: OrganiserContext): string =>
  `/s/${c.var.summit.slug}/organise/timetable/maps`;

interface Refused {
  readonly typed: MapTyped;
  readonly problems: readonly Problem[];
}

const typedMap = (typed: Typed): MapTyped => ({
  title: typedText(typed, 'title'),
  description: typedText(typed, 'description'),
  position: typedText(typed, 'position'),
});

/** What was posted, with every problem of words and picture at once. */
async function readMap(c: OrganiserContext, needsPicture: boolean) {
  const { typed, files } = await readTyped(c);
  const form = mapForm.safeParse(typedMap(typed));
  const file = files.get('file');
  const picture = file && cleanPicture(new Uint8Array(await file.arrayBuffer()));
  const problems = [
    ...(form.success ? [] : formProblems(form.error)),
    ...(picture === undefined && needsPicture ? [noPicture()] : []),
    ...(picture === undefined || picture.ok ? [] : [picture.error]),
  ];
  if (!form.success || problems.length > 0) {
    return { ok: false, typed: typedMap(typed), problems } as const;
  }
  return { ok: true, said: form.data, picture: picture?.ok ? picture.value : undefined } as const;
}

const noPicture = (): Problem =>
  problem('no-picture', 'Choose the picture of the map: a PNG, JPEG or WebP file.', {
    path: 'file',
  });

async function showList(c: OrganiserContext, refused?: Refused): Promise<Response> {
  const { summit, services } = c.var;
  return showTimetablePage(
    c,
    {
      title: 'Maps',
      lede: 'Plans of the house and of the way to it. Everybody sees them beside the rooms’ directions.',
      status: refused === undefined ? 200 : 422,
    },
    <>
      <MapList maps={await mapsOf(services.db, summit.id)} address={addressOf(c)} />
      <h2>Add a map</h2>
      <MapForm
        action={addressOf(c)}
        isNew
        {...(refused === undefined ? {} : { typed: refused.typed, problems: refused.problems })}
      />
      <p>
        <a href={`/s/${summit.slug}/timetable/maps`}>See them as everybody does</a>
      </p>
    </>,
  );
}

const mapAt = async (c: OrganiserContext, id: string) =>
  (await mapsOf(c.var.services.db, c.var.summit.id)).find((map) => map.id === id);

async function showMap(c: OrganiserContext, id: string, refused?: Refused): Promise<Response> {
  const map = await mapAt(c, id);
  if (map === undefined) return c.notFound();
  const { title, description, width, height, position } = map;
  return showTimetablePage(
    c,
    { title, status: refused === undefined ? 200 : 422 },
    <>
      <p>
        <img
          src={`/s/${c.var.summit.slug}/timetable/maps/${id}/picture`}
          alt={title}
          width={width}
          height={height}
        />
      </p>
      <MapForm
        action={`${addressOf(c)}/${id}`}
        isNew={false}
        typed={refused?.typed ?? { title, description, position: String(position) }}
        problems={refused?.problems}
      />
      <p>
        <a href={`${addressOf(c)}/${id}/remove`}>Remove this map</a>
      </p>
    </>,
  );
}
