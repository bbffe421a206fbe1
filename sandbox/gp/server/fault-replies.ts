import type { ServerResponse } from 'node:http';

import { SERVICE_UNAVAILABLE_PAGE, type Fault } from './faults';
import { html, type Reply } from './sba-routes';

export function send(response: ServerResponse, reply: Reply): void {
	response.statusCode = reply.status;
	response.setHeader('Server', 'Microsoft-HTTPAPI/2.0');
	response.setHeader('Content-Type', reply.contentType);
	for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
	response.end(reply.body);
}

/** Promises the whole answer, sends half of it and resets the connection. */
export function cutOff(response: ServerResponse, reply: Reply): void {
	const body = Buffer.from(reply.body);
	response.statusCode = reply.status;
	response.setHeader('Content-Type', reply.contentType);
	response.setHeader('Content-Length', body.length);
	response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

export function faultReply(fault: Fault): Reply {
	const headers: Record<string, string> =
		fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) };
	if (fault.kind === 'unavailable') {
		return {
			status: 503,
			contentType: 'text/html; charset=us-ascii',
			body: SERVICE_UNAVAILABLE_PAGE,
			headers,
		};
	}
	const status = fault.status ?? 500;
	const body = JSON.stringify({ Message: 'The sandbox was told to fail this request.' });
	return { status, contentType: 'application/json; charset=utf-8', body, headers };
}

export function distort(fault: Fault | null, answer: () => Reply): Reply {
	switch (fault?.kind) {
		case 'status':
			return faultReply(fault);
		case 'htmlPage':
			return html(200, 'Request Error', 'The server encountered an error processing the request.');
		case 'errorBody': {
			const body = JSON.stringify({
				Message: 'Object reference not set to an instance of an object.',
			});
			return { status: 200, contentType: 'application/json; charset=utf-8', body };
		}
		case 'emptyBody':
			return { status: 200, contentType: 'application/json; charset=utf-8', body: '' };
		case 'truncatedJson': {
			const reply = answer();
			return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };
		}
		case 'wrongContentType':
			return { ...answer(), contentType: 'text/html; charset=utf-8' };
		default:
			return answer();
	}
}
