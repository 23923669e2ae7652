// Stands in for the model that Codex asks (OpenAI's Responses API, streamed): reads the transcript, answers with the next tool call or with words.
// It knows the story's steps and nothing else; every call, every question for permission and every retry is Codex's own.
import { createServer } from 'node:http';

const deployment = { namespace: process.env.NAMESPACE, name: 'nginx-demo' };
const image = { container: 'nginx', image: process.env.IMAGE };

const call = (tool, input) => ({ tool, input });
const words = (text) => ({ text });

// What came back from a tool, as text, whatever Codex wrapped it in.
const textOf = (output) => (typeof output === 'string' ? output : JSON.stringify(output)).replaceAll('\\"', '"');
const find = (text, pattern, what) => pattern.exec(text)?.[1] ?? `(no ${what} in: ${text})`;

function decide(input) {
  const calls = input.filter((item) => item.type === 'function_call');
  const results = input.filter((item) => item.type === 'function_call_output').map((item) => textOf(item.output));
  const last = results.at(-1) ?? '';
  const askedAgain = input.findLastIndex((item) => item.role === 'user') > input.findLastIndex((item) => item.type === 'function_call_output');
  const plan = find(results.join('\n'), /"planId":\s*"([^"]+)"/, 'plan');
  switch (calls.at(-1)?.name) {
    case undefined:
      return call('get_k8s_status', { namespace: deployment.namespace });
    case 'get_k8s_status':
      return calls.length > 1 ? words(`Done: ${last.slice(0, 200)}`) : call('get_deployment_diagnostics', deployment);
    case 'get_deployment_diagnostics':
      return call('request_set_deployment_image', { ...deployment, ...image });
    case 'request_set_deployment_image':
      return call('apply_approved_plan', { planId: plan });
    default:
      if (last.includes('approval_required')) {
        return askedAgain ? call('apply_approved_plan', { planId: plan }) : words(`Please decide at ${find(last, /(https?:\/\/[^\s"]+\/approvals\/c\/[\w-]+)/, 'link')}`);
      }
      return last.includes('applied') ? call('get_k8s_status', { namespace: deployment.namespace }) : words(`It failed: ${last}`);
  }
}

function itemOf(step, id) {
  return step.tool
    ? { type: 'function_call', id: `call-${id}`, call_id: `call-${id}`, namespace: 'mcp__infra_gate', name: step.tool, arguments: JSON.stringify(step.input) }
    : { type: 'message', role: 'assistant', id: `message-${id}`, content: [{ type: 'output_text', text: step.text }] };
}

async function answer(request, response) {
  let body = '';
  for await (const chunk of request) body += chunk;
  if (request.method !== 'POST' || !request.url.endsWith('/responses')) {
    response.writeHead(404).end();
    return;
  }
  const { input } = JSON.parse(body);
  const step = decide(input);
  console.log(step.tool ? `call ${step.tool}` : 'words');
  const id = String(input.length);
  const events = [
    { type: 'response.created', response: { id } },
    { type: 'response.output_item.done', item: itemOf(step, id) },
    { type: 'response.completed', response: { id, usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 } } },
  ];
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''));
}

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(error);
    response.destroy();
  });
});
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
