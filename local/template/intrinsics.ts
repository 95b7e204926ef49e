import { isObject } from '../base/is-object.ts';

/** Resolves the names in a template. */
export interface Scope {
  /** `Ref`: a resource, a parameter or a pseudo parameter; undefined if the name is unknown. */
  ref(name: string): unknown;
  /** `Fn::GetAtt` */
  attribute(logicalId: string, attribute: string): unknown;
  /** `Fn::GetStackOutput`: the value of another stack's output, resolved. */
  stackOutput(stack: string, output: string): unknown;
}

/** The value of `AWS::NoValue`: the property is omitted. */
const noValue = Symbol('AWS::NoValue');

const asList = (value: unknown): unknown[] => {
  if (!Array.isArray(value)) throw new Error(`a list was expected, not ${JSON.stringify(value)}`);
  return value;
};

function reference(name: string, scope: Scope): unknown {
  if (name === 'AWS::NoValue') return noValue;
  const value = scope.ref(name);
  if (value === undefined) throw new Error(`Ref to ${name}, which the template does not have`);
  return value;
}

function attribute(argument: unknown, scope: Scope): unknown {
  const parts = typeof argument === 'string' ? argument.split('.') : asList(argument).map(String);
  return scope.attribute(parts[0] ?? '', parts.slice(1).join('.'));
}

function substitute(argument: unknown, scope: Scope): string {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const values = isObject(variables) ? variables : {};
  return String(text).replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (name in values) return String(resolve(values[name], scope));
    return String(name.includes('.') ? attribute(name, scope) : reference(name, scope));
  });
}

/** Serves only outputs of this region and account: a template that names another cannot run on this machine. */
function stackOutput(argument: unknown, scope: Scope): unknown {
  const { StackName, OutputName, ...others } = isObject(argument) ? argument : {};
  if (typeof StackName !== 'string' || typeof OutputName !== 'string' || Object.keys(others).length > 0)
    throw new Error(`Fn::GetStackOutput of ${JSON.stringify(argument)} is not supported by the local stack`);
  return scope.stackOutput(StackName, OutputName);
}

const functions: Record<string, (argument: unknown, scope: Scope) => unknown> = {
  Ref: (name, scope) => reference(String(name), scope),
  'Fn::GetAtt': attribute,
  'Fn::Sub': substitute,
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = asList(argument);
    return asList(resolve(parts, scope)).join(String(separator));
  },
  'Fn::Select': (argument, scope) => {
    const [index, list] = asList(argument);
    return asList(resolve(list, scope))[Number(resolve(index, scope))];
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = asList(argument);
    return String(resolve(text, scope)).split(String(separator));
  },
  'Fn::GetStackOutput': stackOutput,
};

/** `value` with CloudFormation's intrinsic functions evaluated. Throws if it does not know a function. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => resolve(item, scope)).filter((item) => item !== noValue);
  }
  if (!isObject(value)) return value;
  const [name = '', ...others] = Object.keys(value);
  const run = others.length === 0 ? functions[name] : undefined;
  if (run !== undefined) return run(value[name], scope);
  const unknown = [name, ...others].find((key) => key === 'Ref' || key.startsWith('Fn::'));
  if (unknown !== undefined) throw new Error(`${unknown} is not supported by the local stack`);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]): [string, unknown] => [key, resolve(item, scope)])
      .filter(([, item]) => item !== noValue),
  );
}
