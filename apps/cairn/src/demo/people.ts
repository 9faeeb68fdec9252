/** The organiser whose sign-in link a demo prints; the first row of `demo/people.csv`. */
export const DEMO_ORGANISER = { name: 'Ines Okafor', email: 'ines.okafor@example.org' } as const;
/** The participant whose sign-in link a demo prints. */
export const DEMO_PARTICIPANT = {
  name: 'Aditi Raghunathan',
  email: 'aditi.raghunathan@example.org',
} as const;
/** The second host. */
export const DEMO_HOST = { name: 'Tomás Lindqvist', email: 'tomas.lindqvist@example.org' } as const;
