import { useId, useState } from 'preact/hooks';
import { CopyButton } from '../../kit/copy.tsx';
import { useFacts } from '../../kit/facts.ts';
import { useTexts } from '../../kit/texts.ts';
import type { KeyFacts, Texts } from './key.ts';
import { callSnippets, tokenSnippet } from './snippets.ts';

/** How programs use the keys: the relay's address, and what to write in each client. */
export function Programs() {
  const t: Texts = useTexts();
  const { origin, relay, services } = useFacts<KeyFacts>();
  const titles = Object.entries(services).map(([name, { title }]) => [name, title] as const);
  const [service, setService] = useState(titles[0]?.[0]);
  const [client, setClient] = useState('curl');
  if (relay === null || service === undefined) return <p>{t('noRelay')}</p>;
  const snippets = callSnippets(relay, service, services[service]!);
  const shown = snippets[client] ? client : 'curl';
  return (
    <>
      <p>{t('relayHint')}</p>
      <Snippet name={t('relayAddress')} text={`${relay}/${service}`} t={t} />
      <div class="row">
        <Pick label={t('ofService')} value={service} options={titles} choose={setService} />
        <Pick
          label={t('client')}
          value={shown}
          options={Object.keys(snippets).map((name) => [name, name])}
          choose={setClient}
        />
      </div>
      <Snippet name={t('tokenStep')} text={tokenSnippet(origin)} t={t} />
      <Snippet name={t('callStep')} text={snippets[shown]!} t={t} />
    </>
  );
}

interface Picking {
  label: string;
  value: string;
  /** Values with the names that are shown. */
  options: readonly (readonly [value: string, name: string])[];
  choose(value: string): void;
}

function Pick({ label, value, options, choose }: Picking) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Text to copy. The keyboard can scroll it if it is wide. */
function Snippet({ name, text, t }: { name: string; text: string; t: Texts }) {
  return (
    <div class="snippet">
      <p>{name}</p>
      <pre tabIndex={0} role="region" aria-label={name}>
        <code>{text}</code>
      </pre>
      <CopyButton text={text} name={t('copyOf', { name })} />
    </div>
  );
}
