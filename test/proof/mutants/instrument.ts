import { createHash } from 'node:crypto';
import { parseSync, visitorKeys, type Node } from 'oxc-parser';
import { isText, mutationsOf, type Mutation } from './mutators.ts';

export interface Mutant {
  /** Identifies the mutant as long as its file and its change stay the same, whatever moves around them. */
  id: string;
  /** Its number among all mutants of one run, from 1. */
  number: number;
  file: string;
  line: number;
  from: string;
  to: string;
  /** Whether it mutates a write to the store: a condition, a change, an item of a transaction. */
  isOfWrite: boolean;
}

interface Site {
  node: Node;
  kind: 'expression' | 'statement' | 'property' | 'element' | 'field';
  mutants: { number: number; to: string }[];
}

const functions = new Set(['ArrowFunctionExpression', 'FunctionExpression', 'FunctionDeclaration']);

/** The function by which mutated sources ask whether a mutant is active. */
const ask = '__mutant';

/** Whether code runs once, when a module is loaded or a capability is made. Warm functions keep its result, so it is not mutated. */
function runsOnce(above: readonly Node[]): boolean {
  const nearest = above.findIndex(({ type }) => functions.has(type));
  const around = above[nearest + 1];
  return (
    nearest === -1 ||
    (around?.type === 'CallExpression' &&
      around.callee.type === 'Identifier' &&
      around.callee.name === 'capability')
  );
}

const children = (node: Node): Node[] =>
  (visitorKeys[node.type] ?? []).flatMap((key) => {
    const value = (node as unknown as Record<string, Node | (Node | null)[] | null>)[key];
    return (Array.isArray(value) ? value : [value]).filter((one) => one != null);
  });

const isSkipped = (node: Node): boolean =>
  (node.type.startsWith('TS') && !/^TS(As|Satisfies|NonNull)/.test(node.type)) ||
  ['ImportDeclaration', 'TaggedTemplateExpression', 'ObjectPattern', 'ArrayPattern'].includes(node.type);

/**
 * Puts each mutant of a source behind a switch of its own, so that one build serves all of them. `first` is the number of
 * the first mutant.
 */
export function instrument(file: string, source: string, first: number): { code: string; mutants: Mutant[] } {
  const mutants: Mutant[] = [];
  const seen = new Map<string, number>();
  const text = (node: Node): string => source.slice(node.start, node.end);

  function mutantOf(node: Node, mutation: Mutation): { number: number; to: string } {
    const flat = (one: string): string => one.replace(/\s+/g, ' ');
    const from = flat(text(node));
    const to = 'instead' in mutation ? mutation.instead : '';
    const change = `${file}\n${from}\n${flat(to)}`;
    const nth = (seen.get(change) ?? 0) + 1;
    seen.set(change, nth);
    const id = createHash('sha256').update(`${change}\n${nth}`).digest('hex').slice(0, 8);
    const number = first + mutants.length;
    const isOfWrite = isText(node) || ('without' in mutation && mutation.without !== 'statement');
    const line = source.slice(0, node.start).split('\n').length;
    mutants.push({ id, number, file, line, from, to: flat(to), isOfWrite });
    return { number, to };
  }

  /** The source of a node with all of its switches. */
  function render(node: Node, above: readonly Node[]): string {
    if (isSkipped(node)) return text(node);
    const site = runsOnce(above) ? undefined : siteOf(node, above);
    const within = isKeyed(node) ? children(node).filter((one) => one !== node.key) : children(node);
    let [code, at] = ['', node.start];
    for (const child of within.toSorted((a, b) => a.start - b.start)) {
      // The key and the value of a shorthand property are the same text.
      if (child.start < at) continue;
      code += source.slice(at, child.start) + render(child, [node, ...above]);
      at = child.end;
    }
    code += source.slice(at, node.end);
    return site ? switched(site, code, text) : code;
  }

  function siteOf(node: Node, above: readonly Node[]): Site | undefined {
    const mutations = mutationsOf({ node, above, text });
    const [one] = mutations;
    if (!one) return undefined;
    const kind = 'without' in one ? one.without : 'expression';
    return { node, kind, mutants: mutations.map((mutation) => mutantOf(node, mutation)) };
  }

  const code = render(parse(file, source), []);
  return { code: `import { mutant as ${ask} } from '#shared/mutant.mjs';\n${code}`, mutants };
}

const isKeyed = (node: Node): node is Node & { key: Node } =>
  node.type === 'Property' && !node.computed && !node.shorthand;

function parse(file: string, source: string): Node {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  // The parsed program begins at its first statement, but the text before it is part of the source.
  return { ...program, start: 0, end: source.length };
}

/** The code of a node with the switches of its mutants around it. */
function switched({ node, kind, mutants }: Site, code: string, text: (node: Node) => string): string {
  const [{ number }] = mutants as [Site['mutants'][number]];
  switch (kind) {
    case 'statement':
      // In a block of its own, so that it takes no `else` of another `if`.
      return `{ if (!${ask}(${number})) { ${code} } }`;
    case 'property':
      return `...(${ask}(${number}) ? {} : { ${code} })`;
    case 'field':
      // DynamoDB refuses an update without changes, and a condition on a name that only the field brought along.
      return `...(${ask}(${number}) ? { mutantLeftOut: ${node.type === 'Property' ? text(node.value) : 'undefined'} } : { ${code} })`;
    case 'element':
      return `...(${ask}(${number}) ? [] : [${code}])`;
    case 'expression':
      return `(${mutants.map((one) => `${ask}(${one.number}) ? (${one.to}) : `).join('')}(${code}))`;
  }
}
