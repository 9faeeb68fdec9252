/** What to say of a repository that cannot be reached, and what to do. */
const SENTENCES: Readonly<Record<string, string>> = {
  missing:
    'GitHub has no such repository, or does not show it to Cairn. Check the name; if it is right, install the App in it, or let the token’s owner into it.',
  unauthorised:
    'GitHub does not take the App’s key or the token of this installation. Ask whoever operates Cairn to look at GITHUB_APP_PRIVATE_KEY or GITHUB_TOKEN.',
  forbidden:
    'GitHub shows this repository to Cairn, and lets it do nothing there. Give the App or the token the rights to issues and pull requests.',
  limited: 'Cairn has asked GitHub as much as it may for now. Try again in an hour.',
  unreachable:
    'GitHub does not answer at this moment. Nothing is lost; Cairn tries again within minutes.',
  refused: 'GitHub did not understand what Cairn asked. Tell whoever operates Cairn.',
  another:
    'Another repository has this name now; the one that was connected is gone. Disconnect it, and connect the one that you mean.',
  taken:
    'The plan of another summit is kept in step with this repository; disconnect it there, or choose another one.',
};

export const troubleSentence = (trouble: string): string =>
  SENTENCES[trouble] ?? SENTENCES['unreachable'] ?? '';
