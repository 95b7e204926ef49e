import { join } from 'node:path';
import * as z from 'zod/mini';
import { JsonFile } from '../base/json-file.ts';
import type { Position } from '../engine/stream.ts';

const expected = {
  schema: z.record(z.string(), z.record(z.string(), z.string())),
  holds: 'how far the functions have read the streams of tables',
  remedy: 'Remove it and start again: they read on from the beginning, and know what they have done.',
};

/** How far each reader has read its stream. */
export interface Positions {
  positions: Readonly<Record<string, Position>>;
  onPosition(reader: string, position: Position): void;
}

/** Remembers how far each stream was read, beyond the process if there is a directory for it. */
export function positionsIn(dataDir: string | undefined): Positions {
  const file = dataDir === undefined ? undefined : new JsonFile(join(dataDir, 'streams.json'), expected);
  const positions: Record<string, Position> = file?.read() ?? {};
  return {
    positions,
    onPosition(reader, position) {
      positions[reader] = position;
      file?.write(positions);
    },
  };
}
