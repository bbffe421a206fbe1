import type { GpHttp, GpHttpResponse } from '../../lib/gp/http';
import type { ProcoreAnswer, ProcoreTransport } from '../../lib/procore/transport';
import type { SeededRandom } from '../../sandbox/gp/company/seeded-random';
import type { Life } from './life';

/** What can go wrong with a request to either side. */
const FAULTS = [
	'refused',
	'resetBefore',
	'resetAfter',
	'halfOpenBefore',
	'halfOpenAfter',
	'truncated',
	'garbled',
	'html',
	'empty',
	'unauthorised',
	'loseToken',
	'tooMany',
	'unavailableUntil',
	'serverFault',
	'serverFaultAfter',
	'repeatedRows',
	'editMeanwhile',
] as const;
export type FaultName = (typeof FAULTS)[number];

/** So many requests in a row a storm lasts at most. */
const LONGEST_STORM = 12;
const STORMS: readonly FaultName[] = ['refused', 'tooMany', 'unavailableUntil', 'halfOpenBefore'];

export interface Surroundings {
	random: SeededRandom;
	/** Of each request, 0 to 1; 0 = all is well. */
	share: number;
	clock: { now(): number; advance(milliseconds: number): void };
	/** Somebody works in GP while it is read. */
	editGp(): void;
	/** Procore forgets every token it gave out. */
	loseTokens(): void;
	/** Told of each fault that happens. */
	note(fault: string): void;
}

/** Decides what goes wrong with each request; everything comes from the seed. */
export class Weather {
	private storm: { fault: FaultName; left: number } | undefined;

	constructor(readonly around: Surroundings) {}

	clear(): void {
		this.storm = undefined;
		this.around.share = 0;
	}

	/** The fault of the next request; null for none. */
	next(side: 'gp' | 'procore', path: string): FaultName | null {
		const { random, share, note } = this.around;
		if (share === 0) return null;
		if (this.storm && this.storm.left-- > 0) return this.storm.fault;
		this.storm = undefined;
		if (!random.chance(share)) return null;
		const fault = random.pick(FAULTS);
		if (STORMS.includes(fault) && random.chance(0.4))
			this.storm = { fault, left: random.integer(1, LONGEST_STORM) };
		note(`${side} ${path}: ${fault}${this.storm ? ` and ${this.storm.left} more` : ''}`);
		return fault;
	}
}

const network = (code: string) => Object.assign(new Error(code), { code });
const HTML = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Proxy</body></html>';

/** GP's HTTP as it is on a bad day. */
export function badGpHttp(http: GpHttp, weather: Weather, life: Life): GpHttp {
	const { around } = weather;
	return {
		async request(request) {
			life.step();
			const { signal: _own, ...plain } = request;
			const real = async (): Promise<GpHttpResponse> => {
				const response = await http.request(plain as typeof request);
				life.step();
				return response;
			};
			const fault = weather.next('gp', request.url);
			const made = beforehand(fault, around);
			if (made) {
				const headers: Record<string, string> = { 'content-type': 'text/html', ...made.headers };
				return { status: made.status, headers, body: Buffer.from(made.body), url: request.url };
			}
			const response = await real();
			afterwards(fault, around);
			const text = response.body.toString('utf8');
			if (fault === 'repeatedRows') {
				return { ...response, body: Buffer.from(repeated(text, around.random)) };
			}
			const spoilt = spoil(fault, text, around.random);
			if (spoilt === null) return response;
			const headers = fault === 'html' ? { 'content-type': 'text/html' } : response.headers;
			return { ...response, headers, body: Buffer.from(spoilt) };
		},
	};
}

/** Procore's HTTP as it is on a bad day. A body that is no JSON arrives as text. */
export function badProcore(
	transport: ProcoreTransport,
	weather: Weather,
	life: Life,
): ProcoreTransport {
	const { around } = weather;
	return async (request) => {
		life.step();
		const { signal: _own, ...plain } = request;
		const fault = weather.next('procore', `${request.method} ${new URL(request.url).pathname}`);
		if (fault === 'loseToken') around.loseTokens();
		const made = beforehand(fault, around);
		if (made) return made;
		const answer: ProcoreAnswer = await transport(plain as typeof request);
		life.step();
		afterwards(fault, around);
		if (fault === 'serverFaultAfter') return { status: 502, headers: {}, body: HTML };
		const spoilt = spoil(fault, JSON.stringify(answer.body), around.random);
		return spoilt === null ? answer : { ...answer, body: spoilt };
	};
}

/** What keeps a request from its server; null lets it through. */
function beforehand(
	fault: FaultName | null,
	{ clock, random, editGp }: Surroundings,
): { status: number; headers: Record<string, string>; body: string } | null {
	switch (fault) {
		case 'refused':
			throw network('ECONNREFUSED');
		case 'resetBefore':
			throw network('ECONNRESET');
		case 'halfOpenBefore':
			clock.advance(60_000);
			throw network('ETIMEDOUT');
		case 'unauthorised':
			return { status: 401, headers: {}, body: '{"message":"Unauthorized"}' };
		case 'tooMany':
			return {
				status: 429,
				headers: { 'retry-after': String(random.integer(1, 30)) },
				body: '{"message":"Too many requests"}',
			};
		case 'unavailableUntil': {
			const until = new Date(clock.now() + random.integer(1, 90) * 1000);
			return { status: 503, headers: { 'retry-after': until.toUTCString() }, body: HTML };
		}
		case 'serverFault':
			return { status: random.pick([500, 502, 504]), headers: {}, body: HTML };
		case 'editMeanwhile':
			editGp();
			return null;
		default:
			return null;
	}
}

/** What keeps an answer from its client: the request took effect. */
function afterwards(fault: FaultName | null, { clock }: Surroundings): void {
	if (fault === 'resetAfter') throw network('ECONNRESET');
	if (fault !== 'halfOpenAfter') return;
	clock.advance(60_000);
	throw network('ETIMEDOUT');
}

/** An answer that cannot be read; null leaves it as it is. */
function spoil(fault: FaultName | null, text: string, random: SeededRandom): string | null {
	const middle = Math.floor(text.length * (0.2 + random.next() * 0.6));
	switch (fault) {
		case 'truncated':
			return text.slice(0, middle);
		case 'garbled':
			return `${text.slice(0, middle)}}]}"<?${text.slice(middle + 3)}`;
		case 'html':
			return HTML;
		case 'empty':
			return '';
		default:
			return null;
	}
}

/** A page that shows some rows twice, as one does that was cut while rows moved. */
function repeated(text: string, random: SeededRandom): string {
	try {
		const body = JSON.parse(text) as unknown;
		const rows = Array.isArray(body) ? body : (body as { Payload?: unknown[] } | null)?.Payload;
		if (!Array.isArray(rows) || rows.length === 0) return text;
		rows.push(...rows.slice(0, random.integer(1, rows.length)));
		return JSON.stringify(body);
	} catch {
		return text;
	}
}
