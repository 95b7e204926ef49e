import { machine } from './machine.ts';
import { runOperator } from './program.ts';

process.exitCode = await runOperator(process.argv.slice(2), machine);
