/** A topic of the demo's plan: what people of the founding summit worked on, told by invented ones. */
export interface ToldTopic {
  readonly slug: string;
  readonly at: string;
  readonly by: string;
  readonly title: string;
  readonly problem: string;
  readonly doneWhen: string;
  readonly projects: readonly string[];
  readonly effort: 'small' | 'medium' | 'large';
  readonly labels: readonly string[];
  /** What the planning meetings made of it, once the work was divided. */
  readonly planned?: {
    readonly at: string;
    readonly lead: string;
    readonly people: readonly string[];
    readonly goal: string;
    readonly firstTasks: readonly string[];
  };
  /** Said in its discussion, in order; each so many days after the one before. `{slug}` is a topic's number. */
  readonly said: readonly (readonly [by: string, days: number, text: string])[];
}

/** Topics in the order in which they were proposed. */
export const TOPICS: readonly ToldTopic[] = [
  {
    slug: 'sparse-arrays',
    at: '2023-02-20T10:00',
    by: 'Chiara Bellandi',
    title: 'Sparse arrays in one dimension and in many',
    problem:
      'Sparse matrices keep the old matrix semantics: `*` multiplies matrices, and everything has two dimensions. Libraries that are handed one by a user have to guess what it means.',
    doneWhen:
      'One-dimensional sparse arrays are merged, indexing agrees with dense arrays, and a guide says how to move from `spmatrix`.',
    projects: ['scipy', 'networkx', 'scikit_learn'],
    effort: 'large',
    labels: ['arrays'],
    planned: {
      at: '2023-04-03T11:00',
      lead: 'Chiara Bellandi',
      people: ['Ioana Petrescu', 'Temitope Alabi', 'Yuki Hoshino', 'Kenji Morikawa'],
      goal: 'Everything that a library does with a dense array of one dimension works with a sparse one.',
      firstTasks: [
        'list what breaks in NetworkX when `spmatrix` goes',
        'merge the first form of one-dimensional `coo_array`',
        'write the first page of the guide',
      ],
    },
    said: [
      [
        'Ioana Petrescu',
        1,
        'We convert to `csr_array` in eleven places and back in nine of them. I can bring the list.',
      ],
      [
        'Kenji Morikawa',
        2,
        'For us the *indexing* matters most: `X[i]` returns something else than for dense input.\n\n> everything has two dimensions\n\nThat is the sentence that I would put first.',
      ],
      [
        'Chiara Bellandi',
        1,
        'Thank you both. @ipetrescu, please bring it; I will begin with the one-dimensional form.',
      ],
    ],
  },
  {
    slug: 'one-build',
    at: '2023-02-21T09:30',
    by: 'Hyun-woo Baek',
    title: 'One build for compiled packages',
    problem:
      'Each compiled package has its own build: three moved to Meson, four wait. Editable installs work differently in each.',
    doneWhen:
      'A template builds two packages of ours on all platforms, and says how to move a third.',
    projects: ['scipy', 'scikit_image', 'numpy'],
    effort: 'large',
    labels: ['packaging'],
    planned: {
      at: '2023-03-30T10:00',
      lead: 'Hyun-woo Baek',
      people: ['Samir Haddad', 'Emre Yıldırım', 'Ravi Subramaniam'],
      goal: 'Whoever moves to the shared build copies one folder and changes three lines.',
      firstTasks: [
        'write down what the three moved packages do differently',
        'build scikit-image with the template',
      ],
    },
    said: [
      [
        'Samir Haddad',
        3,
        'Our editable installs broke twice this winter; I would help with that part.',
      ],
      [
        'Emre Yıldırım',
        4,
        'See also {sparse-arrays}: the sparse work needs a compiler in CI that knows C++17.',
      ],
    ],
  },
  {
    slug: 'package-metrics',
    at: '2023-02-23T14:00',
    by: 'Oluwaseun Bright',
    title: 'Package metrics that maintainers look at',
    problem:
      'Each project counts something else, and nobody looks at it. Funders ask for numbers that we then make by hand.',
    doneWhen: 'One page shows review times and newcomers for five projects, made anew each week.',
    projects: ['pandas', 'networkx', 'scikit_image'],
    effort: 'medium',
    labels: ['community'],
    planned: {
      at: '2023-04-04T09:00',
      lead: 'Oluwaseun Bright',
      people: ['Benedikt Ostermann', 'Ximena Quispe'],
      goal: 'A maintainer sees within a minute whether reviews have become slower.',
      firstTasks: ['agree on five numbers', 'run the collector for two more projects'],
    },
    said: [
      [
        'Benedikt Ostermann',
        2,
        'Please no single score. A number that goes down for good reasons helps nobody.',
      ],
      ['Oluwaseun Bright', 1, 'Agreed, and written into the problem.'],
    ],
  },
  {
    slug: 'endorse-and-adopt',
    at: '2023-02-24T16:00',
    by: 'Aditi Raghunathan',
    title: 'Endorse, adopt, comply: say which is which',
    problem:
      'A project that endorses a SPEC is taken for one that follows it. Some would endorse, but fear the work.',
    doneWhen: 'The process says what each word promises, and two projects have tried the new text.',
    projects: ['xarray', 'scikit_learn', 'ipython'],
    effort: 'small',
    labels: ['SPECs'],
    planned: {
      at: '2023-03-29T12:00',
      lead: 'Aditi Raghunathan',
      people: ['Katarzyna Wolska', 'Duncan McAllister'],
      goal: 'Nobody has to ask what an endorsement obliges them to.',
      firstTasks: ['draft the three definitions', 'ask two projects to endorse with them'],
    },
    said: [
      [
        'Katarzyna Wolska',
        1,
        'Our question was: what is its value for us? The text should answer that first.',
      ],
    ],
  },
  {
    slug: 'quiet-machines',
    at: '2023-02-27T15:00',
    by: 'Ngozi Eze',
    title: 'Quiet machines for shared benchmarks',
    problem: 'Benchmarks on shared runners say more about the neighbours than about our code.',
    doneWhen: 'Two machines run ten benchmarks of three projects every night.',
    projects: ['matplotlib', 'numpy', 'xarray'],
    effort: 'large',
    labels: ['benchmarks'],
    said: [
      ['Teodora Ilieva', 9, 'Our university may give us one. They ask who looks after it.'],
      [
        'Ngozi Eze',
        1,
        'That is the question that stopped it last time. I can, until somebody is found.',
      ],
    ],
  },
  {
    slug: 'pytest-plugins',
    at: '2023-03-01T11:00',
    by: 'Pavel Dvořáček',
    title: 'Doctests that one plugin understands',
    problem:
      'Four projects have four doctest runners. Each tolerates other differences in printed arrays.',
    doneWhen: 'Two projects run their doctests with the same plugin and the same settings.',
    projects: ['scikit_hep', 'astropy', 'scipy'],
    effort: 'medium',
    labels: ['testing', 'docs'],
    planned: {
      at: '2023-04-04T15:00',
      lead: 'Pavel Dvořáček',
      people: ['Amara Diallo'],
      goal: 'An example in the docs is right, or CI says so.',
      firstTasks: ['compare what the four runners tolerate'],
    },
    said: [
      ['Amara Diallo', 5, 'Ours can be split off: it depends on nothing of Astropy any more.'],
    ],
  },
  {
    slug: 'common-theme',
    at: '2023-03-02T10:00',
    by: 'Linnea Ahlgren',
    title: 'One search over our documentation',
    problem: 'A common theme is in five projects; search across them is in none.',
    doneWhen: 'A search on one site finds pages of two others.',
    projects: ['scikit_image', 'scipy', 'pandas'],
    effort: 'medium',
    labels: ['docs'],
    said: [
      [
        'Elske de Groot',
        3,
        'I have a small index of two sites; it is 4 MB, which is too much for a phone.',
      ],
    ],
  },
  {
    slug: 'manual',
    at: '2023-03-06T10:00',
    by: 'Tomás Lindqvist',
    title: 'A manual of how we maintain',
    problem:
      'Every project has written its own guide, and newcomers read the one that is furthest from the truth.',
    doneWhen: 'Ten practices have an owner, a text and a status for each project.',
    projects: ['numpy', 'matplotlib', 'scikit_learn'],
    effort: 'medium',
    labels: ['practices', 'community'],
    planned: {
      at: '2023-04-05T08:00',
      lead: 'Tomás Lindqvist',
      people: ['Beatriz Fontoura'],
      goal: 'Whoever begins to maintain finds one text that is true for us all.',
      firstTasks: ['put the three existing texts side by side'],
    },
    said: [],
  },
  {
    slug: 'lazy-imports',
    at: '2023-03-09T17:00',
    by: 'Lars Nygaard',
    title: 'Lazy imports everywhere',
    problem:
      'Importing one function loads half the package. We have a loader, and six projects do not use it.',
    doneWhen: 'Two more projects load lazily, with a test that keeps it so.',
    projects: ['scikit_image', 'networkx'],
    effort: 'small',
    labels: ['SPECs'],
    said: [['Yuki Hoshino', 1, 'We do since last month; I can write down what surprised us.']],
  },
  {
    slug: 'release-calendar',
    at: '2023-03-15T09:00',
    by: 'Katarzyna Wolska',
    title: 'One calendar of releases',
    problem:
      'Release dates are spread by mail and chat. Twice we branched in the same week as NumPy.',
    doneWhen: 'A calendar shows the next release of each core project, and who said so.',
    projects: ['scikit_learn', 'numpy', 'pandas'],
    effort: 'small',
    labels: ['releases'],
    said: [
      ['Mateusz Kalinowski', 2, 'A date with “about” in front would help already.'],
      ['Samir Haddad', 1, 'Ours is a month, never a day, until the branch is cut.'],
    ],
  },
  {
    slug: 'lazy-loading',
    at: '2023-03-20T13:00',
    by: 'Arjun Mukhopadhyay',
    title: 'Lazy loading of submodules',
    problem: 'Start-up of small scripts is slow because of imports that they never use.',
    doneWhen: 'Import time of two packages is halved.',
    projects: ['scikit_learn'],
    effort: 'small',
    labels: ['SPECs'],
    said: [
      ['Lars Nygaard', 1, 'Is this not what {lazy-imports} wants? Your measurements belong there.'],
    ],
  },
  {
    slug: 'translations',
    at: '2023-03-28T20:00',
    by: 'Saoirse Ní Dhomhnaill',
    title: 'Translate the first page of each documentation',
    problem: 'The first page decides whether somebody stays, and it is in English only.',
    doneWhen: 'Three first pages can be read in three languages.',
    projects: [],
    effort: 'medium',
    labels: ['docs'],
    said: [],
  },
];
