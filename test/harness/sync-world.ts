import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { AuditEventRow, RunRow } from '../../lib/audit/event-row';
import type { CompanyOptions } from '../../sandbox/gp/company/company';
import { SANDBOX_ACCOUNT } from '../../sandbox/gp/ntlm/directory';
import { startGpServer, type GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import { startProcoreServer, type ProcoreStandIn } from '../../sandbox/procore/server';
import { SECOND_SEED } from '../../sandbox/procore/state/second-seed';
import { checkAudit } from '../../sandbox/start/audit-check';
import { compareBooks } from '../../sandbox/start/books';
import { finalState, type FinalState } from '../retry/final-state';
import { stopRunningAhead } from './hasty-effects';
import { MemoryDataTables } from './memory-data-tables';
import { runWorkflow, type WorkflowFile, type WorkflowRun } from './run-workflow';
import { shippedTemplate, withPlaces } from './shipped-template';

/** The shipped file. */
export const template = JSON.parse(
	readFileSync(path.join(__dirname, '../../workflows/gp-to-procore-sync.json'), 'utf8'),
) as WorkflowFile;

/** Both stand-ins and empty tables, in which the shipped sync template runs in n8n's own engine. */
export class SyncWorld {
	readonly tables = new MemoryDataTables();
	workflow = withPlaces(template);
	private constructor(
		readonly gp: GpStandIn,
		readonly procore: ProcoreStandIn,
		private readonly folder: string,
		readonly credentials: Record<string, Record<string, string>>,
	) {}

	static async open(
		company: Pick<CompanyOptions, 'vendorCount' | 'documentCount'> & Partial<CompanyOptions>,
	): Promise<SyncWorld> {
		const folder = mkdtempSync(path.join(os.tmpdir(), 'gp-to-procore-world-'));
		const gp = await startGpServer({ company });
		// Limits are a matter of the client's own tests; here they would only make the run wait.
		const procore = await startProcoreServer({
			switches: { spikeLimit: null, hourlyLimit: null },
			stateFile: path.join(folder, 'procore.jsonl'),
			...(company.layout === 'second' ? { seed: SECOND_SEED } : {}),
		});
		return new SyncWorld(gp, procore, folder, {
			dynamicsGpApi: {
				serviceAddress: gp.url,
				tenant: 'DefaultTenant',
				company: gp.company.options.displayName,
				companyId: gp.company.options.databaseId,
				authentication: 'windows',
				...SANDBOX_ACCOUNT,
			},
			procoreOAuth2Api: {
				grantType: 'clientCredentials',
				environment: 'custom',
				loginAddress: procore.url,
				apiAddress: procore.url,
				companyId: String(procore.companyId),
				clientId: procore.clientId,
				clientSecret: procore.clientSecret,
			},
		});
	}

	/** Opened, with the clock of GP at now, and all of it synced. */
	static async synced(company: Parameters<typeof SyncWorld.open>[0]): Promise<SyncWorld> {
		const world = await SyncWorld.open(company);
		world.gp.setClock(Date.now());
		await world.sync();
		return world;
	}

	async close(): Promise<void> {
		await this.gp.close();
		await this.procore.close();
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** A lease that ends at once: the next run need not wait until a killed one counts as dead. */
	forgetLeases(): void {
		this.parameters('Open run').leaseMinutes = 0.000_01;
	}

	parameters(node: string): Record<string, unknown> {
		return this.workflow.nodes.find((one) => one.name === node)!.parameters;
	}

	async run(trigger = 'Run now', triggerItems?: object[]): Promise<WorkflowRun> {
		stopRunningAhead();
		return await runWorkflow({
			workflow: this.workflow,
			trigger,
			triggerItems: triggerItems as never,
			credentials: this.credentials,
			tables: this.tables,
		});
	}

	/** Runs the sync to its end; throws what ended it before. */
	async sync(...how: Parameters<SyncWorld['run']>): Promise<WorkflowRun> {
		const run = await this.run(...how);
		if (run.error) throw run.error;
		return run;
	}

	/** A page of the shipped dashboard over these tables, as HTML. */
	async page(query: Record<string, string>): Promise<string> {
		const visited = await runWorkflow({
			workflow: shippedTemplate('dashboard'),
			trigger: 'Page opened',
			triggerItems: [{ headers: {}, query, body: {} }] as never,
			tables: this.tables,
		});
		if (visited.error) throw visited.error;
		return String(visited.items('Send page')[0]?.html);
	}

	runs(): RunRow[] {
		return this.tables.rows<RunRow>('gpp_run');
	}

	events(): AuditEventRow[] {
		return this.tables.rows<AuditEventRow>('gpp_event');
	}

	/** Direct costs in Procore that came from GP, as far as a reader sees them. */
	directCosts() {
		return this.procore
			.snapshot()
			.projects.flatMap((project) => project.directCosts)
			.filter((cost) => cost.origin_id);
	}

	/** Of those, the ones of the invoice with this voucher number. */
	costsOf(voucher: string) {
		return this.directCosts().filter(({ origin_id }) => origin_id!.includes(`:1:${voucher}:P:`));
	}

	books() {
		return compareBooks({
			company: this.gp.company.options.databaseId,
			documents: [...this.gp.company.documents.values()],
			directCosts: this.procore.snapshot().projects.flatMap((one) => one.directCosts) as never,
			parked: this.tables.rows('gpp_parked'),
			events: this.tables.rows('gpp_event'),
		});
	}

	/** Each write to Procore against its event. */
	audit() {
		return checkAudit({
			journal: readFileSync(path.join(this.folder, 'procore.jsonl'), 'utf8'),
			events: this.events(),
			runs: this.runs(),
		});
	}

	/** What must not depend on whether anything was interrupted. */
	outcome(): FinalState {
		return finalState({
			rows: (table) => this.tables.rows(table),
			projects: this.procore.snapshot().projects,
			vendors: this.procore.state.vendors.all(),
			costCodes: this.procore.state.costCodes.all(),
			unexplained: this.books().unexplained,
		});
	}
}
