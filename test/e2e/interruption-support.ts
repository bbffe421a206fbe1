import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { AuditEventRow, RunRow } from '../../lib/audit/event-row';
import { adminCall } from '../../sandbox/start/admin-call';
import { checkAudit, type AuditReport } from '../../sandbox/start/audit-check';
import { RUN_NOW, type Session } from '../../sandbox/start/session';
import { readBooks } from '../../sandbox/start/sync-run';
import { TABLES } from '../../lib/tables/tables';
import { syncedDirectCosts } from './support';

/** First loads one after the other in the same n8n, each beginning with empty tables and a fresh Procore. */
export class FirstLoads {
	private journalFrom = 0;

	constructor(readonly session: Session) {}

	async begin(): Promise<void> {
		const { tables } = this.session.n8n;
		for (const { name } of Object.values(TABLES)) await tables.clear(name);
		await adminCall(this.session.procore.adminUrl, 'POST', '/admin/reset', {});
		this.journalFrom = statSync(this.journalFile).size;
	}

	async start(): Promise<string> {
		const { n8n, workflowId } = this.session;
		return await n8n.workflows.run(workflowId, RUN_NOW);
	}

	/** A lease that ends at once: the next run need not wait until a killed one counts as dead. */
	async forgetLeases(): Promise<void> {
		const { workflows } = this.session.n8n;
		const workflow = await workflows.get(this.session.workflowId);
		const open = workflow.nodes.find((node) => node.name === 'Open run')!;
		open.parameters.leaseMinutes = 0.01;
		await workflows.save(workflow);
	}

	async audit(): Promise<AuditReport> {
		const { tables } = this.session.n8n;
		return checkAudit({
			journal: readFileSync(this.journalFile).subarray(this.journalFrom).toString(),
			events: await tables.rows<AuditEventRow>('gpp_event'),
			runs: await this.runs(),
		});
	}

	async runs(): Promise<RunRow[]> {
		return await this.session.n8n.tables.rows<RunRow>('gpp_run');
	}

	/** What must not depend on whether anything was interrupted. */
	async outcome() {
		const { tables } = this.session.n8n;
		const column = async (table: string, ...columns: string[]) =>
			(await tables.rows(table))
				.map((row) => columns.map((name) => String(row[name])).join(' · '))
				.sort();
		const costs = await syncedDirectCosts(this.session);
		const stripped = (text: string | null) => withoutProject(text ?? '');
		return {
			directCosts: costs
				.map((cost) => `${stripped(cost.origin_id)} ${cost.project} ${cost.grand_total}`)
				.sort(),
			parked: await column('gpp_parked', 'entity', 'gp_key', 'reason_code'),
			// How far back a reading overlaps depends on how long it took.
			watermarks: (await tables.rows<Record<string, string>>('gpp_watermark'))
				.map((row) => `${row.entity} ${row.modified_since.slice(0, 16)}`)
				.sort(),
			jobs: await column('gpp_project_crosswalk', 'gp_job'),
			accounts: await column('gpp_account_crosswalk', 'gp_account'),
			journal: await column('gpp_journal', 'batch_id'),
			leases: await column('gpp_lease', 'run_id'),
			unexplained: (await readBooks(this.session)).unexplained,
		};
	}

	private get journalFile(): string {
		return path.join(this.session.folder, 'procore.jsonl');
	}
}

/** A reset Procore gives its projects other ids. */
function withoutProject(originId: string): string {
	return originId.replace(/:P:\d+/, ':P');
}
