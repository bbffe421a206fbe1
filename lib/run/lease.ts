import { tellFault } from '../model/connector-error';
import { sameGpKey } from '../model/keys';
import { wentThrough } from '../model/outcome';
import { ownCells } from '../tables/tables';
import { LeaseLostError, runRow } from './run';
import type { LeaseRow, RunRow, RunState } from '../audit/event-row';

/**
 * So long a run may be silent before another one takes over: after a kill the next run begins that
 * soon. A batch may take longer, because it renews the lease right before it writes to Procore and
 * writes only while that renewal lasts; what it has not written by then it does after another one.
 */
export const LEASE_MINUTES = 5;

/** A write that was sent before the end of the lease has this long to arrive. */
const LAST_WRITE_MS = 45_000;

/**
 * Until when a batch may send writes, epoch milliseconds.
 *
 * @param until end of the lease as just renewed; undefined or blank where the row was gone
 * @throws LeaseLostError when another run has taken over
 */
export function writesUntil(runId: string, until: string | undefined): number {
	const end = Date.parse(until ?? '');
	if (Number.isNaN(end)) throw new LeaseLostError(runId, null);
	return end - LAST_WRITE_MS;
}

/** A dry run writes nothing to Procore, so it is in no real run's way: it has a lease of its own. */
export function leaseCompany(state: Pick<RunState, 'company' | 'dryRun'>): string {
	return state.dryRun ? `${state.company} (dry run)` : state.company;
}

/** The row with which a run asks for the lease: `taken_at` stays blank until it has it. */
export function leaseRow(state: RunState, input: { executionId: string; now: string }): LeaseRow {
	return {
		gp_company: leaseCompany(state),
		run_id: state.runId,
		execution_id: input.executionId,
		taken_at: '',
		until: leaseEnd(state, input.now),
		gp_server: state.gpServer ?? '',
	};
}

/** UTC instant at which a lease ends that nobody renews. */
export function leaseEnd(state: RunState, now: string): string {
	return new Date(Date.parse(now) + leaseLength(state)).toISOString();
}

/** ms. */
function leaseLength({ leaseMinutes = LEASE_MINUTES }: RunState): number {
	return leaseMinutes * 60_000;
}

/** A lease that was renewed so lately, milliseconds, is as good as one renewed now. */
const LATELY_MS = { sign: 60_000, write: 5_000 };

/**
 * Whether the run should renew its lease: as a sign of life a minute after it last did, or once a third of a shorter
 * lease is over; before it writes, for which it wants nearly all of the lease, after five seconds. Not with each batch, because
 * every write makes n8n measure all its tables on SQLite.
 */
export function isRenewalDue(
	state: RunState,
	leases: readonly LeaseRow[],
	now: string,
	what: keyof typeof LATELY_MS = 'sign',
): boolean {
	const length = leaseLength(state);
	const own = leases.find((row) => row.run_id === state.runId);
	const left = own ? Date.parse(own.until) - Date.parse(now) : 0;
	// An end that is no time is due, too.
	return !(length - left < Math.min(LATELY_MS[what], length / 3));
}

export type LeaseClaim =
	/** The run may go on: nobody else will. */
	| {
			verdict: 'held';
			/** Runs still marked as running whose lease is gone: n8n was stopped or killed. Closed now. */
			abandoned: RunRow[];
	  }
	/** Nobody is before it: take the lease (write `taken_at`), read again, claim again. */
	| { verdict: 'free'; take: LeaseRow }
	/** Another run is at work or was before it; null = it has ended meanwhile. */
	| { verdict: 'yields'; holder: LeaseRow | null };

/**
 * Who may write. Tables have no unique constraint, and of two rows added at once neither side need
 * see the other: PostgreSQL gives row ids before it shows the rows. So a run goes four steps, each
 * of them one statement of the database:
 *
 * 1. It adds its row, `taken_at` blank: it asks.
 * 2. It deletes the rows that ask and have higher ids, and other ones that have expired.
 * 3. It reads: a row that was taken, or that asks and has a lower id, is before it, and it yields.
 * 4. It writes `taken_at` into its row, and reads again: if the row is gone, somebody passed it in
 *    step 2, and it yields.
 *
 * What has expired since step 2 is still before it: its holder may be renewing it just now. The holder
 * renews by one statement too, and has lost the lease if that finds no row.
 *
 * Two never hold it. Where the later one did not see the earlier in step 3, the earlier asked after
 * that. Its step 2 then either removed the later one's row before that was taken, or came too late,
 * and its own step 3 sees that the row is taken. And one always does: the lowest id is removed by
 * nobody, and yields only to a row that is taken.
 *
 * @param input.leases rows of this company, the own one included
 * @param input.openRuns rows of the runs table marked as running, read after the leases
 */
export function claimLease(input: {
	state: RunState;
	leases: readonly LeaseRow[];
	openRuns: ReadonlyArray<RunRow & { id?: number }>;
	executionId: string;
	now: string;
}): LeaseClaim {
	const { state, now } = input;
	const isMine = (row: { run_id: string }) => row.run_id === state.runId;
	const ofCompany = input.leases
		.filter((row) => row.gp_company === leaseCompany(state))
		.sort((left, right) => (left.id ?? 0) - (right.id ?? 0));
	const mine = ofCompany.find(isMine);
	const others = ofCompany.filter((row) => !isMine(row));
	if (!mine?.taken_at) {
		const before = others.filter((row) => !mine || row.taken_at || (row.id ?? 0) < (mine.id ?? 0));
		const [holder] = [...before.filter((row) => row.taken_at), ...before];
		if (holder || !mine) return { verdict: 'yields', holder: holder ?? null };
		return { verdict: 'free', take: { ...leaseRow(state, input), taken_at: now } };
	}
	const held = new Set([mine, ...others].map((row) => row.run_id));
	return {
		verdict: 'held',
		abandoned: input.openRuns
			.filter((row) => row.gp_company === state.company && row.dry_run === state.dryRun)
			.filter((row) => !held.has(row.run_id))
			.map((row) => abandoned(row, now)),
	};
}

