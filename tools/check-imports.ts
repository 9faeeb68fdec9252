import { globSync, readFileSync } from 'node:fs';
import { RULES } from './import-rules.ts';
import { readImports } from './read-imports.ts';

/** Checks every source file against the rules; prints each violation and says so by its exit status. */
const files = globSync('{packages,apps}/*/src/**/*.{ts,tsx}');
let violations = 0;
for (const file of files.sort()) {
  for (const imported of readImports(file, readFileSync(file, 'utf8'))) {
    for (const { name, refuse } of RULES) {
      const why = refuse(imported);
      if (why === undefined) continue;
      violations += 1;
      console.log(`${file}:${imported.line}: ${imported.to}\n  ${name}: ${why}.`);
    }
  }
}
// A checker that finds no files would pass for ever.
if (files.length < 10) throw new Error(`only ${files.length} source files found`);
console.log(`${files.length} files, ${violations} imports against the rules`);
process.exitCode = violations === 0 ? 0 : 1;
