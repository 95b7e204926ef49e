/** Files that the bundler puts in as text (`infra/bundle/text-imports.ts`). */
declare module '*.css' {
  const text: string;
  export default text;
}

declare module '*.script' {
  const text: string;
  export default text;
}
