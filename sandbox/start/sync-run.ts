import type { Execution } from '../n8n/executions';
import { errorText } from '../n8n/executions';
import { adminCall } from './admin-call';
import {
	compareBooks,
	type BooksReport,
	type EventNote,
	type GpBookDocument,
	type ParkedNote,
	type ProcoreBookCost,
} from './books';
import { RUN_NOW, type Session } from './session';

export interface StreamCounts {
	created: number;
	updated: number;
	unchanged: number;
	adopted: number;
	failed: number;
}

/** The line `npm start -- --once` prints. */
export interface RunSummary {
	vendors: StreamCounts;
	costCodes: StreamCounts;
	directCosts: StreamCounts;
	parked: number;
	gpTotal: string;
	procoreTotal: string;
	difference: string;
	unexplained: string;
	executionStatus: string;
	seconds: number;
}

export interface SyncRun {
	execution: Execution;
	summary: RunSummary;
	books: BooksReport;
	/** Requests to the Procore stand-in other than reading, without the token. */
	writeRequests: number;
	/** What a person would read in the failed execution; empty when it succeeded. */
	error: string;
}

/** Presses "Execute workflow", waits for the end and looks at the books of both sides. */
export async function syncOnce(session: Session): Promise<SyncRun> {
	const started = Date.now();
	const writesBefore = await countWrites(session);
	const id = await session.n8n.workflows.run(session.workflowId, RUN_NOW);
	const execution = await session.n8n.executions.wait(id);
	const seconds = Math.round((Date.now() - started) / 100) / 10;
	return await describeRun(session, execution, { seconds, writesBefore });
}

/** What a finished execution did, and how the books stand now. */
export async function describeRun(
	session: Session,
	execution: Execution,
	measured: { seconds: number; writesBefore: number },
): Promise<SyncRun> {
	const { tables } = session.n8n;
	const books = await readBooks(session);
	const runs = await tables.rows<Record<string, unknown>>('gpp_run', {
		execution_id: execution.id,
	});
	const run = runs.at(-1) ?? {};
	return {
		execution,
		books,
		writeRequests: (await countWrites(session)) - measured.writesBefore,
		error: errorText(execution),
		summary: {
			vendors: streamCounts(run.vendors),
			costCodes: streamCounts(run.accounts),
			directCosts: streamCounts(run.payables),
			parked: (await tables.rows('gpp_parked')).length,
			gpTotal: books.gpTotal,
			procoreTotal: books.procoreTotal,
			difference: books.difference,
			unexplained: books.unexplained,
			executionStatus: execution.status,
			seconds: measured.seconds,
		},
	};
}

/** GP's books from its stand-in, Procore's from its own; the tables only for what they explain. */
export async function readBooks(session: Session): Promise<BooksReport> {
	const { tables } = session.n8n;
	const documents = await adminCall<GpBookDocument[]>(session.gp.adminUrl, 'GET', '/documents');
	const state = await adminCall<{ projects: Array<{ directCosts: ProcoreBookCost[] }> }>(
		session.procore.adminUrl,
		'GET',
		'/admin/state',
	);
	return compareBooks({
		company: session.company.databaseId,
		documents,
		directCosts: state.projects.flatMap((project) => project.directCosts),
		parked: await tables.rows<ParkedNote>('gpp_parked'),
		events: await tables.rows<EventNote>('gpp_event', { entity: 'payable' }),
	});
}

async function countWrites(session: Session): Promise<number> {
	const counters = await adminCall<{ writes: number }>(
		session.procore.adminUrl,
		'GET',
		'/admin/counters',
	);
	return counters.writes;
}

function streamCounts(cell: unknown): StreamCounts {
	const counts = (typeof cell === 'string' && cell !== '' ? JSON.parse(cell) : {}) as Record<
		string,
		number
	>;
	return {
		created: counts.created ?? 0,
		// A vendor set active again was changed in Procore like any other.
		updated: (counts.updated ?? 0) + (counts.reactivated ?? 0) + (counts.voided ?? 0),
		unchanged: counts.unchanged ?? 0,
		adopted: counts.adopted ?? 0,
		failed: counts.failed ?? 0,
	};
}
