/** What a test asks the stand-in afterwards. */
export interface Counters {
	connections: number;
	/** Every HTTP request, authentication legs included. */
	requests: number;
	/** Requests that got past authentication. */
	dataRequests: number;
	/** Type 1 answered by a Type 2. */
	challenges: number;
	acceptedLogins: number;
	/** Logins tried and refused: each of these moves an account towards lock-out. */
	rejectedLogins: number;
	loginsWithMic: number;
	channelBoundLogins: number;
	/** Type 3 on another socket than its Type 1. */
	splitHandshakes: number;
	malformedTokens: number;
	/** Requests refused because they would write. */
	writesRefused: number;
	faults: number;
	/** Answered requests per resource: "vendors list", "payables detail", "odata PM20000". */
	reads: Record<string, number>;
	/** Rows sent per entity. */
	rows: Record<string, number>;
	/** Most data requests in the air at once. */
	mostAtOnce: number;
}

export interface LogEntry {
	at: string;
	/** Numbers sockets from 1, to see what shared one. */
	connection: number;
	method: string;
	/** Path and query as sent. Never headers: they carry credentials. */
	url: string;
	login: string;
	status: number;
	rows: number | null;
	milliseconds: number;
}

const LOG_LIMIT = 5000;

export class Journal {
	counters = newCounters();
	log: LogEntry[] = [];

	write(entry: LogEntry): void {
		this.log.push(entry);
		if (this.log.length > LOG_LIMIT) this.log.splice(0, this.log.length - LOG_LIMIT);
	}

	read(resource: string, entity: string, rows: number): void {
		this.counters.reads[resource] = (this.counters.reads[resource] ?? 0) + 1;
		this.counters.rows[entity] = (this.counters.rows[entity] ?? 0) + rows;
	}

	reset(): void {
		this.counters = newCounters();
		this.log = [];
	}
}

function newCounters(): Counters {
	return {
		connections: 0,
		requests: 0,
		dataRequests: 0,
		challenges: 0,
		acceptedLogins: 0,
		rejectedLogins: 0,
		loginsWithMic: 0,
		channelBoundLogins: 0,
		splitHandshakes: 0,
		malformedTokens: 0,
		writesRefused: 0,
		faults: 0,
		reads: {},
		rows: {},
		mostAtOnce: 0,
	};
}
