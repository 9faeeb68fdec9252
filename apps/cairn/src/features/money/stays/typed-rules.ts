import type { Typed } from '../typed-rules.ts';
import type { SaidWishes } from './said-rules.ts';
import type { HostedStay } from './stay-rules.ts';

/** A stay as the fields of its form; its days are those of the presence. */
export function stayAsTyped(stay: Omit<HostedStay, 'name'>): Typed {
  return {
    from_city: stay.fromCity,
    from_country: stay.fromCountry ?? '',
    from_airport: stay.fromAirport ?? '',
    arrives_on: stay.arrivesOn ?? '',
    leaves_on: stay.leavesOn ?? '',
    extra_paid_by: stay.extraPaidBy ?? '',
    extra_reason: stay.extraReason,
    room: stay.room,
    single_reason: stay.singleReason,
    ...(stay.hasSaid ? { shares_with: stay.sharesWith } : {}),
    note: stay.note,
    revision: String(stay.revision),
  };
}

/** Wishes as the fields of one's own form. */
export const wishesAsTyped = (wishes: SaidWishes): Typed => ({
  ...Object.fromEntries(wishes.with.map((id, index) => [`with_${index + 1}`, id])),
  ...Object.fromEntries(wishes.notWith.map((id, index) => [`not_with_${index + 1}`, id])),
  'habits[]': wishes.habits,
});
