#!/usr/bin/env node
// `node bench/run.mjs [--quick] [name ...]`: measures Cairn. Any Node from 20 on starts it; the
// measuring itself, and what is measured, run on the pinned Node.
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../bin/build.mjs';
import { ensureInstalled } from '../bin/install.mjs';
import { become, findNode, ROOT } from '../bin/runtime.mjs';
import { orRefuse } from '../bin/say.mjs';

await orRefuse(async () => {
  await ensureInstalled(ROOT);
  await ensureBuilt(ROOT);
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  become(await findNode(ROOT), [main, ...process.argv.slice(2)]);
});
