import { TABLES } from '../../lib/tables/tables';
import type { Attempt, Failure, Match, RetryWorld, Row } from '../retry/world';
import { Interruptions } from './interruptions';
import type { WorkflowRun } from './run-workflow';
import { fillTable } from './shipped-template';
import type { SyncWorld } from './sync-world';

/** The world of the scenarios, in n8n's engine in this process. */
export class EngineWorld implements RetryWorld {
	private interruptions = new Interruptions();

	constructor(private readonly world: SyncWorld) {
		for (const table of Object.values(TABLES)) fillTable(world.tables, table);
	}

	async rows<One = Row>(table: string): Promise<One[]> {
		return this.world.tables.rows<One>(table);
	}

	async insert(table: string, rows: Row[]): Promise<void> {
		this.world.tables.insert(table, rows as never);
	}

	async update(table: string, match: Match, cells: Row): Promise<void> {
		// n8n's clock must have moved since the row was added, as a person's has.
		await new Promise((resolve) => setTimeout(resolve, 2));
		if (this.world.tables.update(table, matching(match), cells as never) === 0)
			throw new Error(`No row of ${table} to change`);
	}

	async remove(table: string, match: Match): Promise<void> {
		this.world.tables.delete(table, matching(match));
	}

	async settings(node: string, parameters: Row): Promise<Row> {
		const one = this.world.workflow.nodes.find(({ name }) => name === node)!;
		const before = { ...one.parameters };
		one.parameters = { ...before, ...parameters } as never;
		for (const name of Object.keys(parameters)) {
			if (!(name in before)) before[name] = undefined as never;
		}
		return before;
	}

	gpServer(): string {
		return new URL(this.world.gp.url).host;
	}

	async documents(): Promise<string[]> {
		return [...this.world.gp.company.documents.values()].map(
			({ documentType, voucher }) => `${documentType};${voucher}`,
		);
	}

	async breakGp(addresses: string[]): Promise<void> {
		this.world.gp.faults.set(addresses.map((match) => ({ kind: 'truncatedJson', match })));
	}

	async projects(): Promise<Record<string, string>> {
		return Object.fromEntries(
			this.world.procore.state.projects
				.all()
				.map(({ project_number, id }) => [project_number, String(id)]),
		);
	}

	fail(failures: Failure[]): void {
		this.interruptions.end();
		this.interruptions = new Interruptions({ at: failures, how: 'fail' });
	}

	awaited(): Failure[] {
		return this.interruptions.awaited;
	}

	ran(): string[] {
		return this.interruptions.nodes.splice(0);
	}

	async run(): Promise<Attempt> {
		return attempt(await this.world.run());
	}

	async runKilledAt(failure: Failure): Promise<void> {
		this.interruptions.end();
		const killing = new Interruptions({ at: [failure], how: 'kill' });
		void this.world.run();
		await killing.killed;
		killing.end();
	}

	async finalState() {
		return this.world.outcome();
	}

	async audit() {
		return this.world.audit();
	}

	async close(): Promise<void> {
		this.interruptions.end();
		await this.world.close();
	}
}

function attempt(run: WorkflowRun): Attempt {
	return {
		error: run.error?.message ?? '',
		retry: async () => attempt(await run.retry()),
	};
}

const matching = (match: Match) => (row: Row) =>
	Object.entries(match).every(([column, value]) => row[column] === value);
