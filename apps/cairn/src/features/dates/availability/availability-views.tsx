import type { Problem } from '@cairn/kernel/problem';
import type { ZoneName } from '@cairn/kernel/time';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { TextBox } from '../../../design/boxes.tsx';
import { Select } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { Table } from '../../../design/table.tsx';
import { WeekGrid } from '../../../design/week-grid.tsx';
import { DAY_NAMES, DAYS, type DayKey, fieldOf, type TypedHours } from './hours-rules.ts';

/** The id of the grid, which the script looks for. */
const GRID_ID = 'week';

interface AvailabilityProps {
  readonly action: string;
  readonly zone: string;
  readonly zones: readonly string[];
  /** The zone in which the reader's own clock stands, as far as it is known. */
  readonly readerZone: ZoneName;
  readonly typed: TypedHours;
  /** What the fields mean where they can be read, else what is stored. */
  readonly cells: string;
  readonly isStored: boolean;
  /** The fields hold something that is not saved. */
  readonly isTrial: boolean;
  readonly problems?: readonly Problem[] | undefined;
  readonly busyHref: string;
}

/** A person's ordinary week: painted or written, in their own zone, once for everything. */
export function AvailabilityPage(props: AvailabilityProps) {
  const { action, zone, zones, readerZone, typed, cells, isStored, isTrial, problems } = props;
  const offered = zone === '' || zones.includes(zone) ? zones : [zone, ...zones];
  return (
    <>
      <p>
        Say once in which hours of an ordinary week you can join a call. Cairn uses it for every
        summit you take part in, to find times that suit as many as possible. Organisers of those
        summits may see it; other participants never do. Until you say something you count as
        unknown, not as unable.
      </p>
      {isTrial && (
        <p role="status">
          <strong>Not saved yet.</strong> Look at the fields, then save.
        </p>
      )}
      <Form action={action} problems={problems} wide>
        <Select
          name="zone"
          label="Time zone"
          hint="Hours are by the clock of this zone, also when daylight saving begins or ends there. If you choose another zone, the hours keep their numbers: 9-12 then means 9 to 12 there."
          options={offered.map((name) => ({ value: name, label: name.replaceAll('_', ' ') }))}
          value={zone}
        />
        {zone !== readerZone && offered.includes(zone) && (
          <p>
            Your clock seems to stand in {readerZone.replaceAll('_', ' ')}. If you live there now,
            choose that zone and look at your hours again.
          </p>
        )}
        <h2>Your week</h2>
        <p class="painting small" hidden>
          Paint with mouse or finger: a tap goes from no to yes to if need be, and what you drag
          over becomes the same; with a finger, drag sideways, or hold and then drag any way. By
          keyboard: arrows move, space changes, shift and arrows paint. The fields below follow, and
          the other way round.
        </p>
        <WeekGrid id={GRID_ID} cells={cells} />
        <p class="unseen" id="week-says" role="status" />
        <div class="boxes">
          <Table
            caption="The same in words"
            note="such as 9-12, 14-18; 22-2 goes on past midnight; “all day”"
            columns={[
              { head: 'Day', cell: (day: DayKey) => DAY_NAMES[day] },
              {
                head: 'Yes',
                cell: (day) => (
                  <TextBox
                    name={fieldOf('yes', day)}
                    label={`${DAY_NAMES[day]}, yes`}
                    value={typed[fieldOf('yes', day)] ?? ''}
                    optional
                  />
                ),
              },
              {
                head: 'If need be',
                cell: (day) => (
                  <TextBox
                    name={fieldOf('maybe', day)}
                    label={`${DAY_NAMES[day]}, if need be`}
                    value={typed[fieldOf('maybe', day)] ?? ''}
                    optional
                  />
                ),
              },
            ]}
            rows={DAYS}
            rowKey={(day) => day}
            empty=""
          />
        </div>
        <Actions>
          <SubmitButton name="do" value="save">
            Save my week
          </SubmitButton>
          <SubmitButton weight="ordinary" name="do" value="copy">
            Make Tuesday to Friday like Monday
          </SubmitButton>
        </Actions>
      </Form>
      <p>
        Some weeks are not ordinary: <a href={props.busyHref}>give your calendar’s busy times</a>,
        too.
      </p>
      {isStored && (
        <Form action={`${action}/forget`} label="Forget my week">
          <Actions>
            <SubmitButton weight="plain">Forget my week</SubmitButton>
          </Actions>
        </Form>
      )}
    </>
  );
}
