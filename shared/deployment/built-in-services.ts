import type { Service } from './service.ts';

/** The defaults of a service: most providers have an API like OpenAI's. */
export const usualService = {
  header: 'authorization',
  scheme: 'Bearer',
  keyPattern: '^\\S+$',
  questions: ['POST /v1/chat/completions'],
  requests: ['GET /v1/models'],
  check: '/v1/models',
  headers: [],
  keysUrl: null,
  errors: 'openai',
} as const satisfies Partial<Service>;

/** The services that a deployment has unless its settings change them. */
export const builtInServices: Readonly<Record<string, Service>> = {
  claude: {
    title: 'Claude',
    baseUrl: 'https://api.anthropic.com',
    header: 'x-api-key',
    scheme: '',
    keyPattern: '^sk-ant-[\\w-]+$',
    questions: ['POST /v1/messages'],
    requests: ['POST /v1/messages/count_tokens', 'GET /v1/models'],
    check: '/v1/models',
    headers: ['anthropic-*', 'request-id'],
    keysUrl: 'https://platform.claude.com/settings/keys',
    errors: 'anthropic',
  },
  chatgpt: {
    ...usualService,
    title: 'ChatGPT',
    baseUrl: 'https://api.openai.com',
    keyPattern: '^sk-(?!ant-)[\\w-]+$',
    questions: ['POST /v1/chat/completions', 'POST /v1/responses'],
    requests: ['GET /v1/models'],
    headers: ['openai-*'],
    keysUrl: 'https://platform.openai.com/api-keys',
  },
};
