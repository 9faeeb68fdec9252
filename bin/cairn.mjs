#!/usr/bin/env node
// The one door to a checkout: `npm start` and `npx cairn <command>` both come through here. It runs
// on any Node from 20 on, without a dependency: it installs and builds what is missing, then hands
// over to the command line interface on the pinned Node.
import { ensureInstalled } from './install.mjs';
import { become, findNode, ROOT } from './runtime.mjs';
import { orRefuse } from './say.mjs';

await orRefuse(async () => {
  await ensureInstalled(ROOT);
  const { bundlePath, ensureBuilt } = await import('./build.mjs');
  await ensureBuilt(ROOT);
  const node = await findNode(ROOT);
  const follow = new URL('./follow-parent.mjs', import.meta.url).href;
  const flags = ['--enable-source-maps', '--import', follow];
  become(node, [...flags, bundlePath(ROOT), ...process.argv.slice(2)]);
});
