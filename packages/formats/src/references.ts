import type * as mdast from 'mdast';
import { DEEPEST_DIRECTIVE } from './markdown-reader.ts';
import { markdownTree, wordsOf } from './markdown-tree.ts';
import { directiveOf, holdsMarkdown, withFencedDirectives } from './myst-directives.ts';
import {
  anchorGiver,
  labelIn,
  namedIn,
  type Reference,
  readRole,
  roleBefore,
} from './myst-inlines.ts';

/** A reference, and where it stands: line and column count from 1. */
export interface ReferenceFound extends Reference {
  readonly line: number;
  readonly column: number;
}

export interface ReferencesFound {
  readonly references: readonly ReferenceFound[];
  /** Places with a name (`(label)=`, or `:name:` of a directive). */
  readonly labels: readonly { readonly name: string; readonly line: number }[];
  /** What can stand behind `#` in a link to this text: labels, and headings as forges name them. */
  readonly anchors: readonly string[];
}

/**
 * What a text in the MyST dialect refers to, and what in it can be referred to. Of a text that is too
 * long or too tangled to be read as Markdown: nothing.
 *
 *     referencesIn('See [](sparse.md).').references // [{ kind: 'link', to: 'sparse.md', line: 1, column: 5 }]
 */
export function referencesIn(text: string): ReferencesFound {
  const found = new Finder();
  found.read(text, 0, 0);
  return {
    references: found.references,
    labels: found.labels,
    anchors: [...new Set([...found.labels.map(({ name }) => name), ...found.anchors])],
  };
}

class Finder {
  readonly references: ReferenceFound[] = [];
  readonly labels: { name: string; line: number }[] = [];
  readonly anchors: string[] = [];
  readonly #giveAnchor = anchorGiver();

  read(text: string, linesBefore: number, depth: number): void {
    const root = markdownTree(withFencedDirectives(text));
    if (root !== undefined) this.#node(root, linesBefore, depth);
  }

  #node(node: mdast.Nodes, linesBefore: number, depth: number): void {
    const line = (node.position?.start.line ?? 1) + linesBefore;
    const column = node.position?.start.column ?? 1;
    switch (node.type) {
      case 'link':
      case 'definition':
        this.references.push({ kind: 'link', to: node.url, line, column });
        // People and numbers in the words of a link are words.
        return;
      case 'image':
        this.references.push({ kind: 'image', to: node.url, line, column });
        return;
      case 'heading':
        this.anchors.push(this.#giveAnchor(wordsOf(node)));
        break;
      case 'code': {
        const directive =
          depth < DEEPEST_DIRECTIVE ? directiveOf(node.lang, node.meta, node.value) : undefined;
        if (directive === undefined) return;
        const { name, argument, options, body } = directive;
        const label = options.get('name') ?? options.get('label');
        if (label !== undefined) this.labels.push({ name: label, line });
        if (name === 'figure' || name === 'image') {
          this.references.push({ kind: 'image', to: argument, line, column });
        }
        if (holdsMarkdown(name)) {
          this.read(body, line + directive.linesBefore, depth + 1);
        }
        return;
      }
      case 'paragraph':
        this.#label(node, linesBefore);
        break;
      default:
    }
    if (!('children' in node)) return;
    const children: readonly mdast.Nodes[] = node.children;
    for (const [at, child] of children.entries()) {
      if (child.type === 'text') this.#words(child, linesBefore);
      else if (child.type === 'inlineCode') this.#role(children[at - 1], child, linesBefore);
      else this.#node(child, linesBefore, depth);
    }
  }

  #label(node: mdast.Paragraph, linesBefore: number): void {
    const [first] = node.children;
    const found = first?.type === 'text' ? labelIn(first.value) : undefined;
    const line = (node.position?.start.line ?? 1) + linesBefore;
    if (found !== undefined) this.labels.push({ name: found.label, line });
  }

  #words({ value, position }: mdast.Text, linesBefore: number): void {
    for (const part of namedIn(value)) {
      if (typeof part === 'string') continue;
      const before = value.slice(0, part.at).split('\n');
      const isFirst = before.length === 1;
      this.references.push({
        ...part.reference,
        line: (position?.start.line ?? 1) + before.length - 1 + linesBefore,
        column: (before.at(-1)?.length ?? 0) + (isFirst ? (position?.start.column ?? 1) : 1),
      });
    }
  }

  #role(before: mdast.Nodes | undefined, node: mdast.InlineCode, linesBefore: number): void {
    const role = before?.type === 'text' ? roleBefore(before.value)?.role : undefined;
    const read = role === undefined ? undefined : readRole(role, node.value);
    if (read?.kind !== 'reference') return;
    this.references.push({
      ...read.reference,
      line: (node.position?.start.line ?? 1) + linesBefore,
      column: node.position?.start.column ?? 1,
    });
  }
}
