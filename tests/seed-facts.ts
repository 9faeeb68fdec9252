/**
 * What the two founding documents of the first summit say, one fact after the other, in their order.
 * Each fact lists how it may be put; a document tells it when it holds one of these. Compared without
 * case, punctuation and line breaks (`tellsFact`). Dates may be written the British way.
 */
export interface SeedFact {
  readonly fact: string;
  readonly puts: readonly string[];
}

const fact = (words: string, ...puts: string[]): SeedFact => ({
  fact: words,
  puts: puts.length === 0 ? [words] : puts,
});

/** Facts of the announcement of 11 January 2023. */
export const ANNOUNCEMENT_FACTS: readonly SeedFact[] = [
  fact(
    '2023 Scientific Python Developer Summit',
    '2023 Scientific Python Developer Summit',
    'The First Annual Scientific Python Developer Summit',
  ),
  fact('first annual Scientific Python Developer Summit'),
  fact('May 22-26, 2023', '22–26 May 2023', 'May 22-26, 2023'),
  fact('hosted by the eScience Institute'),
  fact('at the University of Washington'),
  fact('week-long summit'),
  fact('forty participants'),
  fact('develop shared infrastructure for libraries in the Scientific Python ecosystem'),
  fact('Brigitta Sipőcz'),
  fact('K. Jarrod Millman'),
  fact('Stéfan van der Walt', 'Stéfan van der Walt', 'Stéfan J. van der Walt'),
  fact('date: 2023-01-11', '2023-01-11', '11 January 2023'),
  fact('an opportunity for core developers from the scientific Python ecosystem to come together'),
  fact('Improve joint infrastructure'),
  fact('improve infrastructure, tools, and processes used across projects'),
  fact('Scientific Python Ecosystem Coordination documents (SPECs)'),
  fact('tools for documentation'),
  fact('testing'),
  fact('benchmarking'),
  fact('packaging'),
  fact('Continuous Integration (CI)'),
  fact('Better coordinate core projects'),
  fact('better coordinate maintenance of the different projects'),
  fact('maintenance manual with community best practices'),
  fact('agree on a common release schedule'),
  fact('channels for regular cross-project communication'),
  fact('joint governance structures'),
  fact('Work on a shared strategic plan'),
  fact('core needs and future challenges of the scientific Python community'),
  fact('rather than focusing on the technical details of one particular project or domain area'),
  fact('challenges shared across projects and domains'),
  fact('applying for federal grants'),
  fact('funding for travel, food, and lodging', 'funding (i.e., for travel, food, and lodging)'),
  fact('space for 40 participants', 'space for 40 participants'),
  fact('five days and six nights'),
  fact('invite-only event'),
  fact('upfront agreement'),
  fact('two of the three one-hour pre-summit planning meetings'),
  fact('collaborate with fellow participants on a work plan'),
  fact('attend the one-week summit in-person'),
  fact('participate, to whatever degree possible, in several months of post-summit implementation'),
  fact('recruited from the community of developers of packages'),
  fact('NumPy'),
  fact('SciPy'),
  fact('matplotlib'),
  fact('xarray'),
  fact('pandas'),
  fact('scikit-image'),
  fact('scikit-learn'),
  fact('NetworkX'),
  fact('IPython'),
  fact('domain stacks including Astropy', 'domain stacks including Astropy'),
  fact('Pangeo'),
  fact('scikit-HEP'),
  fact('two of the three planning meetings'),
  fact('February planning meeting (TBD)'),
  fact('March planning meeting (TBD)'),
  fact('April planning meeting (TBD)'),
  fact('two or three "parallel tracks"'),
  fact('smaller groups can focus on their subprojects'),
  fact('preferably arrive the day before the summit starts'),
  fact('stay for the entire duration of the summit'),
  fact('two or more one-hour video meetings'),
  fact('planning repository via PRs, issues'),
  fact('as both contributors and reviewers'),
  fact('no heavy top-down structure'),
  fact('participants themselves will organize the work that needs to be done ahead of time'),
  fact('decide on topics, divide the work, and schedule the meeting'),
  fact('hands-on work meeting'),
  fact('free time scheduled to brainstorm new ideas'),
  fact('discuss current community projects and activities'),
  fact('collaborate on their assigned tasks until completion'),
  fact('funding to further develop some of these tasks'),
  fact('apply for additional funds to complete some of the rest'),
];

/** Facts of the handout drafted before it, beyond those that the announcement repeats. */
export const HANDOUT_FACTS: readonly SeedFact[] = [
  fact(
    'authors: Brigitta Sipőcz, K. Jarrod Millman, and Stéfan J. van der Walt',
    'Stéfan J. van der Walt',
  ),
  fact('Scientific Python'),
  fact(
    'Join efforts and resources to adopt and improve',
    'join efforts and resources to adopt and improve',
  ),
  fact('Re-usable libraries with commonly used functionality'),
  fact('Shared build system for binary packaging'),
  fact('Integrated websites and expanded documentation'),
  fact('Shared benchmarking'),
  fact('Developer Operations (DevOps)'),
  fact('Community best operating and development practices manual'),
  fact('Coordinated release schedule'),
  fact('Regular cross-project communication'),
  fact('Joint governance structures'),
  fact('Work on a shared developer roadmap', 'a shared developer roadmap'),
  fact('never before engaged in a deliberative process to try and anticipate future challenges'),
  fact('no more than 50'),
  fact('5 days', 'five days', '5 days'),
  fact('6 nights', 'six nights', '6 nights'),
  fact('a substantial upfront agreement to commit a substantial amount of time'),
  fact('in-person participation in the one-week developer summit'),
  fact('three to four month pre-summit planning', 'three to four months of pre-summit planning'),
  fact(
    'three to four month post-summit implementation',
    'three to four months of post-summit implementation',
  ),
  fact('four months lead time'),
  fact('early confirmation'),
  fact('a one-week period between February and June 2023'),
  fact('the work plan will be decided before the meeting'),
  fact('no specific need for everyone to meet at once'),
  fact('several small work groups'),
  fact('Lunch could be catered and delivered to the work rooms'),
  fact('or we could go to nearby restaurants'),
];

/** Letters and digits alone, in small letters: what is left of a text however its lines are broken. */
const squashed = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** A question to a document: whether it tells a fact. Hyphens at the ends of lines do not matter. */
export function tellsFact(document: string): (fact: SeedFact) => boolean {
  const text = squashed(document);
  return ({ puts }) => puts.some((put) => text.includes(squashed(put)));
}
