import type { Problem } from '@cairn/kernel/problem';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { Select, TextArea, TextField } from '../../../design/controls.tsx';
import { Fieldset, Form } from '../../../design/form.tsx';
import type { PossibleLead } from './series-queries.ts';

/** One track as it was typed. */
export interface TypedTrack {
  readonly key: string;
  readonly title: string;
  readonly topics: string;
  readonly link: string;
  readonly lead: string;
  readonly lead_name: string;
}

interface TracksPageProps {
  readonly action: string;
  readonly back: string;
  readonly rows: readonly TypedTrack[];
  readonly people: readonly PossibleLead[];
  readonly problems: readonly Problem[];
}

/** The parallel tracks of one meeting; rows without a title fall away. */
export function TracksPage({ action, back, rows, people, problems }: TracksPageProps) {
  const options = people.map(({ personId, name }) => ({ value: personId, label: name }));
  return (
    <>
      <p>
        Small groups that meet at the same time. To take a track out, empty its title. A lead may
        record who was there.
      </p>
      <Form action={action} problems={problems}>
        {rows.map((row, index) => (
          <Fieldset key={index} legend={row.title === '' ? `Track ${index + 1}, new` : row.title}>
            <input type="hidden" name={`tracks.${index}.key`} value={row.key} />
            <TextField
              name={`tracks.${index}.title`}
              label="Title"
              value={row.title}
              optional={row.key === ''}
            />
            <Select
              name={`tracks.${index}.lead`}
              label="Lead"
              empty="nobody yet, or somebody else"
              options={options}
              value={row.lead}
              optional
            />
            <TextField
              name={`tracks.${index}.lead_name`}
              label="Lead who is not on the list"
              value={row.lead_name}
              optional
            />
            <TextArea
              name={`tracks.${index}.topics`}
              label="Topics, one a line"
              rows={3}
              value={row.topics}
              optional
            />
            <TextField
              name={`tracks.${index}.link`}
              label="Its own room"
              hint="Only where it does not meet in the call’s own."
              type="url"
              value={row.link}
              optional
            />
          </Fieldset>
        ))}
        <Actions>
          <SubmitButton>Save the tracks</SubmitButton>
          <a href={back}>Leave things as they are</a>
        </Actions>
      </Form>
    </>
  );
}
