import type { IncomingMessage } from 'node:http';
import type { FaultAction } from '../faults';
import type { Reply } from './call';

/** What a fault answers instead of the route; null lets the route answer. */
export function injectedReply(fault: FaultAction): Reply | null {
	if (fault.kind === 'status') {
		const body = fault.body ?? { message: `Injected ${fault.status}` };
		return typeof body === 'string'
			? htmlReply(fault.status, body, fault.headers)
			: { status: fault.status, body, headers: fault.headers };
	}
	return fault.kind === 'hang' || fault.kind === 'drop' ? { status: 0 } : null;
}

export const htmlReply = (
	status: number,
	body: string,
	headers: Record<string, string> = {},
): Reply => ({
	status,
	body,
	headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' },
});

/** The body as it goes over the wire; sets the content type. */
export function serialise(body: unknown, headers: Record<string, string>): string {
	if (body === undefined) return '';
	headers['Content-Type'] ??= 'application/json; charset=utf-8';
	return headers['Content-Type'].startsWith('text/') ? String(body) : JSON.stringify(body);
}

/** Request headers without secrets. */
export function plainHeaders(request: IncomingMessage): Record<string, string> {
	return Object.fromEntries(
		Object.entries(request.headers)
			.filter(([name]) => name !== 'authorization' && name !== 'cookie')
			.map(([name, value]) => [name, String(value)]),
	);
}
