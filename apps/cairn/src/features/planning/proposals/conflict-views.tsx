import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { HiddenField, RadioGroup, TextArea } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import type { SideState } from './conflict-queries.ts';
import { placesIn, type Stretch, withMarks } from './conflict-rules.ts';
import {
  howField,
  ownField,
  type TypedConflict,
  type TypedPlace,
  takeField,
  wholeField,
} from './conflict-schema.ts';
import { firstWay, ownStart, type SettledFile, type Way, waysOf } from './settle-rules.ts';

/** A file in conflict, with what was chosen so far. */
export interface ShownConflict extends SettledFile {
  readonly mine: SideState;
  readonly main: SideState;
  readonly typed: TypedConflict | undefined;
}

interface ConflictPageProps {
  readonly action: string;
  readonly back: { readonly href: string; readonly number: number };
  readonly head: string;
  readonly mainHead: string;
  readonly files: readonly ShownConflict[];
  readonly problems: readonly Problem[];
}

/** The form in which a person says what becomes of what the proposal and main changed both. */
export function ConflictPage({ action, back, head, mainHead, files, problems }: ConflictPageProps) {
  return (
    <>
      <p>
        Main changed since this branch left it, in {counted(files.length, 'file')} that the proposal
        changes as well. Say for each what it becomes. Both histories stay, so nothing is lost for
        good; the result is a new version of the proposal.
      </p>
      <Form action={action} problems={problems} wide label="Conflicts">
        <HiddenField name="head" value={head} />
        <HiddenField name="main" value={mainHead} />
        {files.map((file, index) => (
          <FileConflict key={file.path} file={file} index={index} />
        ))}
        <Actions>
          <SubmitButton>Save as a new version</SubmitButton>
        </Actions>
      </Form>
      <p>
        <a href={back.href}>Back to #{back.number}, and leave the conflict as it is</a>
      </p>
    </>
  );
}

const WAY_LABELS: Readonly<Record<Way, string>> = {
  places: 'Place by place, as chosen below',
  whole: 'The whole text as I write it below',
  mine: 'As the proposal has it',
  main: 'As main has it',
  gone: 'It goes',
};

const wayHint = (way: Way, { mine, main }: ShownConflict): string | undefined => {
  if (way === 'gone') {
    if (mine.kind === 'none' && main.kind === 'none') return 'Both moved it or took it away.';
    return mine.kind === 'none'
      ? 'The proposal deletes it, or moves it elsewhere; main changed it.'
      : 'Main deleted it, or moved it elsewhere; the proposal changes it.';
  }
  return undefined;
};

function FileConflict({ file, index }: { file: ShownConflict; index: number }) {
  const { path, stretches, typed } = file;
  const ways = waysOf(file);
  const how = ways.find((way) => way === typed?.how) ?? firstWay(file);
  return (
    <fieldset class="group" id={`conflict-${index}`}>
      <legend>{path}</legend>
      <HiddenField name={`file.${index}`} value={path} />
      <RadioGroup
        name={howField(index)}
        label="What becomes of this file?"
        value={how}
        options={ways.map((way) => {
          const hint = wayHint(way, file);
          return { value: way, label: WAY_LABELS[way], ...(hint === undefined ? {} : { hint }) };
        })}
      />
      {stretches !== undefined && <Places file={index} {...{ stretches, typed }} />}
      {stretches !== undefined && (
        <details open={how === 'whole'}>
          <summary>Write the whole text of {path}</summary>
          <TextArea
            name={wholeField(index)}
            label="Whole text"
            hint="Counts where you chose it above. Places in conflict stand between marks: take the marks out."
            value={typed?.whole || withMarks(stretches)}
            rows={20}
            optional
          />
        </details>
      )}
      {stretches === undefined && <Sides file={file} />}
    </fieldset>
  );
}

/** What each side has, where they cannot be brought together place by place. */
function Sides({ file: { mine, main } }: { file: ShownConflict }) {
  return (
    <>
      <Side name="The proposal" side={mine} />
      <Side name="Main" side={main} />
    </>
  );
}

function Side({ name, side }: { name: string; side: SideState }) {
  if (side.kind === 'none') return <p>{name} does not have this file.</p>;
  if (side.kind === 'other') return <p>{name} has a file that is no text, or too long to show.</p>;
  return (
    <details>
      <summary>{name} has this text</summary>
      <pre class="side">{side.text}</pre>
    </details>
  );
}

/** Lines around a place that show where it is. */
const CONTEXT = 3;

function Places({
  stretches,
  file,
  typed,
}: {
  stretches: readonly Stretch[];
  file: number;
  typed: TypedConflict | undefined;
}) {
  const places = placesIn(stretches);
  let place = -1;
  return (
    <>
      {stretches.map((stretch, index) => {
        if (stretch.agreed) return null;
        place += 1;
        const [before, after] = [stretches[index - 1], stretches[index + 1]];
        return (
          <Place
            key={place}
            {...{ file, place, stretch }}
            of={places.length}
            before={
              before?.agreed === true
                ? before.text
                    .split('\n')
                    .slice(-CONTEXT - 1)
                    .join('\n')
                : ''
            }
            after={
              after?.agreed === true ? after.text.split('\n').slice(0, CONTEXT).join('\n') : ''
            }
            typed={typed?.places[place]}
          />
        );
      })}
    </>
  );
}

interface PlaceProps {
  readonly file: number;
  readonly place: number;
  readonly of: number;
  readonly stretch: Extract<Stretch, { agreed: false }>;
  readonly before: string;
  readonly after: string;
  readonly typed: TypedPlace | undefined;
}

function Place({ file, place, of, stretch, before, after, typed }: PlaceProps) {
  const { mine, main } = stretch;
  return (
    <div class="place">
      {before.trim() !== '' && <pre class="around">{before}</pre>}
      <RadioGroup
        name={takeField(file, place)}
        label={`Place ${place + 1} of ${of}`}
        value={typed?.take}
        options={[
          { value: 'mine', label: 'The proposal’s', hint: <SideText text={mine} /> },
          { value: 'main', label: 'Main’s', hint: <SideText text={main} /> },
          { value: 'both', label: 'Both, the proposal’s first' },
          { value: 'own', label: 'My own text, below' },
        ]}
      />
      <TextArea
        name={ownField(file, place)}
        label={`My own text for place ${place + 1}`}
        value={typed?.own ?? ownStart(stretch)}
        rows={Math.min(12, Math.max(3, mine.split('\n').length + main.split('\n').length))}
        optional
      />
      {after.trim() !== '' && <pre class="around">{after}</pre>}
    </div>
  );
}

const SideText = ({ text }: { text: string }) =>
  text === '' ? <span class="quiet">Nothing stands there.</span> : <code class="side">{text}</code>;