/** Runs that read one GP server at once, of whatever companies and on whatever workers of n8n. */
export const RUNS_AT_ONE_GP = 3;

/** So long a run waits for the others, then it reads all the same: a first load takes hours. */
const MOST_MINUTES_IN_LINE = 10;

/**
 * Runs that are before this one at its GP server while it may not read; none: it is its turn. Runs take turns
 * in the order in which they asked for their leases. Each looks only at those before it, so that of all that wait
 * one can always go; and a row that PostgreSQL shows late lets one run too many in, no more.
 *
 * @param leases rows of all companies, the own one included
 */
export function beforeAtGp(
	state: Pick<RunState, 'runId' | 'gpServer' | 'gpRuns'>,
	leases: readonly LeaseRow[],
	now: string,
): LeaseRow[] {
	const { runId, gpServer, gpRuns = RUNS_AT_ONE_GP } = state;
	const mine = leases.find((row) => row.run_id === runId);
	// Without its row the run has lost its lease; it hears of that when the batch begins.
	if (!gpServer || !mine) return [];
	const waitedMs = Date.parse(now) - Date.parse(mine.taken_at);
	if (!(waitedMs < MOST_MINUTES_IN_LINE * 60_000)) return [];
	const before = leases.filter(
		(row) =>
			row.gp_server === gpServer && row.until > now && Number(row.id ?? 0) < Number(mine.id ?? 0),
	);
	return before.length < gpRuns ? [] : before;
}

/** Counts of a run that say that something of it stands in Procore. */
const SENT = ['created', 'updated', 'adopted', 'voided'] as const;

/**
 * Why a run may not begin, or null: its workflow synced another company so far, and not this one. More
 * likely the id in the credential was changed than a second company begun, and each vendor, which Procore
 * never deletes, and each document would be made a second time under the new id.
 *
 * @param others newest runs of this workflow of other companies
 * @param begun a stream of this company was read before
 */
export function companyChanged(
	{ company, companyNamed }: Pick<RunState, 'company' | 'companyNamed'>,
	others: ReadonlyArray<Pick<RunRow, 'gp_company' | 'dry_run' | 'status' | (typeof SENT)[number]>>,
	begun: boolean,
): string | null {
	// One that failed at its first step, as with a mistyped id, left nothing anywhere.
	const before = others.find(
		(row) => !row.dry_run && (wentThrough(row) || SENT.some((count) => Number(row[count]) > 0)),
	)?.gp_company;
	if (companyNamed || begun || before === undefined || before === company) return null;
	const why = sameGpKey(before, company)
		? 'rows of the tables are found by the id as it was spelled, and what waits would wait for ever'
		: 'every vendor and document would be made a second time in Procore';
	return tellFault({
		message: `This workflow has synced GP company ${before} so far, and its Dynamics GP credential says ${company} now: ${why}`,
		remedy: `Put ${before} back into Company Database ID of the credential. A second company has workflows and a credential of its own. If this workflow is to sync ${company} from now on, write ${company} into Company Database ID of its node "Open run".`,
		code: 'company-changed',
	});
}

/** The row of a run that does not begin: it leaves the field to another one, or something else is `wrong`. */
export function yieldedRow(
	state: RunState,
	holder: LeaseRow | null,
	input: { executionId: string; executionLink?: string; now: string },
	wrong: string | null = null,
): RunRow {
	return runRow(state, {
		...input,
		status: state.resumed || wrong ? 'failed' : 'skipped',
		finishedAt: input.now,
		error: wrong ?? heldBy(state, holder, input.now),
	});
}

/** Lengths of a lease beyond which one ends later than any clock beside n8n's own would have it. */
const NO_LEASE_LASTS = 3;

/** What a run says that does not begin. @param now of its own clock */
export function heldBy(state: RunState, holder: LeaseRow | null, now: string): string {
	if (holder === null)
		return `Another run asked for ${leaseCompany(state)} at the same moment and has ended since; this one was skipped.`;
	const since = holder.taken_at ? ` since ${holder.taken_at}` : '';
	const left = Date.parse(holder.until) - Date.parse(now);
	const longest = Math.max(leaseLength(state), LEASE_MINUTES * 60_000) * NO_LEASE_LASTS;
	// An end that is no time never comes.
	const ahead = !(left <= longest)
		? ' That is later than any lease lasts: the clock was ahead when it was taken. Where that execution does not run any more, delete its row in gpp_lease.'
		: '';
	return `Run ${holder.run_id} (execution ${holder.execution_id}) is at work for ${holder.gp_company}${since}; this one was skipped. If that run is dead, its lease ends at ${holder.until}.${ahead}`;
}

function abandoned(row: RunRow, now: string): RunRow {
	return {
		...ownCells(row),
		status: 'abandoned',
		finished_at: now,
		error: 'n8n exited before the run finished. What it had begun is taken up by the next run.',
	};
}
