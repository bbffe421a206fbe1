import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AuditEventRow, RunRow } from '../../lib/audit/event-row';
import { errorText, type Execution } from '../../sandbox/n8n/executions';
import { adminCall } from '../../sandbox/start/admin-call';
import { checkAudit } from '../../sandbox/start/audit-check';
import { RUN_NOW, type Session } from '../../sandbox/start/session';
import { readBooks } from '../../sandbox/start/sync-run';
import { TABLES } from '../../lib/tables/tables';
import { shippedTemplate } from '../harness/shipped-template';
import { finalState } from '../retry/final-state';
import type { Attempt, Failure, Match, RetryWorld, Row } from '../retry/world';
import { stopClock, submitForm, waitUntil } from './support';

const SYNC = shippedTemplate('sync').name;
const ERRORS = shippedTemplate('errors').name;

interface LogLine {
	execution: string;
	workflow: string;
	node: string;
}

/** Everything a run may change, as it was at one moment. */
interface Kept {
	tables: Array<{ name: string; rows: Row[] }>;
	records: unknown;
	journal: string;
}

/** Who starts a run and how it is retried. */
export interface Kind {
	by: 'hand' | 'form';
	retryWith: 'original workflow' | 'current workflow';
}

/** The world of the scenarios, in a real n8n with sandbox/n8n/fail-once.cjs loaded. */
export class N8nWorld implements RetryWorld {
	kind: Kind = { by: 'hand', retryWith: 'original workflow' };
	private kept: Kept = { tables: [], records: null, journal: '' };
	private journalFrom = 0;
	private logFrom = 0;
	/** Settings as they are without a scenario's changes. */
	private readonly shipped = new Map<string, Row>();
	/** Failures the errors workflow was told of since the scenario began. */
	private told = 0;

	/** @param control FAIL_ONCE_FILE of that n8n */
	constructor(
		private readonly session: Session,
		private readonly control: string,
	) {}

	async stopClock(): Promise<void> {
		await stopClock(this.session);
	}

	/** Remembers the world as it is. */
	async keep(): Promise<void> {
		const tables = [];
		for (const { name } of Object.values(TABLES)) {
			tables.push({ name, rows: (await this.rows(name)).map(withoutSystemColumns) });
		}
		const records = await this.procore('GET', '/admin/records');
		this.kept = { tables, records, journal: this.journal() };
	}

	/** Puts the world back to what is remembered. */
	async putBack(): Promise<void> {
		for (const { name, rows } of this.kept.tables) {
			await this.session.n8n.tables.clear(name);
			if (rows.length > 0) await this.insert(name, rows);
		}
		await this.procore('POST', '/admin/records', this.kept.records);
		await this.procore('POST', '/admin/clear-traffic', {});
		await this.breakGp([]);
		this.journalFrom = statSync(this.journalFile).size;
	}

	/** Empty tables, the workflow as shipped and a Procore as it is seeded; `keep` once something was prepared. */
	async beginAnew(): Promise<void> {
		for (const [node, parameters] of this.shipped.entries()) await this.settings(node, parameters);
		const tables = Object.values(TABLES).map(({ name }) => ({ name, rows: [] }));
		await this.procore('POST', '/admin/reset', {});
		const records = await this.procore('GET', '/admin/records');
		this.kept = { tables, records, journal: '' };
		await this.putBack();
	}

	async rows<One = Row>(table: string): Promise<One[]> {
		return await this.session.n8n.tables.rows<One>(table);
	}

	async insert(table: string, rows: Row[]): Promise<void> {
		await this.session.n8n.tables.insert(table, rows);
	}

	async update(table: string, match: Match, cells: Row): Promise<void> {
		if ((await this.session.n8n.tables.update(table, match, cells)) === 0)
			throw new Error(`No row of ${table} to change`);
	}

	async remove(table: string, match: Match): Promise<void> {
		await this.session.n8n.tables.delete(table, match);
	}

	async settings(node: string, parameters: Row): Promise<Row> {
		const { workflows } = this.session.n8n;
		const workflow = await workflows.get(this.session.workflowId);
		const one = workflow.nodes.find(({ name }) => name === node)!;
		const before = Object.fromEntries(
			Object.keys(parameters).map((name) => [name, one.parameters[name]]),
		);
		if (!this.shipped.has(node)) this.shipped.set(node, before);
		Object.assign(one.parameters, parameters);
		await workflows.save(workflow);
		await workflows.activate(workflow.id);
		return before;
	}

	gpServer(): string {
		return new URL(this.session.gp.url).host;
	}

	async documents(): Promise<string[]> {
		const documents = await adminCall<Array<{ documentType: number; voucher: string }>>(
			this.session.gp.adminUrl,
			'GET',
			'/documents',
		);
		return documents.map(({ documentType, voucher }) => `${documentType};${voucher}`);
	}

	async breakGp(addresses: string[]): Promise<void> {
		const faults = addresses.map((match) => ({ kind: 'truncatedJson', match }));
		await adminCall(this.session.gp.adminUrl, 'POST', '/faults', { faults });
	}

	async projects(): Promise<Record<string, string>> {
		const { projects } = await this.procore<{
			projects: Array<{ id: number; project_number: string }>;
		}>('GET', '/admin/state');
		return Object.fromEntries(projects.map((one) => [one.project_number, String(one.id)]));
	}

