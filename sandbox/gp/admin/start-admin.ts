import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { GpStandIn } from '../server/start-gp-server';
import { adminPage } from './admin-page';
import { ADMIN_ROUTES } from './admin-routes';

export interface GpAdmin {
	url: string;
	port: number;
	close(): Promise<void>;
}

/**
 * The back door of the stand-in: JSON over plain HTTP on loopback, without login. Only JSON bodies
 * are taken, and only when addressed by a loopback name, so that a web page elsewhere cannot use it.
 */
export async function startGpAdmin(
	gp: GpStandIn,
	port = 0,
	/** Waited for before a change is answered. */
	afterChange: () => Promise<void> = async () => {},
): Promise<GpAdmin> {
	const server = createServer((request, response) => {
		serve(gp, request, response, afterChange).catch((error: Error) => {
			if (response.headersSent) {
				response.destroy();
				return;
			}
			answer(response, 400, { error: error.message });
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	const bound = (server.address() as AddressInfo).port;
	return {
		url: `http://127.0.0.1:${bound}`,
		port: bound,
		close: () =>
			new Promise((resolve, reject) => {
				server.close((error) => (error ? reject(error) : resolve()));
				server.closeAllConnections();
			}),
	};
}

async function serve(
	gp: GpStandIn,
	request: IncomingMessage,
	response: ServerResponse,
	afterChange: () => Promise<void>,
): Promise<void> {
	if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(request.headers.host ?? '')) {
		return answer(response, 403, { error: 'only for this machine' });
	}
	const path = (request.url ?? '/').split('?')[0];
	if (request.method === 'GET' && path === '/') {
		response.setHeader('Content-Type', 'text/html; charset=utf-8');
		response.end(adminPage(gp));
		return;
	}
	const route = ADMIN_ROUTES.find((one) => one.name === `${request.method} ${path}`);
	if (!route)
		return answer(response, 404, { error: `there is no ${request.method} ${path}; see /` });
	const body = request.method === 'POST' ? await readJson(request) : {};
	const result = route.run(gp, body);
	if (request.method === 'POST') await afterChange();
	answer(response, 200, result);
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	const text = Buffer.concat(parts).toString('utf8').trim();
	if (text === '') return {};
	if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
		throw new Error('the body must be application/json');
	}
	const body: unknown = JSON.parse(text);
	if (typeof body !== 'object' || body === null || Array.isArray(body))
		throw new Error('the body must be an object');
	return body as Record<string, unknown>;
}

function answer(response: ServerResponse, status: number, content: unknown): void {
	response.statusCode = status;
	response.setHeader('Content-Type', 'application/json; charset=utf-8');
	response.end(JSON.stringify(content));
}
