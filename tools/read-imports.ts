import { dirname, join, normalize } from 'node:path/posix';
import type { Import } from './import-rules.ts';

const STATEMENT =
  /^[ \t]*(?:import|export)\b(?<clause>[^'";]*?\bfrom)?\s*['"](?<specifier>[^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"](?<specifier>[^'"]+)['"]\s*,?\s*\)/g;
const BEGUN =
  /^[ \t]*(?:import\b(?!\(|\.)|export\s+(?:type\s+)?(?:\{[^}]*\}|\*[^;'"]*)\s*from\b)/gm;

/**
 * Every import of a TypeScript file: static, dynamic and re-exported. Throws when a statement that
 * begins like an import could not be read: a guard that passes over something guards nothing.
 */
export function readImports(from: string, source: string): Import[] {
  const text = source.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
  const found: Import[] = [];
  const add = (specifier: string, isTypeOnly: boolean, index: number): void => {
    const isRelative = specifier.startsWith('.');
    found.push({
      from,
      to: isRelative ? normalize(join(dirname(from), specifier)) : specifier,
      isRelative,
      isTypeOnly,
      line: text.slice(0, index).split('\n').length,
    });
  };
  let statements = 0;
  for (const match of text.matchAll(STATEMENT)) {
    statements += 1;
    add(match.groups?.['specifier'] ?? '', isTypeOnly(match.groups?.['clause'] ?? ''), match.index);
  }
  for (const match of text.matchAll(DYNAMIC)) {
    add(match.groups?.['specifier'] ?? '', false, match.index);
  }
  const begun = [...text.matchAll(BEGUN)].length;
  if (statements < begun) {
    throw new Error(`${from}: ${begun} import statements, of which ${statements} could be read`);
  }
  return found;
}

/** `import type …`, or a clause in which every name is marked `type`. */
function isTypeOnly(clause: string): boolean {
  if (/^\s*type\b(?!\s*,|\s*from)/.test(clause)) return true;
  const names = /^\s*\{([^}]*)\}\s*from$/.exec(clause)?.[1];
  return (
    names
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .every((name) => name.startsWith('type ')) === true
  );
}
