import { createApp } from './app.ts';

const { URL: url = 'http://localhost:3000', ISSUER: issuer = '', CLIENT_ID: clientId = '' } = process.env;
(await createApp(url, issuer, clientId)).listen(new URL(url).port);
