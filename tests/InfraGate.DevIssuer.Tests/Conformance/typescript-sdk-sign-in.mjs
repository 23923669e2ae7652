// Signs in with the OAuth client of the official TypeScript SDK: discovery, registration, authorization code with PKCE, refresh without `resource`.
// ISSUER is the issuer's address; NPM_TOOLS names the folder that holds node_modules.
// Prints the URL to open in a browser, then what it got as one line of JSON.
import http from "node:http";
import { pathToFileURL } from "node:url";

const sdk = await import(pathToFileURL(`${process.env.NPM_TOOLS}/node_modules/@modelcontextprotocol/sdk/dist/esm/client/auth.js`));
const issuer = process.env.ISSUER;
const resource = new URL("http://127.0.0.1:3001/mcp");

const callback = Promise.withResolvers();
const server = http.createServer((request, response) => {
  response.end("You can close this page.");
  callback.resolve(new URL(request.url, "http://localhost").searchParams);
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const redirectUrl = `http://localhost:${server.address().port}/oauth/callback`;

const metadata = await sdk.discoverAuthorizationServerMetadata(issuer);
const clientInformation = await sdk.registerClient(issuer, {
  metadata,
  clientMetadata: {
    client_name: "TypeScript SDK",
    redirect_uris: [redirectUrl],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  },
});
const { authorizationUrl, codeVerifier } = await sdk.startAuthorization(issuer, {
  metadata, clientInformation, redirectUrl, resource, state: "abc", scope: metadata.scopes_supported.join(" "),
});
console.log(`open ${authorizationUrl}`);

const answer = await callback.promise;
server.close();
server.closeAllConnections();
const tokens = await sdk.exchangeAuthorization(issuer, {
  metadata, clientInformation, codeVerifier, resource, redirectUri: redirectUrl, authorizationCode: answer.get("code"),
});
const refreshed = await sdk.refreshAuthorization(issuer, { metadata, clientInformation, refreshToken: tokens.refresh_token });
console.log(JSON.stringify({ state: answer.get("state"), iss: answer.get("iss"), scope: tokens.scope, refreshed: refreshed.access_token }));
