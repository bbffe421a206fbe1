import type { GpHttp, GpHttpResponse } from '../../lib/gp/site';
import type { ProcoreAnswer, ProcoreTransport } from '../../lib/procore/transport';
import type { SeededRandom } from '../../sandbox/gp/company/seeded-random';
import type { Life } from './life';

/** What can go wrong with a request to either side. */
const EITHER = [
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
	'tooMany',
	'unavailableUntil',
	'serverFault',
	'serverFaultAfter',
	'repeatedRows',
	'editMeanwhile',
] as const;
const FAULTS = {
	gp: [...EITHER, 'shortPage'],
	procore: [...EITHER, 'loseToken'],
} as const;
export type Side = keyof typeof FAULTS;
export type FaultName = (typeof FAULTS)[Side][number];

/** What a scenario may meet besides: how the site is, and what a fault falls upon. */
const HAPPENINGS = [
	'clockSkew',
	'kill',
	'retry',
	'storm of 429',
	'detail read that fails',
	'edit between pages',
	'write that took effect, its answer lost',
] as const;

/** Names of everything that can happen, `gp html` and the like. */
export const EVERYTHING: readonly string[] = [
	...(Object.keys(FAULTS) as Side[]).flatMap((side) =>
		FAULTS[side].map((fault) => `${side} ${fault}`),
	),
	...HAPPENINGS,
];

/** Somebody works in GP more often than chance would have it while a list is read page by page. */
const EDITED_BETWEEN_PAGES = 0.15;
const LATER_PAGE = /[?&]\$skip=[1-9]/;

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
	/** Told of each fault that is drawn, for the story. */
	note(fault: string): void;
}

/** How often each fault really changed what a client got to see. */
export class Hits {
	readonly counts = new Map<string, number>();

	add(what: string): void {
		this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
	}

	addAll(others: ReadonlyMap<string, number>): void {
		for (const [what, count] of others) this.counts.set(what, (this.counts.get(what) ?? 0) + count);
	}
}

/** Decides what goes wrong with each request; everything comes from the seed. */
export class Weather {
	private storm: { fault: FaultName; left: number } | undefined;
	readonly hits = new Hits();

	constructor(readonly around: Surroundings) {}

	clear(): void {
		this.storm = undefined;
		this.around.share = 0;
	}

