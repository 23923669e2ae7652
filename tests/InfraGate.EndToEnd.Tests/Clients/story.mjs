// The story by the official TypeScript SDK client. It prints the approval link and waits, as an agent does, until somebody has decided.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const sdk = (path) => import(pathToFileURL(join(process.env.NPM_TOOLS, 'node_modules/@modelcontextprotocol/sdk/dist/esm', path)));
const { Client } = await sdk('client/index.js');
const { StreamableHTTPClientTransport } = await sdk('client/streamableHttp.js');

const { ENDPOINT, TOKEN, NAMESPACE } = process.env;
const transport = new StreamableHTTPClientTransport(new URL(ENDPOINT), { requestInit: { headers: { Authorization: `Bearer ${TOKEN}` } } });
const client = new Client({ name: 'typescript-story', version: '1.0.0' });
await client.connect(transport);
// Once the tools are listed, the SDK validates every structured answer against its output schema.
const { tools } = await client.listTools();
console.log(`tools ${tools.length}`);

const call = (name, args) => client.callTool({ name, arguments: args });
const planned = await call('request_scale_deployment', { namespace: NAMESPACE, name: 'nginx-demo', replicas: 3 });
const { planId } = planned.structuredContent;
const waiting = await call('apply_approved_plan', { planId });
console.log(`approve ${waiting.structuredContent.error.details.approvalUrl}`);
const applied = await call('apply_approved_plan', { planId, waitSeconds: 50 });
console.log(`status ${applied.structuredContent.status}`);
await transport.terminateSession();
await client.close();
