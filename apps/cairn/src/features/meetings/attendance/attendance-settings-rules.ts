/** How a summit takes attendance; its organisers may change each of these. */
export interface MeetingSettings {
  /** Minutes before the start from which people check themselves in. */
  readonly checkInBefore: number;
  /** Minutes after the end until which they do. */
  readonly checkInAfter: number;
  /** How much of a meeting somebody must have stayed to count in a video tool’s list, in hundredths. */
  readonly leastShare: number;
  /** Days before a meeting from which those who cannot miss it are warned. */
  readonly warnDays: number;
  /** Hours before a meeting at which those who still need it are reminded. */
  readonly remindHours: number;
}

/** What holds in a summit until its organisers say otherwise; they see it on the page of the series. */
export const PROPOSED_SETTINGS: MeetingSettings = {
  checkInBefore: 15,
  checkInAfter: 60,
  leastShare: 50,
  warnDays: 14,
  remindHours: 24,
};
