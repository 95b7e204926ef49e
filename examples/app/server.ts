import { createApp } from './app.ts';

const { URL: url = '', ISSUER: issuer = '', CLIENT_ID: clientId = '' } = process.env;
const isAddress = (text: string): boolean => /^https?:\/\//.test(text) && URL.canParse(text);
const wrong = Object.entries({ URL: isAddress(url), ISSUER: isAddress(issuer), CLIENT_ID: clientId })
  .filter(([, isRight]) => !isRight)
  .map(([name]) => name);
if (wrong.length > 0) {
  console.error(`Missing or no address: ${wrong.join(', ')}. For example:
URL=http://127.0.0.1:3000 ISSUER=http://localhost:4800 CLIENT_ID=portal npm start
Behind a proxy, PORT is where it listens.`);
  process.exit(2);
}
(await createApp(new URL(url).origin, issuer, clientId)).listen(
  process.env['PORT'] || new URL(url).port || 3000,
);
