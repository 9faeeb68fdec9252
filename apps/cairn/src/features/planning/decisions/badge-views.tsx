import type { Instant, ZoneName } from '@cairn/kernel/time';
import { Mark } from '../../../design/mark.tsx';
import { When } from '../../../design/prose.tsx';
import type { DecisionState } from '../documents/kind-schema.ts';

interface DecisionBadgeProps {
  readonly decision: { readonly state: DecisionState; readonly closesAt: Instant };
  readonly zone: ZoneName;
}

/** How a decision stands, wherever it is named: a provisional one says until when. */
export function DecisionBadge({ decision: { state, closesAt }, zone }: DecisionBadgeProps) {
  if (state === 'ratified') {
    return (
      <Mark shape="tick" tone="good">
        ratified
      </Mark>
    );
  }
  if (state === 'reopened') {
    return (
      <Mark shape="triangle" tone="warn">
        reopened, does not hold
      </Mark>
    );
  }
  return (
    <Mark shape="half" tone="warn">
      <span>
        provisional until <When instant={closesAt} zone={zone} />
      </span>
    </Mark>
  );
}
