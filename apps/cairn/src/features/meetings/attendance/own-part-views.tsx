import { Mark } from '../../../design/mark.tsx';
import type { OwnAttendance } from './attendance-queries.ts';

interface OwnPartProps {
  readonly own: OwnAttendance | undefined;
  readonly isOver: boolean;
}

/** One's own part in a meeting, as a mark with a word; nothing while there is nothing to say. */
export function OwnPart({ own, isOver }: OwnPartProps) {
  if (own?.source === 'recording') {
    return (
      <Mark shape="tick" tone="good">
        you watched the recording
      </Mark>
    );
  }
  if (own?.source !== undefined) {
    return (
      <Mark shape="tick" tone="good">
        you were there
      </Mark>
    );
  }
  if (own?.excuse !== undefined) {
    return (
      <Mark shape="dash" tone="soft">
        you are excused
      </Mark>
    );
  }
  if (own?.request?.decision === null) {
    return (
      <Mark shape="ring" tone="soft">
        you asked to be excused
      </Mark>
    );
  }
  return isOver ? <span class="quiet">not recorded for you</span> : null;
}
