import type { Problem } from '@cairn/kernel/problem';
import { listed } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField } from '../../../design/controls.tsx';
import { ErrorSummary, Form } from '../../../design/form.tsx';
import { NoticeLine } from '../../../design/layout.tsx';
import { Facts } from '../../../design/prose.tsx';
import type { OwnRoom } from './rooming-queries.ts';

interface OwnRoomProps {
  readonly action: string;
  /** Undefined while none is set. */
  readonly room: OwnRoom | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/** One's own room and room-mates, and the way to another one. */
export function OwnRoomSection({ action, room, problems }: OwnRoomProps) {
  if (room === undefined) {
    return problems === undefined ? null : <ErrorSummary problems={problems} />;
  }
  const { mates, asksMove, isAgainstWish } = room;
  return (
    <>
      <h2>My room</h2>
      <Facts
        facts={[
          { term: 'Room', value: room.room },
          {
            term: 'House',
            value: room.link === null ? room.house : <a href={room.link}>{room.house}</a>,
          },
          ...(room.address === '' ? [] : [{ term: 'Address', value: room.address }]),
          { term: 'With', value: mates.length === 0 ? 'Nobody; it is yours alone' : listed(mates) },
          ...(room.text === '' ? [] : [{ term: 'Good to know', value: room.text }]),
        ]}
      />
      {isAgainstWish && !asksMove && (
        <NoticeLine kind="problem">
          You share with somebody whom you asked not to share with. Organisers cannot see that; ask
          for another room, and you need not say why.
        </NoticeLine>
      )}
      <Form action={action} problems={problems} label="Another room">
        <HiddenField name="asks_move" value={asksMove ? 'no' : 'yes'} />
        {asksMove && <p>You asked for another room. Organisers see that, and not why.</p>}
        <Actions>
          <SubmitButton weight={isAgainstWish && !asksMove ? 'ordinary' : 'plain'}>
            {asksMove ? 'I stay where I am after all' : 'Ask for another room, without a reason'}
          </SubmitButton>
        </Actions>
      </Form>
      <h2>My stay</h2>
    </>
  );
}
