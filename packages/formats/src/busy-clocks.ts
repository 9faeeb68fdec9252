import { parseZone, type ZoneName } from '@cairn/kernel/time';
import { type IcalComponent, type IcalProperty, propertyOf, propertyText } from './ical-text.ts';
import { type IcalTime, readTime } from './ical-values.ts';
import { DAY } from './local-time.ts';
import type { Effort } from './recurrence-expansion.ts';
import { describedClock } from './vtimezone-reading.ts';
import { UTC_CLOCK, utcSeconds, type ZoneClock, zoneClock } from './zone-clock.ts';

/** The length of what began before the time asked for depends on the clock of its first day. */
const YEARS_BEFORE = 10;

/** What the clocks of all the calendars of a file take together, and those of zones with a name. */
export class SharedClocks {
  /** A file describes some ten zones, each by two rules. */
  readonly #effort: Effort = { left: 2_000_000 };
  readonly #zones = new Map<ZoneName, ZoneClock>();
  readonly #from: number;
  readonly #until: number;

  /** @param from of the time asked for, in seconds since 1970; as `until` */
  constructor(from: number, until: number) {
    this.#from = from - YEARS_BEFORE * 366 * DAY;
    this.#until = until + 366 * DAY;
  }

  of(zone: ZoneName): ZoneClock {
    const clock = this.#zones.get(zone) ?? zoneClock(zone, this.#from, this.#until);
    this.#zones.set(zone, clock);
    return clock;
  }

  /** The clock that a VTIMEZONE describes, if it describes one. */
  described(component: IcalComponent): ZoneClock | undefined {
    return describedClock(component, this.#until, this.#effort);
  }
}

/** The clocks that a calendar's times are told by; each is worked out once. */
export class CalendarClocks {
  readonly #clocks = new Map<string, ZoneClock | undefined>();
  readonly #described: ReadonlyMap<string, IcalComponent>;
  readonly #shared: SharedClocks;
  readonly #floating: ZoneClock;

  /** @param zone of days, and of times that name no zone */
  constructor(calendar: IcalComponent, zone: ZoneName, shared: SharedClocks) {
    this.#described = new Map(
      calendar.components
        .filter(({ name }) => name === 'VTIMEZONE')
        .map((component) => [nameOf(component), component]),
    );
    this.#shared = shared;
    this.#floating = shared.of(zone);
  }

  /** The clock of a property's times; `undefined` if it names a zone that nobody knows. */
  clockOf(property: IcalProperty, time: IcalTime): ZoneClock | undefined {
    if (time.isUtc) return UTC_CLOCK;
    const tzid = property.parameters.get('TZID');
    if (time.isDate || tzid === undefined) return this.#floating;
    if (!this.#clocks.has(tzid)) this.#clocks.set(tzid, this.#find(tzid));
    return this.#clocks.get(tzid);
  }

  /** Each moment of a property such as EXDATE, in seconds since 1970, with the day if it is one. */
  momentsOf(property: IcalProperty): { readonly at: number; readonly day?: number }[] {
    return property.value.split(',').flatMap((value) => {
      const time = readTime(value.split('/')[0] ?? '');
      const clock = time && this.clockOf(property, time);
      if (!clock) return [];
      const at = utcSeconds(clock, time.local);
      return [time.isDate ? { at, day: Math.floor(time.local / DAY) } : { at }];
    });
  }

  #find(tzid: string): ZoneClock | undefined {
    const described = this.#described.get(tzid);
    const location = described && propertyOf(described, 'X-LIC-LOCATION');
    // Some programs put their own name before the zone's: `/example.org/2026a/Europe/Berlin`.
    const parts = tzid.split('/');
    const names = [
      tzid,
      location?.value ?? '',
      parts.slice(-2).join('/'),
      parts.slice(-3).join('/'),
    ];
    for (const name of names) {
      const zone = parseZone(name);
      if (zone.ok) return this.#shared.of(zone.value);
    }
    return described && this.#shared.described(described);
  }
}

function nameOf(zone: IcalComponent): string {
  const property = propertyOf(zone, 'TZID');
  return property ? propertyText(property) : '';
}
