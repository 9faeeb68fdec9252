import type { ComponentChildren } from 'preact';
import { fieldId } from './form.tsx';
import { Mark } from './mark.tsx';

interface ProgressProps {
  /** What is being done: “Sending invitations”. */
  readonly label: string;
  /** Left out while nobody knows how far it is. */
  readonly done?: number | undefined;
  readonly total?: number | undefined;
  /** More to say: what was skipped, when it will be over. */
  readonly children?: ComponentChildren;
}

/** Work that takes a while, as a bar and in words. */
export function Progress({ label, done, total, children }: ProgressProps) {
  const id = fieldId(`progress-${label}`);
  const known = done !== undefined && total !== undefined;
  return (
    <div class="progress">
      <label for={id}>
        {label}
        {known && `: ${done} of ${total}`}
      </label>
      <progress id={id} value={known ? done : undefined} max={known ? total : undefined} />
      {children !== undefined && <p class="small quiet">{children}</p>}
    </div>
  );
}

interface MeterProps {
  /** What is counted: “seats taken”. */
  readonly unit: string;
  readonly value: number;
  /** The line that must not be crossed. */
  readonly cap: number;
  /** What the value would become, and when. */
  readonly outlook?: { readonly value: number; readonly when: string } | undefined;
}

/** `38 of 40 seats taken, 43 of 40 if every open offer is accepted`, over a bar with the cap as a line. */
export function Meter({ unit, value, cap, outlook }: MeterProps) {
  const reach = Math.max(value, outlook?.value ?? 0);
  const full = Math.max(reach, cap, 1);
  const x = (n: number) => (100 * n) / full;
  const over = reach - cap;
  return (
    <div class="meter">
      <p>
        <span class="strong">
          {value} of {cap}
        </span>{' '}
        {unit}
        {outlook !== undefined && `; ${outlook.value} of ${cap} ${outlook.when}`}.{' '}
        {over > 0 && (
          <Mark shape="triangle" tone={value > cap ? 'bad' : 'warn'}>
            {over} too many
          </Mark>
        )}
      </p>
      <svg class="chart" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <line class="axis" x1="0" y1="9.500" x2={x(cap)} y2="9.500" />
        {reach > value && (
          <rect class="pale" x={x(value)} y="3" width={x(reach - value)} height="6.500" />
        )}
        <rect class="ink" x="0" y="3" width={x(Math.min(value, cap))} height="6.500" />
        {value > cap && (
          <rect class="over" x={x(cap)} y="3" width={x(value - cap)} height="6.500" />
        )}
        <line class="cap" x1={x(cap)} y1="0" x2={x(cap)} y2="10" />
      </svg>
    </div>
  );
}
