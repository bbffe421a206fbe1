import { runRow } from './run';
import type { LeaseRow, RunRow, RunState } from './types';

/**
 * So long a run may be silent before another one takes over. Longer than a batch takes, shorter than
 * the hour between two runs; a batch that waits longer for Procore's hourly limit gives way.
 */
export const LEASE_MINUTES = 30;

/** A dry run writes nothing to Procore, so it is in no real run's way: it has a lease of its own. */
export function leaseCompany(state: Pick<RunState, 'company' | 'dryRun'>): string {
	return state.dryRun ? `${state.company} (dry run)` : state.company;
}

/** The lease a run takes. */
export function leaseRow(state: RunState, input: { executionId: string; now: string }): LeaseRow {
	return {
		gp_company: leaseCompany(state),
		run_id: state.runId,
		execution_id: input.executionId,
		taken_at: input.now,
		until: leaseEnd({ minutes: state.leaseMinutes ?? LEASE_MINUTES, now: input.now }),
	};
}

/** UTC instant at which a lease ends that nobody renews. */
export function leaseEnd({ minutes, now }: { minutes: number; now: string }): string {
	return new Date(Date.parse(now) + minutes * 60_000).toISOString();
}

/**
 * Whether the run should renew its lease: a minute after it last did, or once a third of a shorter
 * lease is over. Not with each batch, because every write makes n8n measure all its tables on SQLite.
 */
export function isRenewalDue(state: RunState, leases: readonly LeaseRow[], now: string): boolean {
	const length = (state.leaseMinutes ?? LEASE_MINUTES) * 60_000;
	const own = leases.find((row) => row.run_id === state.runId);
	const left = own ? Date.parse(own.until) - Date.parse(now) : 0;
	return length - left >= Math.min(60_000, length / 3);
}

export interface LeaseClaim {
	/** The run that may go on: null = this one, which holds the lease now. */
	holder: LeaseRow | null;
	/** Leases nobody renewed in time. */
	expiredRowIds: number[];
	/** Runs still marked as running whose lease is gone: n8n was stopped or killed. Closed now. */
	abandoned: RunRow[];
}

/**
 * Who may write. Every run first adds its row and then reads them all: the oldest row that has not
 * expired wins. Tables have no unique constraint and an upsert of two runs at once would leave both
 * believing they hold it; of two rows added at once each side sees the older one.
 *
 * @param input.leases rows of this company, the own one included
 * @param input.openRuns rows of the runs table marked as running
 */
export function claimLease(input: {
	state: RunState;
	leases: readonly LeaseRow[];
	openRuns: ReadonlyArray<RunRow & { id?: number }>;
	now: string;
}): LeaseClaim {
	const { state, now } = input;
	const mine = (row: { run_id: string }) => row.run_id === state.runId;
	const ofCompany = input.leases.filter((row) => row.gp_company === leaseCompany(state));
	const alive = ofCompany.filter((row) => mine(row) || row.until > now);
	const [oldest] = [...alive].sort((left, right) => (left.id ?? 0) - (right.id ?? 0));
	const holder = oldest && !mine(oldest) ? oldest : null;
	const held = new Set(alive.map((row) => row.run_id));
	return {
		holder,
		expiredRowIds: ofCompany.flatMap((row) =>
			alive.includes(row) || row.id === undefined ? [] : [row.id],
		),
		abandoned: input.openRuns
			.filter((row) => row.gp_company === state.company && row.dry_run === state.dryRun)
			.filter((row) => !held.has(row.run_id) && !mine(row))
			.map(({ id: _id, ...row }) => abandoned(row, now)),
	};
}

/** The row of a run that leaves the field to another one. */
export function yieldedRow(
	state: RunState,
	holder: LeaseRow,
	input: { executionId: string; executionLink?: string; now: string },
): RunRow {
	return runRow(state, {
		...input,
		status: state.resumed ? 'failed' : 'yielded',
		finishedAt: input.now,
		error: heldBy(holder),
	});
}

export function heldBy(holder: LeaseRow): string {
	return `Run ${holder.run_id} (execution ${holder.execution_id}) is at work for ${holder.gp_company} since ${holder.taken_at}; this one left the field to it. If that run is dead, its lease ends at ${holder.until}.`;
}

/** Columns n8n adds by itself cannot be written back. */
function abandoned(row: RunRow, now: string): RunRow {
	const {
		createdAt: _created,
		updatedAt: _updated,
		...own
	} = row as RunRow & {
		createdAt?: unknown;
		updatedAt?: unknown;
	};
	return {
		...own,
		status: 'abandoned',
		finished_at: now,
		error:
			'The run stopped without a word: n8n was ended or killed while it ran. What it had begun is taken up by the next run.',
	};
}