	fail(failures: Failure[]): void {
		this.await(failures.map((failure) => ({ ...failure, how: 'fail' })));
	}

	awaited(): Failure[] {
		return JSON.parse(readFileSync(this.control, 'utf8')) as Failure[];
	}

	ran(): string[] {
		const lines = this.log();
		this.logFrom += lines.length;
		this.told = 0;
		return lines.filter(({ workflow }) => workflow === SYNC).map(({ node }) => node);
	}

	async run(): Promise<Attempt> {
		return this.attempt(await this.start());
	}

	async runKilledAt(failure: Failure): Promise<void> {
		this.await([{ ...failure, how: 'hang' }]);
		await this.session.n8n.workflows.run(this.session.workflowId, RUN_NOW);
		await waitUntil('the moment to kill n8n', async () => this.awaited().length === 0);
		await this.session.killN8n();
		await this.session.restartN8n();
	}

	async finalState() {
		const rows = new Map<string, object[]>();
		for (const { name } of Object.values(TABLES)) rows.set(name, await this.rows(name));
		const { projects } = await this.procore<{
			projects: Array<{ project_number: string; directCosts: object[] }>;
		}>('GET', '/admin/state');
		return finalState({
			rows: (table) => rows.get(table)!,
			projects,
			vendors: await this.procore('GET', '/admin/vendors'),
			costCodes: await this.procore('GET', '/admin/cost-codes'),
			unexplained: (await readBooks(this.session)).unexplained,
		});
	}

	async audit() {
		return checkAudit({
			journal: this.journal(),
			events: await this.rows<AuditEventRow>('gpp_event'),
			runs: await this.rows<RunRow>('gpp_run'),
		});
	}

	/** Procore's limits: `learnt` ones are wide, and n8n hears of them from the answers of a first run. */
	async limits(how: 'learning' | 'learnt'): Promise<void> {
		await this.procore('PATCH', '/admin/switches', {
			hourlyLimit: { limit: 1_000_000, seconds: 3_600 },
			spikeLimit: how === 'learning' ? null : { limit: 240, seconds: 10 },
		});
	}

	private async start(): Promise<Execution> {
		const { executions, workflows } = this.session.n8n;
		if (this.kind.by === 'hand')
			return await executions.wait(await workflows.run(this.session.workflowId, RUN_NOW));
		await submitForm(this.session, 'gpp-sync-form', ['No, write to Procore']);
		// It does not say which execution it began.
		let begun: LogLine | undefined;
		await waitUntil('the run to begin', async () => {
			begun = this.log().find(({ workflow }) => workflow === SYNC);
			return begun !== undefined;
		});
		return await executions.wait(begun!.execution);
	}

	private attempt(execution: Execution): Attempt {
		return {
			error: execution.status === 'success' ? '' : errorText(execution) || execution.status,
			retry: async () => {
				const { executions } = this.session.n8n;
				// n8n tells nobody of what a person started by hand.
				if (execution.mode !== 'manual') await this.errorsWorkflow(++this.told);
				const current = this.kind.retryWith === 'current workflow';
				return this.attempt(await executions.retry(execution.id, current));
			},
		};
	}

	private await(failures: Array<Failure & { how: string }>): void {
		writeFileSync(this.control, JSON.stringify(failures));
	}

	/**
	 * Waits until the errors workflow has seen to so many failed runs since the scenario began, as it has
	 * by the time a person presses Retry. What it is told of single batches, it lets wait for longer.
	 */
	private async errorsWorkflow(runs: number): Promise<void> {
		const seeing = (node: string, lines: LogLine[]) =>
			lines.flatMap((line) =>
				line.workflow === ERRORS && line.node === node ? [line.execution] : [],
			);
		let ofRuns: string[] = [];
		await waitUntil('the errors workflow to hear of it', async () => {
			const lines = this.log();
			const begun = seeing('Runs, before', lines);
			const ofBatches = seeing('Let its run fail first', lines);
			ofRuns = seeing('A workflow failed', lines).filter(
				(id) => begun.includes(id) && !ofBatches.includes(id),
			);
			return ofRuns.length >= runs;
		});
		for (const id of ofRuns) await this.session.n8n.executions.wait(id);
	}

	/** A line for each node that ran since they were last asked for. */
	private log(): LogLine[] {
		const lines = readFileSync(`${this.control}.log`, 'utf8').split('\n').filter(Boolean);
		return lines.slice(this.logFrom).map((line) => {
			const [execution, workflow, node] = line.split('\t');
			return { execution, workflow, node };
		});
	}

	/** Of Procore's writes since the scenario began. */
	private journal(): string {
		return this.kept.journal + readFileSync(this.journalFile).subarray(this.journalFrom).toString();
	}

	private get journalFile(): string {
		return path.join(this.session.folder, 'procore.jsonl');
	}

	private async procore<T>(method: string, route: string, body?: unknown): Promise<T> {
		return await adminCall<T>(this.session.procore.adminUrl, method, route, body);
	}

	forget(): void {
		for (const file of [this.control, `${this.control}.log`]) rmSync(file, { force: true });
	}
}

function withoutSystemColumns({
	id: _id,
	createdAt: _created,
	updatedAt: _updated,
	...row
}: Row): Row {
	return row;
}
