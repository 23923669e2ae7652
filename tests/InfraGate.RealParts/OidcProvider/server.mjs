// Runs the certified oidc-provider as a foreign issuer on a free loopback port. NPM_TOOLS names the folder that holds node_modules.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { configuration } from './configuration.mjs';
import { handleSignIn } from './sign-in.mjs';

const { Provider, errors } = await import(pathToFileURL(join(process.env.NPM_TOOLS, 'node_modules/oidc-provider/lib/index.js')));

const server = createServer();
server.listen(Number(process.env.OIDC_PORT ?? 0), '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration(errors));
  provider.on('server_error', (_context, error) => console.error(error));
  const serve = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url.startsWith('/interaction/')) {
      serve(request, response);
      return;
    }
    handleSignIn(provider, request, response).catch((error) => {
      console.error(error);
      response.writeHead(400, { 'content-type': 'text/plain' });
      response.end('This sign-in has expired; start again.');
    });
  });
  console.log(`listening on ${issuer}`);
});
