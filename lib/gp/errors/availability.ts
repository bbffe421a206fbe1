import { describeTask, GpError, type GpErrorContext } from './gp-error';

/** 408, 429, 502, 503, 504: the service is stopped, starting, or too busy. */
export class GpServiceUnavailable extends GpError {
	readonly code = 'GP_SERVICE_UNAVAILABLE';
	readonly scope = 'transport';
	override readonly retryable = true;

	/** @param retryAfterMs what the header Retry-After asked for */
	constructor(context: GpErrorContext, attempts: number, retryAfterMs: number | null = null) {
		const tooLong =
			retryAfterMs !== null && retryAfterMs > 300_000
				? ` Its header Retry-After asks to wait ${Math.round(retryAfterMs / 1000)} seconds, which is longer than a run waits.`
				: '';
		super(
			`While ${describeTask(context)} the GP service was not available (status ${context.httpStatus}, ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}).${tooLong}`,
			'After a restart of the server "GPService" and "GP Session Central Service" often have to be started by hand (Windows: Services). Then retry the execution; nothing is lost.',
			context,
			{ attempts, ...(tooLong ? { header: 'Retry-After', retryAfterMs } : {}) },
		);
	}
}

/** No connection: refused, reset, name unknown, TLS. */
export class GpUnreachable extends GpError {
	readonly code = 'GP_UNREACHABLE';
	readonly scope = 'transport';
	override readonly retryable: boolean;

	constructor(context: GpErrorContext, reason: UnreachableReason, attempts: number) {
		const [what, remedy] = UNREACHABLE_TEXTS[reason];
		super(`While ${describeTask(context)}: ${what}.`, remedy, context, { reason, attempts });
		this.retryable = reason === 'refused' || reason === 'broken';
	}
}

export type UnreachableReason = 'name' | 'refused' | 'tls' | 'broken';

const UNREACHABLE_TEXTS: Record<UnreachableReason, [what: string, remedy: string]> = {
	name: [
		'the name of the GP server could not be found',
		'Check the host name in the service address, and that this server uses a DNS that knows it (inside names need the company DNS or a VPN).',
	],
	refused: [
		'the GP server refused the connection',
		'Start the "GPService" Windows service, check the port in the service address and the firewall between the two servers. Then retry the execution; nothing is lost.',
	],
	tls: [
		'the certificate of the GP server was not accepted',
		'Paste the certificate (or that of the authority which issued it) into the credential, and use the host name for which it was issued.',
	],
	broken: [
		'the connection broke before the answer was complete',
		'Retry the execution; nothing is lost. If it stays, look for a proxy or firewall that cuts long answers.',
	],
};

/** No answer within the time allowed. GP itself never cuts off a request by default. */
export class GpTimeout extends GpError {
	readonly code = 'GP_TIMEOUT';
	readonly scope = 'transport';
	override readonly retryable = true;

	constructor(context: GpErrorContext, timeoutMs: number) {
		super(
			`While ${describeTask(context)} no answer came within ${Math.round(timeoutMs / 1000)} seconds.`,
			'The first call after a quiet time is slow because GP starts a runtime for it: retry. Otherwise raise the timeout (up to 600 seconds) or lower query.pageSize in the site profile.',
			context,
			{ timeoutMs },
		);
	}
}

/** Too many failures in a row: the server is left alone for a while. */
export class GpCircuitOpen extends GpError {
	readonly code = 'GP_CIRCUIT_OPEN';
	readonly scope = 'transport';
	override readonly retryable = true;

	constructor(context: GpErrorContext, failures: number, until: Date) {
		super(
			`While ${describeTask(context)}: not asked, because the last ${failures} requests to this server failed. It is left alone until ${until.toISOString()}.`,
			'Bring the GP service back, then retry the execution; nothing is lost.',
			context,
			{ failures, until: until.toISOString() },
		);
	}
}

/** Rows moved so much while the list was paged that no complete reading came about. */
export class GpListUnstable extends GpError {
	readonly code = 'GP_LIST_UNSTABLE';
	readonly scope = 'transport';
	override readonly retryable = true;

	constructor(context: GpErrorContext, why: string) {
		super(
			`While ${describeTask(context)} the list kept changing under the reader: ${why}.`,
			'Run again at a quieter time, raise query.pageSize, or name a column that never changes as orderBy of this entity in the site profile.',
			context,
		);
	}
}
