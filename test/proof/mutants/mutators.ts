import type { Node } from 'oxc-parser';
import { mutateCondition, mutateUpdate } from './expressions.ts';

/** A mutation of a node: a text that replaces it, or its removal. */
export type Mutation = { instead: string } | { without: 'statement' | 'property' | 'element' | 'field' };

/** A node with the nodes around it, the nearest first. */
export interface Place {
  node: Node;
  above: readonly Node[];
  text(node: Node): string;
}

const otherOperator: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
};

const otherMethod = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['min', 'max'],
  ['max', 'min'],
]);

/** Methods whose result could be confused with the value that they are called on. */
const narrowing = new Set(['filter', 'slice', 'toSorted', 'toReversed', 'trim', 'toLowerCase']);

const instead = (...texts: string[]): Mutation[] => texts.map((text) => ({ instead: text }));

export const isText = (node: Node): boolean =>
  node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');

/** The name of the property or variable that gets the value. */
function nameOf(above: readonly Node[]): string | undefined {
  for (const node of above) {
    if (node.type === 'Property') return node.key.type === 'Identifier' ? node.key.name : undefined;
    if (node.type === 'VariableDeclarator') return node.id.type === 'Identifier' ? node.id.name : undefined;
    if (node.type === 'CallExpression' || node.type.includes('Function')) return undefined;
  }
  return undefined;
}

/** Whether a node is a key condition: these allow no `OR`, and choose the rows that are read. */
const isOfKeys = (node: Node): boolean =>
  node.type === 'Property' &&
  node.key.type === 'Identifier' &&
  ['KeyConditionExpression', 'condition'].includes(node.key.name);

/** DynamoDB's expressions are plain strings in the source. They are recognized by their name or by their content. */
function mutateText({ node, above, text }: Place): Mutation[] {
  const name = nameOf(above);
  const source = text(node);
  const [quote, inner] = [source[0]!, source.slice(1, -1)];
  if (above.some(isOfKeys)) return [];
  const updates =
    ['set', 'remove', 'UpdateExpression'].includes(name ?? '') || /^(SET|REMOVE|ADD|,) /.test(inner);
  const decides =
    ['when', 'ConditionExpression', 'FilterExpression'].includes(name ?? '') ||
    /attribute_(not_)?exists\(|(<=|>=|<>|[<>=]) :\w/.test(inner);
  const mutate = updates ? mutateUpdate : mutateCondition;
  return updates || decides ? instead(...mutate(inner).map((one) => quote + one + quote)) : [];
}

/** Names of functions that return a write of a transaction. */
const makesWrites = /(writes?|checks?|deletions?|update|release\w*|put)$/i;

function isWrite(node: Node): boolean {
  switch (node.type) {
    case 'CallExpression':
      return node.callee.type === 'Identifier' && makesWrites.test(node.callee.name);
    case 'ConditionalExpression':
      return isWrite(node.consequent) || isWrite(node.alternate);
    case 'LogicalExpression':
      return isWrite(node.right);
    case 'AwaitExpression':
    case 'SpreadElement':
      return isWrite(node.argument);
    case 'ObjectExpression':
      return node.properties.some((one) => one.type === 'SpreadElement' && isWrite(one));
    default:
      return false;
  }
}

/** Nodes around a property that is spread into an object. */
const spreads = new Set([
  'ObjectExpression',
  'SpreadElement',
  'ParenthesizedExpression',
  'LogicalExpression',
  'ConditionalExpression',
]);

/** Whether a property is one of the changes of `setFields`, or of an object that is spread into them. */
function isChange(above: readonly Node[]): boolean {
  const around = above.find(({ type }) => !spreads.has(type));
  return (
    around?.type === 'CallExpression' &&
    around.callee.type === 'Identifier' &&
    around.callee.name === 'setFields'
  );
}

function mutateCall({ node, above, text }: Place): Mutation[] {
  if (node.type !== 'CallExpression' || above.some(({ type }) => type === 'ChainExpression')) return [];
  const { callee } = node;
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || callee.computed)
    return [];
  const { name } = callee.property;
  const other = otherMethod.get(name);
  const rest = text(node).slice(callee.property.end - node.start);
  if (other) return instead(`${text(callee.object)}.${other}${rest}`);
  return narrowing.has(name) ? instead(text(callee.object)) : [];
}

/** The mutations of a node, by its own kind and by its role in the node around it. */
export const mutationsOf = (place: Place): Mutation[] => [...byKind(place), ...byParent(place)];

function byKind(place: Place): Mutation[] {
  const { node, above, text } = place;
  if (isText(node)) return mutateText(place);
  switch (node.type) {
    case 'BinaryExpression': {
      const other = otherOperator[node.operator];
      if (!other || (node.operator === '+' && (isText(node.left) || isText(node.right)))) return [];
      return instead(`${text(node.left)} ${other} ${text(node.right)}`);
    }
    case 'LogicalExpression':
      return instead(text(node.left), text(node.right));
    case 'UnaryExpression':
      return node.operator === '!' ? instead(text(node.argument)) : [];
    case 'ConditionalExpression':
      return instead(text(node.consequent), text(node.alternate));
    case 'CallExpression':
      return mutateCall(place);
    case 'Literal':
      return typeof node.value === 'boolean' ? instead(String(!node.value)) : [];
    case 'ExpressionStatement':
    case 'ThrowStatement':
      return [{ without: 'statement' }];
    case 'Property': {
      if (isChange(above)) return [{ without: 'field' }];
      return !node.method && !node.shorthand && isWrite(node.value) ? [{ without: 'property' }] : [];
    }
    default:
      return [];
  }
}

function byParent({ node, above: [parent] }: Place): Mutation[] {
  switch (parent?.type) {
    case 'IfStatement':
      return parent.test === node ? instead('true', 'false') : [];
    case 'ObjectExpression':
      return node.type === 'SpreadElement' && isWrite(node) ? [{ without: 'property' }] : [];
    case 'ArrayExpression':
      return isPart(node) ? [{ without: 'element' }] : [];
    default:
      return [];
  }
}

/** Whether an element counts as a part of its list: an object, a spread list, a call or a condition. */
const isPart = (node: Node): boolean =>
  ['ObjectExpression', 'SpreadElement', 'CallExpression'].includes(node.type) ||
  (node.type === 'Identifier' && /^is[A-Z]/.test(node.name));
