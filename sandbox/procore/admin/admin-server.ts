import { createServer, type IncomingMessage } from 'node:http';
import { readText } from '../http/body';
import { ApiError } from '../http/api-error';
import type { World } from '../http/call';
import { close, listen } from '../http/listen';
import type { ProcoreStandIn } from '../server';
import { answerAdmin } from './admin-routes';

/** The second port: plain JSON over loopback, and the page at "/". */
export async function startAdmin(world: World, standIn: ProcoreStandIn, port?: number) {
	const server = createServer((request, response) => {
		void (async () => {
			const url = new URL(request.url ?? '/', 'http://127.0.0.1');
			const text = await readText(request);
			const json = { 'Content-Type': 'application/json; charset=utf-8' };
			try {
				refuseForms(request);
				const body: unknown = text === '' ? undefined : JSON.parse(text);
				const answer = answerAdmin(world, standIn, request.method ?? 'GET', url, body);
				world.store.commit();
				if (typeof answer === 'string') {
					response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(answer);
				} else {
					response.writeHead(200, json).end(JSON.stringify(answer ?? {}));
				}
			} catch (error) {
				world.store.rollback();
				const status = error instanceof ApiError ? error.status : 400;
				const message = error instanceof ApiError ? error.body : { error: String(error) };
				response.writeHead(status, json).end(JSON.stringify(message));
			}
		})();
	});
	const url = await listen(server, port);
	return { url, close: async () => await close(server) };
}

/** A web page elsewhere can post forms to loopback, but not JSON. */
function refuseForms(request: IncomingMessage): void {
	if (request.method !== 'POST' || request.headers['content-type']?.includes('json')) return;
	throw new ApiError(415, { error: 'Send Content-Type: application/json' });
}
