import { type Problem, problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import { Hono } from 'hono';
import { inTransaction } from '../../../platform/db/command.ts';
import { siteUrl } from '../../../platform/github/access.ts';
import type { GithubClient } from '../../../platform/github/client.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { parseForm, type RefusedForm, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { readerZone, showPage } from '../../summits/page.tsx';
import type { LoadPlanSettingsSection } from '../repository/settings-sections.ts';
import { connectGithub, disconnectGithub, rereadGithub } from './settings-commands.ts';
import { githubCounts, githubOf, keptEvents, readingsOf } from './settings-queries.ts';
import { githubForm } from './settings-schema.ts';
import {
  DisconnectPage,
  GithubPage,
  type GithubStanding,
  GithubSummary,
} from './settings-views.tsx';
import { troubleSentence } from './trouble-rules.ts';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

const actionOf = (c: OrganiserContext): string =>
  `/s/${c.var.summit.slug}/organise/planning/github`;

/** What the settings of the plan say of GitHub; nothing where this installation has no way to it. */
export const githubSection: LoadPlanSettingsSection = async (c) => {
  const { services, summit } = c.var;
  if (services.github === undefined) return undefined;
  const plan = await githubOf(services.db, summit.id);
  const body = <GithubSummary action={actionOf(c)} plan={plan} />;
  return { key: 'github', title: 'GitHub', body };
};

/** `/s/<summit>/organise/planning/github`: the repository, how it stands, reading again, disconnecting. */
export function githubSettingsRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/planning/github';
  for (const path of [address, `${address}/*`]) routes.use(path, withSummit, organisersOnly);

  const show = async (
    c: OrganiserContext,
    github: GithubClient,
    refused?: RefusedForm,
  ): Promise<Response> => {
    const { summit, services } = c.var;
    const standing = await standingOf(c, github);
    return showPage(
      c,
      { title: 'GitHub', status: refused === undefined ? 200 : 422 },
      <GithubPage
        action={actionOf(c)}
        standing={standing}
        typed={{
          repository: refused
            ? typedText(refused.typed, 'repository')
            : standing === undefined
              ? ''
              : `${standing.plan.owner}/${standing.plan.name}`,
          topicLabel: refused
            ? typedText(refused.typed, 'topicLabel')
            : (standing?.plan.topicLabel ?? 'topic'),
        }}
        problems={refused?.problems}
        isTold={github.webhookSecret !== undefined}
        webhookUrl={`${services.url}/github/webhook`}
        zone={readerZone(c, summit)}
      />,
    );
  };

  routes.get(address, (c) => {
    const { github } = c.var.services;
    return github === undefined ? c.notFound() : show(c, github);
  });

  routes.post(address, async (c) => {
    const { services, organiser } = c.var;
    const { github } = services;
    if (github === undefined) return c.notFound();
    const form = await parseForm(c, githubForm);
    if (!form.ok) return show(c, github, form.error);
    const { repository, topicLabel } = form.value;
    const typed = { repository: `${repository.owner}/${repository.name}`, topicLabel };
    const lacks = await whyNot(github, repository);
    if (lacks !== undefined) return show(c, github, { typed, problems: [lacks] });
    const connected = await inTransaction(services.db, (tx) =>
      connectGithub(tx, webActor(c), organiser, { ...repository, topicLabel }),
    );
    if (!connected.ok) return show(c, github, { typed, problems: [connected.error] });
    return seeOther(c, actionOf(c), 'Saved. The repository is being read.');
  });

  routes.get(`${address}/read`, (c) => c.redirect(actionOf(c), 303));

  routes.post(`${address}/read`, async (c) => {
    const { services, organiser } = c.var;
    const done = await inTransaction(services.db, (tx) => rereadGithub(tx, webActor(c), organiser));
    return told(c, done, 'All of it is being read again.');
  });

  routes.get(`${address}/disconnect`, async (c) => {
    const { services, summit } = c.var;
    const plan = await githubOf(services.db, summit.id);
    if (plan === undefined) return c.redirect(actionOf(c), 303);
    const name = `${plan.owner}/${plan.name}`;
    return showPage(
      c,
      { title: `Disconnect ${name}?` },
      <DisconnectPage action={actionOf(c)} name={name} />,
    );
  });

  routes.post(`${address}/disconnect`, async (c) => {
    const { services, organiser } = c.var;
    const done = await inTransaction(services.db, (tx) =>
      disconnectGithub(tx, webActor(c), organiser),
    );
    return told(c, done, 'Disconnected. What came from GitHub stays.');
  });

  return routes;
}

const told = (c: OrganiserContext, done: Result<void, Problem>, notice: string): Response =>
  seeOther(c, actionOf(c), done.ok ? notice : done.error.sentence);

/** Why a repository cannot be connected, if so: GitHub is asked for it. */
async function whyNot(
  github: GithubClient,
  { owner, name }: { readonly owner: string; readonly name: string },
): Promise<Problem | undefined> {
  const answer = await github.ask({ path: `/repos/${owner}/${name}` });
  if (answer.ok) return undefined;
  const { kind } = answer.error;
  return problem(`github-${kind}`, troubleSentence(kind), { path: 'repository' });
}

async function standingOf(
  c: OrganiserContext,
  github: GithubClient,
): Promise<GithubStanding | undefined> {
  const { services, summit } = c.var;
  const plan = await githubOf(services.db, summit.id);
  if (plan === undefined) return undefined;
  const [counts, readings, kept] = await Promise.all([
    githubCounts(services.db, summit.id),
    readingsOf(services.db, summit.id),
    keptEvents(services.db, summit.id),
  ]);
  const url = `${siteUrl(github.apiUrl)}/${plan.owner}/${plan.name}`;
  return { plan, counts, readings, kept, url };
}
