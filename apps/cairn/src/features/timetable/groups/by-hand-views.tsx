import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { Checkbox, HiddenField, Select, TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import type { Grouping } from './grouping-queries.ts';
import type { GroupFacts } from './problem-rules.ts';
import type { Standing } from './standing-rules.ts';

/** A form of the page that was refused: which one, what was typed, and what is wrong. */
export interface RefusedPart {
  readonly part: string;
  readonly typed: (name: string) => string;
  readonly problems: readonly Problem[];
}

interface ByHandProps {
  /** `/s/<summit>/organise/timetable/groups`. */
  readonly home: string;
  readonly grouping: Grouping;
  readonly standing: Standing;
  readonly facts: GroupFacts;
  readonly refused: RefusedPart | undefined;
}

/** What organisers change of a grouping by hand. */
export function ByHand({ home, grouping, standing, facts, refused }: ByHandProps) {
  const page = `${home}/${grouping.id}`;
  const of = (part: string) => (refused?.part === part ? refused : undefined);
  const [move, add] = [of('move'), of('add')];
  const all = [...standing.groups, ...standing.dropped];
  const keyOf = new Map(grouping.members.map(({ personId, key }) => [personId, key]));
  const titles = new Map(all.map(({ key, title }) => [key, title]));
  const pinned = grouping.members.filter(({ isPinned, isOut }) => isPinned && !isOut).length;
  return (
    <>
      <h2>By hand</h2>
      <Form action={page} label="Put somebody elsewhere" scope="move" problems={move?.problems}>
        <HiddenField name="do" value="move" />
        <Select
          name="person"
          label="Put"
          empty="Choose somebody"
          value={move?.typed('person')}
          options={facts.people.map(({ id, name }) => {
            const title = titles.get(keyOf.get(id) ?? '');
            return { value: id, label: title === undefined ? name : `${name} (${title})` };
          })}
        />
        <Select
          name="to"
          label="Into"
          empty="Choose where"
          value={move?.typed('to')}
          options={[
            ...all.map(({ key, title, room }) => ({
              value: `in:${key}`,
              label: `${title} (${room.people} of ${room.most})`,
            })),
            { value: 'none', label: 'No group' },
            { value: 'out', label: 'Out: they take no part in groups' },
          ]}
        />
        <Checkbox
          name="pins"
          label="Keep them there when groups are proposed from these"
          checked={move === undefined || move.typed('pins') === 'yes'}
        />
        <Actions>
          <SubmitButton weight="ordinary">Put them there</SubmitButton>
        </Actions>
      </Form>
      {pinned > 0 && (
        <Form action={page} label="Release">
          <HiddenField name="do" value="pins" />
          <p>
            {counted(pinned, 'person is', 'people are')} kept where they are, because they were put
            there by hand, chose it or changed places.
          </p>
          <Actions>
            <SubmitButton weight="ordinary">Release all of them</SubmitButton>
          </Actions>
        </Form>
      )}
      <Form action={page} label="Add a group" scope="add" problems={add?.problems}>
        <HiddenField name="do" value="add" />
        <Select
          name="topic"
          label="Add a group for"
          empty="No topic"
          value={add?.typed('topic')}
          hint="Of a topic that has a group, it is another one beside it."
          options={facts.topics.map(({ number, title }) => ({
            value: String(number),
            label: title,
          }))}
        />
        <TextField
          name="title"
          label="Its title"
          optional
          value={add?.typed('title')}
          hint="The topic’s, where you write none."
        />
        <Actions>
          <SubmitButton weight="ordinary">Add the group</SubmitButton>
        </Actions>
      </Form>
    </>
  );
}
