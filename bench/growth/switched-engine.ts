import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { endpointOf } from '#local/engine/client.ts';
import { listen } from '#local/base/listen.ts';
import { readAll } from '#local/base/read-all.ts';

/** The calls, capacity and data of some work in DynamoDB. */
export interface Spent {
  calls: number;
  /** Capacity units, indexes included, as the engine counts them. */
  capacity: number;
  /** Items that queries examined, including those that a filter dropped. */
  evaluated: number;
  /** Bytes of the answers. */
  bytes: number;
}

/** One address for several engines, of which one answers at a time: to the stack they are one database that changes. */
export interface SwitchedEngine {
  url: string;
  use(engineUrl: string): void;
  /** Counts the use of the engine by `work`. */
  count(work: () => Promise<unknown>): Promise<Spent>;
  close(): Promise<void>;
}

type Capacity = { CapacityUnits?: number };
interface Answer {
  ConsumedCapacity?: Capacity | Capacity[];
  ScannedCount?: number;
}

function add(spent: Spent, body: Buffer): void {
  const { ConsumedCapacity = [], ScannedCount = 0 } = JSON.parse(body.toString()) as Answer;
  spent.calls += 1;
  spent.bytes += body.length;
  spent.evaluated += ScannedCount;
  for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat()) spent.capacity += CapacityUnits;
}

const counting = (body: Buffer): Buffer =>
  Buffer.from(
    JSON.stringify({ ...(JSON.parse(body.toString()) as object), ReturnConsumedCapacity: 'TOTAL' }),
  );

/** Listens before the engines start. Nothing answers until one is chosen. */
export async function openSwitch(): Promise<SwitchedEngine> {
  const agent = new Agent({ keepAlive: true });
  let engine: ReturnType<typeof endpointOf> | undefined;
  let spent: Spent | undefined;
  const pass = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [asked, counted] = [await readAll(incoming), spent];
    const body = counted ? counting(asked) : asked;
    const { connection: _, host: __, 'content-length': ___, ...headers } = incoming.headers;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ ...engine, agent, headers: { ...headers, ...engine?.headers } }, resolve)
        .on('error', reject)
        .end(body);
    });
    const content = await readAll(answer);
    if (counted && answer.statusCode === 200) add(counted, content);
    response.writeHead(answer.statusCode!, { 'content-type': answer.headers['content-type'] });
    response.end(content);
  };
  const server = createServer((incoming, response) => {
    pass(incoming, response).catch(() => response.destroy());
  });
  const { url, close } = await listen(server, 0, 'programs');
  return {
    url,
    use: (engineUrl) => (engine = endpointOf(engineUrl)),
    async count(work) {
      const own = (spent = { calls: 0, capacity: 0, evaluated: 0, bytes: 0 });
      await work();
      spent = undefined;
      return own;
    },
    close: async () => {
      agent.destroy();
      await close();
    },
  };
}
