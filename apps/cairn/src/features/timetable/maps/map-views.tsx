import type { Problem } from '@cairn/kernel/problem';
import { counted, listed } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { FileField, NumberField, TextArea, TextField } from '../../../design/controls.tsx';
import { EmptyState } from '../../../design/empty.tsx';
import { Form } from '../../../design/form.tsx';
import type { PlainRoom, VenueMap } from './map-queries.ts';

/** A map with its description beside it, in words for everybody. */
function MapFigure({ map, home }: { map: VenueMap; home: string }) {
  const { id, title, description, width, height } = map;
  const picture = `${home}/maps/${id}/picture`;
  return (
    <figure class="map wide" aria-labelledby={`map-${id}`}>
      <h2 id={`map-${id}`}>{title}</h2>
      <a href={picture}>
        <img
          src={picture}
          alt={title}
          width={width}
          height={height}
          aria-describedby={`says-${id}`}
        />
      </a>
      <figcaption id={`says-${id}`}>
        {description.split('\n').map((line, index) => (
          <p key={index}>{line}</p>
        ))}
      </figcaption>
    </figure>
  );
}

function RoomLine({
  room,
  home,
  isReleased,
}: {
  room: PlainRoom;
  home: string;
  isReleased: boolean;
}) {
  const { key, name, capacity, features, directions } = room;
  const facts = [
    ...(capacity === null ? [] : [counted(capacity, 'place')]),
    ...(features.length === 0 ? [] : [listed(features)]),
  ];
  return (
    <>
      <dt id={`room-${key}`}>{isReleased ? <a href={`${home}/rooms/${key}`}>{name}</a> : name}</dt>
      <dd>
        <p>{directions === '' ? 'Nobody has said yet how to get there.' : directions}</p>
        {facts.length > 0 && <p class="small quiet">{facts.join(' · ')}</p>}
      </dd>
    </>
  );
}

/** How to find one's way: rooms in words, then the maps. */
export function MapsPage({
  maps,
  rooms,
  home,
  released,
  organise,
}: {
  maps: readonly VenueMap[];
  rooms: readonly PlainRoom[];
  home: string;
  /** The rooms that have a page. */
  released: ReadonlySet<string>;
  /** Where an organiser changes them. */
  organise: string | undefined;
}) {
  return (
    <>
      {rooms.length === 0 && maps.length === 0 && (
        <EmptyState>Neither rooms nor maps are here yet.</EmptyState>
      )}
      {rooms.length > 0 && (
        <section aria-labelledby="rooms">
          <h2 id="rooms">Rooms</h2>
          <dl class="turns">
            {rooms.map((room) => (
              <RoomLine
                key={room.key}
                room={room}
                home={home}
                isReleased={released.has(room.key)}
              />
            ))}
          </dl>
        </section>
      )}
      {maps.map((map) => (
        <MapFigure key={map.id} map={map} home={home} />
      ))}
      {organise !== undefined && (
        <p>
          <a href={organise}>Add and change maps</a>
        </p>
      )}
    </>
  );
}

/** What was typed into the form of a map. */
export interface MapTyped {
  readonly title: string;
  readonly description: string;
  readonly position: string;
}

const NEW: MapTyped = { title: '', description: '', position: '' };

/** The form of a map, new or known. */
export function MapForm({
  action,
  typed = NEW,
  problems,
  isNew,
}: {
  action: string;
  typed?: MapTyped;
  problems?: readonly Problem[] | undefined;
  isNew: boolean;
}) {
  return (
    <Form action={action} problems={problems} multipart label={isNew ? 'New map' : 'This map'}>
      <TextField name="title" label="Title" value={typed.title} hint="Such as Ground floor." />
      <TextArea
        name="description"
        label="What it shows, in words"
        rows={4}
        value={typed.description}
        hint="For those who cannot see it: where the entrance is, which rooms there are, how to get from one to the other, lifts and steps."
      />
      <FileField
        name="file"
        label={isNew ? 'Picture' : 'Another picture'}
        optional={!isNew}
        accept="image/png,image/jpeg,image/webp"
        hint="PNG, JPEG or WebP, at most 4 MB. What it tells of camera, place and author is left out."
      />
      <NumberField
        name="position"
        label="Place in the list"
        optional
        value={typed.position}
        hint="Smaller numbers come first."
      />
      <Actions>
        <SubmitButton>{isNew ? 'Add the map' : 'Save'}</SubmitButton>
      </Actions>
    </Form>
  );
}

/** All maps, for who makes them. */
export function MapList({ maps, address }: { maps: readonly VenueMap[]; address: string }) {
  if (maps.length === 0) {
    return (
      <EmptyState>
        There is no map yet. Plans of the floors, and of the way from the station, help most.
      </EmptyState>
    );
  }
  return (
    <ul>
      {maps.map(({ id, title, width, height }) => (
        <li key={id}>
          <a href={`${address}/${id}`}>{title}</a>{' '}
          <span class="quiet">
            {width} × {height}
          </span>
        </li>
      ))}
    </ul>
  );
}
