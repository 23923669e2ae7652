// The sign-in page: a plain form that works without JavaScript.
import { users } from './users.mjs';

const page = (uid, message) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Foreign issuer: sign in</title></head>
<body><main><h1>Sign in</h1><p role="alert">${message}</p>
<form method="post" action="/interaction/${uid}">
<label>User <input name="username" autocomplete="username" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button type="submit">Sign in</button>
</form></main></body></html>`;

async function readForm(request) {
  let body = '';
  for await (const chunk of request) body += chunk;
  return new URLSearchParams(body);
}

export async function handleSignIn(provider, request, response) {
  const { uid } = await provider.interactionDetails(request, response);
  let message = '';
  if (request.method === 'POST') {
    const form = await readForm(request);
    const user = users.get(form.get('username'));
    if (user?.password === form.get('password')) {
      // Native clients must have been consented to in this very interaction (RFC 8252, section 8.6); signing in is that as well.
      await provider.interactionFinished(request, response, { login: { accountId: form.get('username') }, consent: {} });
      return;
    }
    message = 'User or password is wrong.';
  }
  response.writeHead(message ? 401 : 200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(page(uid, message));
}
