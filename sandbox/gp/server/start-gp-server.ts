import { X509Certificate } from 'node:crypto';
import {
	createServer as createHttpServer,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

import { addDays } from '../company/calendar';
import { generateCompany, type Company, type CompanyOptions } from '../company/company';
import { CompanyEdits } from '../company/edits';
import { Directory, SANDBOX_ACCOUNT, type WindowsAccount } from '../ntlm/directory';
import { channelBindingHash } from '../ntlm/hashes';
import { Authentication } from './authentication';
import { cutOff, distort, faultReply, send } from './fault-replies';
import { Faults, faultPage, type Fault } from './faults';
import { routeSoap, SOAP_PATH } from '../soap/soap-routes';
import { Journal, type Counters, type LogEntry } from './journal';
import { routeOdata } from './odata-routes';
import { html, notFound, routeSba, type Reply, type RouteContext } from './sba-routes';
import { changeSwitches, DEFAULT_SWITCHES, type SwitchChange, type Switches } from './switches';

export interface GpServerOptions {
	/** 0 = any free port. */
	port?: number;
	/** Only loopback unless a container needs more. */
	host?: string;
	/** PEM key and certificate: serves HTTPS. */
	tls?: { key: string; cert: string };
	company?: Partial<CompanyOptions>;
	tenant?: string;
	/** Default: the sandbox account, and CONTOSO\nogp, which Windows knows and GP does not. */
	accounts?: WindowsAccount[];
	dnsDomain?: string;
	computerName?: string;
	/** Rejected logins before an account locks; 0 = never. */
	lockOutAfter?: number;
	switches?: SwitchChange;
	faults?: Fault[];
	/** Sandbox clock for row stamps, epoch milliseconds. Default: the evening of baseDate, running on. */
	clock?: () => number;
}

export interface GpStandIn {
	/** `http://127.0.0.1:port`, without /GPService. */
	url: string;
	port: number;
	readonly company: Company;
	readonly log: LogEntry[];
	readonly counters: Counters;
	readonly switches: Switches;
	directory: Directory;
	edits: CompanyEdits;
	faults: Faults;
	/** Throws on a switch or value that does not exist. */
	set(change: SwitchChange): Switches;
	/** Epoch milliseconds of the sandbox. */
	now(): number;
	/** From now on the sandbox clock shows this and runs on. */
	setClock(epochMs: number): void;
	/** The company as generated, default switches, no faults, empty journal; the clock stays. */
	reset(): void;
	/** Empties log and counters only. */
	resetJournal(): void;
	close(): Promise<void>;
}

/** Starts a stand-in for the GP Service on plain node:http: Windows logins are tied to sockets. */
export async function startGpServer(options: GpServerOptions = {}): Promise<GpStandIn> {
	const firstSwitches = changeSwitches(DEFAULT_SWITCHES, options.switches ?? {});
	const tenant = options.tenant ?? 'DefaultTenant';
	let company = generateCompany(options.company);
	let switches = firstSwitches;
	let clock =
		options.clock ?? runningFrom(Date.parse(`${addDays(company.options.baseDate, 1)}T00:00:00Z`));
	const journal = new Journal();
	const faults = new Faults();
	faults.set(options.faults ?? []);
	const directory = new Directory(
		options.accounts ?? [
			{ ...SANDBOX_ACCOUNT },
			{
				domain: SANDBOX_ACCOUNT.domain,
				user: 'nogp',
				password: SANDBOX_ACCOUNT.password,
				mappedInGp: false,
			},
		],
		options.dnsDomain ?? 'contoso.local',
		options.lockOutAfter ?? 0,
	);
	const edits = new CompanyEdits(
		() => company,
		() => clock(),
	);
	const authentication = new Authentication(
		() => switches,
		directory,
		{
			directory,
			policy: () => switches.ntlm,
			computerName: options.computerName ?? 'GPHOST',
			channelBinding: options.tls
				? channelBindingHash(new X509Certificate(options.tls.cert).raw)
				: null,
			// Tickets are judged by real time, whatever the sandbox clock says.
			now: () => Date.now(),
		},
		() => journal.counters,
	);

	let inTheAir = 0;
	const connectionNumbers = new WeakMap<Socket, number>();
	const hung = new Set<ServerResponse>();

	const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const startedAt = Date.now();
		const url = request.url ?? '/';
		journal.counters.requests += 1;
		const isSoap = new URL(url, 'http://gp').pathname.toLowerCase() === SOAP_PATH;
		const body = isSoap ? readBody(request) : null;
		if (!isSoap) request.resume();
		const finish = (status: number, login: string, rows: number | null) =>
			journal.write({
				at: new Date(startedAt).toISOString(),
				connection: connectionNumbers.get(request.socket) ?? 0,
				method: request.method ?? '',
				url,
				login,
				status,
				rows,
				milliseconds: Date.now() - startedAt,
			});

		// A connection that breaks off while the body comes has its own listener.
		body?.catch(() => undefined);
		const early = faults.take(url, false);
		if (early) {
			journal.counters.faults += 1;
			const reply = faultReply(early);
			finish(reply.status, 'before authentication', null);
			return send(response, reply);
		}
		const admission = authentication.admit(request);
		if (admission.kind === 'drop') {
			finish(0, admission.how, null);
			request.socket.destroy();
			return;
		}
		if (admission.kind === 'challenged') {
			finish(admission.status, admission.how, null);
			response.statusCode = admission.status;
			if (admission.status === 401)
				response.setHeader(
					'WWW-Authenticate',
					isSoap ? ntlmOnly(admission.challenges) : admission.challenges,
				);
			if (switches.closeAfterChallenge) response.setHeader('Connection', 'close');
			response.setHeader('Content-Type', 'text/html; charset=us-ascii');
			response.end(admission.status === 400 ? faultPage('Bad Request', 'Invalid handshake.') : '');
			return;
		}
		journal.counters.dataRequests += 1;
		inTheAir += 1;
		journal.counters.mostAtOnce = Math.max(journal.counters.mostAtOnce, inTheAir);
		try {
			if (switches.latencyMs > 0)
				await new Promise((resolve) => setTimeout(resolve, switches.latencyMs));
			const sent = body ? await body : null;
			const fault = faults.take(url, true);
			if (fault) journal.counters.faults += 1;
			if (fault?.kind === 'hang') {
				hung.add(response);
				response.once('close', () => hung.delete(response));
				finish(0, `${admission.how}, hung`, null);
				return;
			}
			const reply = distort(fault, () => answer(request, url, admission.account, sent));
			finish(fault?.kind === 'reset' ? 0 : reply.status, admission.how, reply.read?.rows ?? null);
			if (reply.read) journal.read(reply.read.resource, reply.read.entity, reply.read.rows);
			if (fault?.kind === 'reset') return cutOff(response, reply);
			send(response, reply);
		} finally {
			inTheAir -= 1;
		}
	};

	const answer = (
		request: IncomingMessage,
		url: string,
		account: WindowsAccount,
		/** What was posted to the Web Services; null elsewhere. */
		posted: string | null,
	): Reply => {
		const mark = url.indexOf('?');
		const rawPath = mark < 0 ? url : url.slice(0, mark);
		const context: RouteContext = {
			company,
			switches,
			account,
			tenant,
			rawPath,
			rawQuery: mark < 0 ? '' : url.slice(mark + 1),
			accept: request.headers.accept ?? '',
			origin: `${options.tls ? 'https' : 'http'}://${request.headers.host ?? `127.0.0.1:${port}`}`,
		};
		if (posted !== null && switches.offers.soap)
			return routeSoap({
				company,
				switches: switches.soap,
				account,
				method: request.method ?? '',
				action: String(request.headers.soapaction ?? ''),
				body: posted,
			});
		if (request.method !== 'GET') {
			journal.counters.writesRefused += 1;
			return { ...html(405, 'Service', 'Method not allowed.'), headers: { Allow: 'GET' } };
		}
		if (/^\/gpservice(\/|$)/i.test(rawPath)) return routeSba(context);
		if (/^\/gpodata(\/|$)/i.test(rawPath) && switches.offers.odata) return routeOdata(context);
		return notFound();
	};

	const listener = (request: IncomingMessage, response: ServerResponse) => {
		handle(request, response).catch((error: Error) => {
			if (!response.headersSent)
				send(response, html(500, 'Request Error', `The sandbox failed: ${error.message}`));
			else response.destroy();
		});
	};
	const server: Server = options.tls
		? createHttpsServer(options.tls, listener)
		: createHttpServer(listener);
	// HTTP.sys keeps idle connections for two minutes.
	server.keepAliveTimeout = 120_000;
	let connections = 0;
	server.on(options.tls ? 'secureConnection' : 'connection', (socket: Socket) => {
		connectionNumbers.set(socket, ++connections);
		journal.counters.connections += 1;
		socket.on('error', () => socket.destroy());
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;

	return {
		url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
		port,
		get company() {
			return company;
		},
		get log() {
			return journal.log;
		},
		get counters() {
			return journal.counters;
		},
		get switches() {
			return switches;
		},
		directory,
		edits,
		faults,
		set: (change) => (switches = changeSwitches(switches, change)),
		now: () => clock(),
		setClock: (epochMs) => {
			clock = runningFrom(epochMs);
		},
		reset: () => {
			company = generateCompany(options.company);
			switches = firstSwitches;
			faults.set([]);
			directory.reset();
			journal.reset();
		},
		resetJournal: () => journal.reset(),
		close: () =>
			new Promise((resolve, reject) => {
				for (const response of hung) response.destroy();
				server.close((error) => (error ? reject(error) : resolve()));
				server.closeAllConnections();
			}),
	};
}

/** BasicHttpBinding with the credential type Ntlm offers no Negotiate. */
function ntlmOnly(challenges: string[]): string[] {
	const offered = challenges.filter((challenge) => !/^Negotiate/i.test(challenge));
	return offered.length > 0 ? offered : challenges;
}

/** Most the host takes, as installed, before it answers 400. */
const MOST_BYTES = 128_896;

/** By listeners: iterating would destroy the socket of a request that is answered before its body has come. */
function readBody(request: IncomingMessage): Promise<string> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let size = 0;
		request.on('data', (chunk: Buffer) => {
			size += chunk.length;
			if (size <= MOST_BYTES) chunks.push(chunk);
		});
		request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
		request.on('error', reject);
	});
}

/** A clock that shows `epochMs` now and runs on in real time. */
function runningFrom(epochMs: number): () => number {
	const started = performance.now();
	return () => Math.round(epochMs + performance.now() - started);
}
