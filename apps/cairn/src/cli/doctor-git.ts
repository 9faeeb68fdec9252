import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { counted } from '@cairn/kernel/words';
import { whyHooksCannotRun } from '../platform/git/hooks.ts';
import { Repository } from '../platform/git/repository.ts';
import { findDamage } from '../platform/git/upkeep.ts';
import { type GitStanding, gitStanding } from '../platform/git/version.ts';
import { type Finding, finding } from './finding.ts';

/** Git, which plans need, and the repositories below a data directory. */
export async function gitFindings(dataDir: string): Promise<Finding[]> {
  const standing = await gitStanding();
  const machine = gitFinding(standing);
  if (standing.problem !== undefined) return [machine];
  return [machine, ...(await repositoryFindings(join(dataDir, 'git')))];
}

/** What to say of the machine's Git. */
const gitFinding = ({ version, problem }: GitStanding): Finding =>
  problem === undefined
    ? finding('git', 'ok', `Git ${version}.`)
    : finding(
        'git',
        'bad',
        `${problem.message} Install it with the system’s packages (apt install git) and start Cairn anew.`,
      );

async function repositoryFindings(directory: string): Promise<Finding[]> {
  const about = 'plans';
  const names = await readdir(directory).catch(() => undefined);
  if (names === undefined) {
    return [finding(about, 'ok', 'No plans yet; the first summit makes one.')];
  }
  const repositories = names.filter((name) => name.endsWith('.git'));
  const findings: Finding[] = [];
  for (const name of repositories) {
    const path = join(directory, name);
    const damage = await findDamage(new Repository(path));
    if (damage === undefined) continue;
    const sentence = `${path} is damaged; put it back from a backup. Git says: ${damage}`;
    findings.push(finding(about, 'bad', sentence));
  }
  const why = await whyHooksCannotRun(join(directory, 'hooks'));
  if (why !== undefined) findings.push(finding(about, 'bad', `${why}.`));
  return findings.length > 0
    ? findings
    : [finding(about, 'ok', `${counted(repositories.length, 'plan')}, all whole.`)];
}
