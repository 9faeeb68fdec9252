import { settleNotes } from '../features/meetings/notes/settle-commands.ts';
import { saveText } from '../features/meetings/notes/text-commands.ts';
import { pacific, type Stage, type Step } from './stage.ts';

/** What was written down, by call and track; the notes of one track are still missing. */
const NOTES = [
  {
    at: '2023-02-27T10:20',
    meeting: 'february',
    track: 'packaging',
    by: 'Hyun-woo Baek',
    text: `## What we talked about

- One build system for all compiled packages: three projects have moved, four are waiting.
- Nightly wheels are built in nine places; nobody knows who may upload.

## Action items

- [x] @pdvoracek list who builds nightly wheels, and where by 6 March
- [ ] @hwbaek draft one workflow that all can use by the next call
- [ ] write to the hosts of the old server
`,
  },
  {
    at: '2023-02-27T10:30',
    meeting: 'february',
    track: 'docs',
    by: 'Linnea Ahlgren',
    text: `## What we talked about

- A common theme is in five projects; search across them is in none.

## Action items

- [ ] @lahlgren and @elskedg try one search over two sites by end of March
- [ ] @elskedg collect pages that every project writes anew by 20 March
`,
  },
  {
    at: '2023-03-27T10:25',
    meeting: 'march',
    track: 'benchmarks',
    by: 'Ngozi Eze',
    text: `## What we talked about

- Everybody measures, and nobody looks. Shared machines come first.

## Action items

- [ ] @ngozieze ask two institutes for a quiet machine by 14 April
- [ ] @aditirag say which ten benchmarks matter to xarray by the summit
`,
  },
  {
    at: '2023-03-27T10:40',
    meeting: 'march',
    track: 'specs',
    by: 'Aditi Raghunathan',
    text: `## What we talked about

- Endorsing is not adopting. The page should say so at the top.

## Action items

- [ ] @aditirag write that paragraph by 10 April
`,
  },
  {
    at: '2023-04-24T10:20',
    meeting: 'april',
    track: 'community',
    by: 'Tomás Lindqvist',
    text: `## What we talked about

- The manual begins with what three projects wrote already.

## Action items

- [ ] @tlindqvist put the three texts side by side by the summit
`,
  },
] as const;

/** Notes of the calls, from which tasks follow. */
export const noteSteps = (stage: Stage): Step[] =>
  NOTES.map((notes) => ({ at: pacific(notes.at), run: () => write(stage, notes) }));

async function write(
  stage: Stage,
  { meeting, track, by, text }: (typeof NOTES)[number],
): Promise<void> {
  const organiser = await stage.organiser();
  const { id } = stage.playerNamed(by);
  const saved = await stage.do((tx) =>
    saveText(
      tx,
      stage.actor(id),
      organiser,
      { meeting, track, kind: 'notes' },
      { text, base: { revision: 0, template: '' }, saveKey: undefined },
    ),
  );
  await stage.do((tx) => settleNotes(tx, stage.byItself(), saved.id));
}
