// How oidc-provider is set up to be an ordinary issuer for an MCP gateway: PKCE, dynamic registration, resource indicators, JWT access tokens.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { findAccount, users } from './users.mjs';

const mcpScopes = ['mcp:tools', 'mcp:read', 'mcp:plan', 'mcp:apply'];
const lifetime = Number(process.env.OIDC_ACCESS_TOKEN_SECONDS ?? 600);

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomBytes(8).toString('hex'), use: 'sig', alg: 'RS256' };
}

// Any MCP server on this machine: the tests start gateways on ports that nobody knows beforehand.
function isLoopback(resource) {
  return ['127.0.0.1', 'localhost'].includes(new URL(resource).hostname);
}

// Signing in is consent enough here; a consent page is not what these tests are about.
async function loadExistingGrant(context) {
  const { client, session, provider, params, resourceServers } = context.oidc;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(params.scope ?? 'openid');
  for (const resource of Object.keys(resourceServers ?? {})) grant.addResourceScope(resource, mcpScopes.join(' '));
  await grant.save();
  return grant;
}

export function configuration(errors) {
  return {
    clients: [
      {
        client_id: 'infra-gate-approval-ui',
        client_name: 'InfraGate approvals',
        // A native client's loopback redirect is accepted with any port (RFC 8252).
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        redirect_uris: ['http://127.0.0.1:3001/approvals/signin-callback'],
        post_logout_redirect_uris: ['http://127.0.0.1:3001/approvals'],
        grant_types: ['authorization_code', 'refresh_token'],
      },
      {
        client_id: 'infra-gate-ci',
        client_secret: 'infra-gate-ci-foreign-only',
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
      },
    ],
    // Without offline_access: it would be ignored where prompt=consent is missing (OpenID Connect Core, section 11), and Codex, which adds it wherever it is
    // offered, would ask for it again at every refresh and be refused. Refresh tokens are issued by policy instead, below.
    scopes: ['openid', 'profile', 'groups', ...mcpScopes],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], groups: ['groups'] },
    jwks: { keys: [signingKey()] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    findAccount,
    loadExistingGrant,
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
    extraTokenClaims: async (_context, token) => {
      const user = users.get(token.accountId);
      return user && { name: user.name, groups: user.groups };
    },
    ttl: { AccessToken: lifetime, ClientCredentials: lifetime },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      registration: { enabled: true, initialAccessToken: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: async () => process.env.OIDC_DEFAULT_RESOURCE,
        useGrantedResource: async () => true,
        getResourceServerInfo: async (_context, resource) => {
          if (!isLoopback(resource)) throw new errors.InvalidTarget();
          return {
            scope: mcpScopes.join(' '),
            audience: resource,
            accessTokenFormat: 'jwt',
            accessTokenTTL: lifetime,
            jwt: { sign: { alg: 'RS256' } },
          };
        },
      },
    },
  };
}
