import { withoutCompany } from './gates';

/** One answered (or dropped) request. No header or token is kept. */
export interface LogEntry {
	number: number;
	at: string;
	method: string;
	path: string;
	/** Query as sent, without the question mark. */
	query: string;
	/** 0 when the connection was dropped. */
	status: number;
	requestId: string;
	milliseconds: number;
	/** Rows of a sync body. */
	rows?: number;
	companyHeader: boolean;
	/** The path belongs to no documented route. */
	known: boolean;
	/** A fault rule decided the answer. */
	injected: boolean;
	/** Origin the log cannot know otherwise: grant type of a token request. */
	grant?: string;
}

export interface Counters {
	/** Requests to /rest. */
	requests: number;
	reads: number;
	/** Requests to /rest that are not GET. */
	writes: number;
	/** Rows in sync bodies. */
	rows: number;
	/** Requests to /oauth/token. */
	tokens: number;
	byStatus: Record<string, number>;
	/** "PATCH /rest/v1.0/vendors/sync" → count; ids in paths are written as {id}. */
	byRoute: Record<string, number>;
}

/** The seven signals Procore's Integration Health scores an app on. */
export interface Health {
	unauthorized401: number;
	forbidden403: number;
	notFound404: number;
	rateLimited429: number;
	missingCompanyHeader: number;
	deprecatedEndpoints: number;
	privateEndpoints: number;
}

const deprecated = [
	/^\/rest\/v1\.0\/standard_cost_code_lists(\/|$)/,
	/^\/rest\/v1\.0\/requisitions\/\d+\/contract_items\/\d+$/,
];

export class Traffic {
	private entries: LogEntry[] = [];
	private lastNumber = 0;

	add(entry: Omit<LogEntry, 'number'>): void {
		this.entries.push({ ...entry, number: ++this.lastNumber });
	}

	log(since = 0): LogEntry[] {
		return this.entries.filter((entry) => entry.number > since);
	}

	clear(): void {
		this.entries = [];
	}

	counters(): Counters {
		const counters: Counters = {
			requests: 0,
			reads: 0,
			writes: 0,
			rows: 0,
			tokens: 0,
			byStatus: {},
			byRoute: {},
		};
		for (const entry of this.entries) {
			if (entry.path === '/oauth/token') counters.tokens++;
			if (!isApi(entry)) continue;
			counters.requests++;
			if (entry.method === 'GET') counters.reads++;
			else counters.writes++;
			counters.rows += entry.rows ?? 0;
			const route = `${entry.method} ${entry.path.replace(/\/\d+(?=\/|$)/g, '/{id}')}`;
			counters.byStatus[entry.status] = (counters.byStatus[entry.status] ?? 0) + 1;
			counters.byRoute[route] = (counters.byRoute[route] ?? 0) + 1;
		}
		return counters;
	}

	/** Injected answers do not count against the app. */
	health(): Health {
		const api = this.entries.filter(isApi);
		const answered = (status: number) =>
			api.filter((entry) => entry.status === status && !entry.injected).length;
		return {
			unauthorized401: answered(401),
			forbidden403: answered(403),
			notFound404: answered(404),
			rateLimited429: answered(429),
			missingCompanyHeader: api.filter(lacksCompanyHeader).length,
			deprecatedEndpoints: api.filter((entry) => deprecated.some((one) => one.test(entry.path)))
				.length,
			privateEndpoints: api.filter((entry) => !entry.known).length,
		};
	}
}

/** The two calls that may do without it count only when it was refused. */
const lacksCompanyHeader = (entry: LogEntry) =>
	!entry.companyHeader && !(withoutCompany.includes(entry.path) && entry.status === 200);

const isApi = (entry: LogEntry) => !entry.path.startsWith('/oauth/');