	/** The fault of the next request; null for none. */
	next(side: Side, path: string): FaultName | null {
		const { random, share, note } = this.around;
		if (share === 0) return null;
		if (LATER_PAGE.test(path) && random.chance(EDITED_BETWEEN_PAGES)) {
			note(`${side} ${path}: editMeanwhile`);
			return 'editMeanwhile';
		}
		if (this.storm && this.storm.left-- > 0) {
			if (this.storm.fault === 'tooMany') this.hits.add('storm of 429');
			return this.storm.fault;
		}
		this.storm = undefined;
		if (!random.chance(share)) return null;
		const fault = random.pick<FaultName>(FAULTS[side]);
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
	const { around, hits } = weather;
	return {
		async request(request) {
			life.step();
			const { signal: _own, ...plain } = request;
			const fault = weather.next('gp', request.url);
			const isDetail = /\([^)]*\)\.json$/.test(
				new URL(request.url).pathname.split('Companies(')[1] ?? '',
			);
			const hit = (): void => {
				hits.add(`gp ${fault}`);
				if (isDetail) hits.add('detail read that fails');
			};
			const made = beforehand(fault, around, hit);
			if (made) {
				const headers: Record<string, string> = { 'content-type': 'text/html', ...made.headers };
				return { status: made.status, headers, body: Buffer.from(made.body), url: request.url };
			}
			const response: GpHttpResponse = await http.request(plain as typeof request);
			life.step();
			if (fault === 'editMeanwhile') {
				hits.add('gp editMeanwhile');
				if (LATER_PAGE.test(request.url)) hits.add('edit between pages');
				return response;
			}
			afterwards(fault, around, hit);
			const html = { 'content-type': 'text/html' };
			if (fault === 'serverFaultAfter') {
				hit();
				return { ...response, status: 500, headers: html, body: Buffer.from(HTML) };
			}
			const text = response.body.toString('utf8');
			const bounded = /[?&]\$top=/.test(request.url);
			const spoilt = spoil(fault, text, around.random, bounded);
			if (spoilt === null || spoilt === text) return response;
			hit();
			const headers = fault === 'html' ? html : response.headers;
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
	const { around, hits } = weather;
	return async (request) => {
		life.step();
		const { signal: _own, ...plain } = request;
		const fault = weather.next('procore', `${request.method} ${new URL(request.url).pathname}`);
		const hit = (): void => hits.add(`procore ${fault}`);
		if (fault === 'loseToken') {
			hit();
			around.loseTokens();
		}
		const made = beforehand(fault, around, hit);
		if (made) return made;
		const answer: ProcoreAnswer = await transport(plain as typeof request);
		life.step();
		const lost = (): void => {
			hit();
			if (request.method !== 'GET' && answer.status < 300)
				hits.add('write that took effect, its answer lost');
		};
		if (fault === 'editMeanwhile') hit();
		afterwards(fault, around, lost);
		if (fault === 'serverFaultAfter') {
			lost();
			return { status: 502, headers: {}, body: HTML };
		}
		// What a write is answered with is not a list that somebody pages through.
		if (fault === 'repeatedRows' && request.method !== 'GET') return answer;
		const text = JSON.stringify(answer.body) ?? '';
		const spoilt = spoil(fault, text, around.random, false);
		if (spoilt === null || spoilt === text) return answer;
		lost();
		return { ...answer, body: fault === 'repeatedRows' ? JSON.parse(spoilt) : spoilt };
	};
}

/** What keeps a request from its server; null lets it through. */
function beforehand(
	fault: FaultName | null,
	{ clock, random, editGp }: Surroundings,
	hit: () => void,
): { status: number; headers: Record<string, string>; body: string } | null {
	switch (fault) {
		case 'refused':
			hit();
			throw network('ECONNREFUSED');
		case 'resetBefore':
			hit();
			throw network('ECONNRESET');
		case 'halfOpenBefore':
			hit();
			clock.advance(60_000);
			throw network('ETIMEDOUT');
		case 'unauthorised':
			hit();
			return { status: 401, headers: {}, body: '{"message":"Unauthorized"}' };
		case 'tooMany':
			hit();
			return {
				status: 429,
				headers: { 'retry-after': String(random.integer(1, 30)) },
				body: '{"message":"Too many requests"}',
			};
		case 'unavailableUntil': {
			hit();
			const until = new Date(clock.now() + random.integer(1, 90) * 1000);
			return { status: 503, headers: { 'retry-after': until.toUTCString() }, body: HTML };
		}
		case 'serverFault':
			hit();
			return { status: random.pick([500, 502, 504]), headers: {}, body: HTML };
		case 'editMeanwhile':
			editGp();
			return null;
		default:
			return null;
	}
}

/** What keeps an answer from its client: the request took effect. */
function afterwards(fault: FaultName | null, { clock }: Surroundings, hit: () => void): void {
	if (fault !== 'resetAfter' && fault !== 'halfOpenAfter') return;
	hit();
	if (fault === 'resetAfter') throw network('ECONNRESET');
	clock.advance(60_000);
	throw network('ETIMEDOUT');
}

/** An answer that cannot be read, or whose rows are not those asked for; null leaves it as it is. */
function spoil(
	fault: FaultName | null,
	text: string,
	random: SeededRandom,
	bounded: boolean,
): string | null {
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
		case 'repeatedRows':
			// As a page does that was cut while rows moved.
			return withRows(text, (rows) => [...rows, ...rows.slice(0, random.integer(1, rows.length))]);
		case 'shortPage':
			// Fewer than were asked for, though there are more: only who asks further gets the rest.
			return bounded
				? withRows(text, (rows) => rows.slice(0, random.integer(1, Math.max(1, rows.length - 1))))
				: null;
		default:
			return null;
	}
}

/** The same answer with other rows; null for what is no list, or an empty one. */
function withRows(text: string, change: (rows: unknown[]) => unknown[]): string | null {
	const body = parsed(text);
	const holder = { body };
	let place: Record<string, unknown> = holder;
	let name = 'body';
	// Rows stand bare, below Payload, or one name further down.
	for (let depth = 0; depth < 3 && !Array.isArray(place[name]); depth++) {
		const inside = place[name];
		if (inside === null || typeof inside !== 'object') return null;
		const next = Object.keys(inside).find(
			(member) => typeof Reflect.get(inside, member) === 'object',
		);
		if (next === undefined) return null;
		place = inside as Record<string, unknown>;
		name = next;
	}
	const rows = place[name];
	if (!Array.isArray(rows) || rows.length === 0) return null;
	place[name] = change(rows);
	return JSON.stringify(holder.body);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return null;
	}
}
