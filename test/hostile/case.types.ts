/** A body as data: a text, or parts repeated so often that only the server writes it out. */
export type Body = string | Array<string | { repeat: string; times: number }>;

/** What a hostile server does with a request. */
export interface Reply {
	status?: number;
	/** `{other}` stands for the address of a server that nobody may call. */
	headers?: Record<string, string>;
	body?: Body;
	/** Stops for good: before the headers, after them, or in the middle of the body. */
	stall?: 'before-headers' | 'after-headers' | 'mid-body';
	/** Cuts the connection in the middle of the body. */
	cut?: boolean;
	/** So many bytes at a time, every so many milliseconds, without end. */
	drip?: { bytes: number; everyMs: number };
	/** Packs the body, however it is given; named in content-encoding. */
	packed?: 'gzip' | 'br' | 'deflate' | 'gzip, gzip';
	/** Bytes as they are, in place of an HTTP answer; again and again every so many milliseconds. */
	raw?: { first?: string; again: string; everyMs: number };
	/** Body without an end, as fast as the other side takes it. */
	endless?: string;
}

/** A case: what is attempted, against which server, and how it must end. */
export interface HostileCase {
	name: string;
	/** Module of ./kinds that knows how to run it. */
	kind: string;
	input?: Record<string, unknown>;
	/** Answers in turn, the last one again and again; `{n}` in a body counts the requests. */
	server?: Reply[];
	/** How the server treats a Windows login: which leg it spoils and how, and what it offers. */
	login?: { offers?: string; fault?: Record<string, string | number>; challenge?: string };
	/** Code of the error it must end with, or "done" when it may go well. */
	ends: string | string[];
	/** Milliseconds the whole may last; default 20,000. */
	withinMs?: number;
	/** Heap allowed, megabytes; default 256. */
	heapMb?: number;
	/** Longest time the event loop may stand still, milliseconds; default 250. */
	blockMs?: number;
	/** Logins that may be sent; default 2. */
	logins?: number;
}

/** What a kind is given: the server's address and the case's own input. */
export interface KindWorld {
	url: string;
	input: Record<string, unknown>;
	/** Texts that were shown to somebody; searched for secrets and control characters. */
	show(text: unknown): void;
}

/** Runs a case in the child process; throws what the product throws. */
export interface Kind {
	(world: KindWorld): Promise<unknown>;
	/** Loads what n8n has loaded long before, so that it is not measured. */
	prepare?(): void;
}

/** What the child tells about itself. */
export interface ChildReport {
	/** Code of a typed error, "done", or "untyped: …". */
	end: string;
	message: string;
	blockMs: number;
	peakMb: number;
	/** Longest wait asked of the clock, milliseconds. */
	longestSleepMs: number;
	shown: string[];
}

export interface Verdict extends Omit<ChildReport, 'shown'> {
	name: string;
	logins: number;
	/** Requests that reached the server nobody may call. */
	elsewhere: number;
	requests: number;
	ms: number;
	faults: string[];
}

/** In every credential of every case; none may be shown, and none may reach another server. */
export const CANARY = {
	password: 'C4nary-Pa55word-Sings',
	token: 'C4nary-T0ken-Sings',
	clientSecret: 'C4nary-Secr3t-Sings',
};
