import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliCompress, createDeflate, createGzip } from 'node:zlib';
import { startNtlmServer } from '../ntlm/helpers/ntlm-server';
import { CANARY, type Body, type HostileCase, type Reply } from './case.types';

export interface HostileServer {
	url: string;
	logins(): number;
	requests(): number;
	elsewhere(): number;
	close(): Promise<void>;
}

/** The server of a case, with the Windows login before it, and another that nobody may call. */
export async function startHostileServer(test: HostileCase): Promise<HostileServer> {
	let calls = 0;
	let strays = 0;
	const other = http.createServer((_request, response) => {
		strays += 1;
		response.end('[]');
	});
	await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
	const otherUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
	const replies = test.server ?? [{}];
	const serve = (request: http.IncomingMessage, response: http.ServerResponse) => {
		const reply = replies[Math.min(calls, replies.length - 1)]!;
		calls += 1;
		response.on('error', () => undefined);
		request.socket.on('error', () => undefined);
		void give(response, reply, otherUrl, calls);
	};
	const { fault, offers, challenge } = test.login ?? {};
	const windows = test.kind === 'gp';
	const gate = windows
		? await startNtlmServer({
				account: { domain: 'CONTOSO', user: 'gpsvc', password: CANARY.password },
				serve,
				...(offers === undefined ? {} : { offers }),
				...(fault === undefined ? {} : { fault: (leg) => fault[leg] as never }),
				...(challenge === undefined ? {} : { challenge: () => challenge }),
			})
		: undefined;
	const server = gate ?? (await plainServer(serve));
	return {
		url: server.url,
		logins: () => gate?.seen.filter(({ leg }) => leg === 'type3' || leg === 'basic').length ?? 0,
		requests: () => calls,
		elsewhere: () => strays,
		async close() {
			await server.close();
			other.closeAllConnections();
			await new Promise((resolve) => other.close(resolve));
		},
	};
}

async function plainServer(serve: http.RequestListener) {
	const server = http.createServer(serve);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function give(
	response: http.ServerResponse,
	reply: Reply,
	otherUrl: string,
	call: number,
): Promise<void> {
	if (reply.stall === 'before-headers') return;
	if (reply.raw) return speakRaw(response, reply.raw);
	const fill = (text: string) =>
		text.replaceAll('{other}', otherUrl).replaceAll('{n}', String(call));
	const headers = Object.fromEntries(
		Object.entries({ 'content-type': 'application/json', ...reply.headers }).map(
			([name, value]) => [name, fill(value)],
		),
	);
	if (reply.packed) headers['content-encoding'] = reply.packed;
	response.writeHead(reply.status ?? 200, headers);
	response.flushHeaders();
	if (reply.packed)
		return await givePacked(response, reply.packed, piecesOf(reply.body ?? '', fill));
	if (reply.stall === 'after-headers') return;
	if (reply.drip) {
		const { bytes, everyMs } = reply.drip;
		const timer = setInterval(() => response.write(' '.repeat(bytes)), everyMs);
		response.on('close', () => clearInterval(timer));
		return;
	}
	if (reply.endless !== undefined) {
		const chunk = reply.endless.repeat(Math.ceil(65_536 / reply.endless.length));
		while (!response.destroyed) await write(response, chunk);
		return;
	}
	for (const piece of piecesOf(reply.body ?? '', fill)) {
		if (response.destroyed) return;
		await write(response, piece);
	}
	if (reply.stall === 'mid-body') return;
	if (reply.cut) response.destroy();
	else response.end();
}

/** Sends a body packed as small as it gets: a few kilobytes that become gigabytes. */
async function givePacked(
	response: http.ServerResponse,
	packed: NonNullable<Reply['packed']>,
	pieces: Iterable<string>,
): Promise<void> {
	const body = Readable.from(pieces);
	const packers = packed
		.split(', ')
		.map((one) =>
			one === 'br' ? createBrotliCompress() : one === 'gzip' ? createGzip() : createDeflate(),
		);
	await pipeline([body, ...packers, response]).catch(() => undefined);
}

function speakRaw(response: http.ServerResponse, raw: NonNullable<Reply['raw']>): void {
	const { socket } = response;
	if (!socket) return;
	if (raw.first) socket.write(raw.first);
	const timer = setInterval(() => socket.write(raw.again), raw.everyMs);
	socket.on('close', () => clearInterval(timer));
}

function write(response: http.ServerResponse, chunk: string): Promise<void> {
	return new Promise((resolve) => {
		if (response.write(chunk)) return void setImmediate(resolve);
		const go = () => {
			response.off('drain', go);
			response.off('close', go);
			resolve();
		};
		response.on('drain', go);
		response.on('close', go);
	});
}

function* piecesOf(body: Body, fill: (text: string) => string): Generator<string> {
	for (const part of typeof body === 'string' ? [body] : body) {
		if (typeof part === 'string') {
			yield fill(part);
			continue;
		}
		const each = Math.max(1, Math.floor(262_144 / Math.max(part.repeat.length, 1)));
		for (let left = part.times; left > 0; left -= each)
			yield part.repeat.repeat(Math.min(left, each));
	}
}
