import type { Outcome } from '../../lib/model/outcome';
import type {
	DesiredCostCode,
	DesiredDirectCost,
	DesiredVendor,
	Entity,
} from '../../lib/model/desired';
import { EMPTY_WATERMARK } from '../../lib/model/gp-changes';
import type { GpClient } from '../../lib/gp/gp-client';
import { mapRecords } from '../../lib/mapping/map-records';
import type { MappingSettings, ProjectCandidate } from '../../lib/mapping/types';
import type { ProcoreClient } from '../../lib/procore/procore-client';
import { syncPayables } from '../../lib/sync/payables/sync-payables';
import { syncCostCodes } from '../../lib/sync/kinds/cost-code';
import { syncVendors } from '../../lib/sync/kinds/vendor';
import type { GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import type { ProcoreStandIn } from '../../sandbox/procore/server';
import { checkAudit } from '../../sandbox/start/audit-check';
import { compareBooks } from '../../sandbox/start/books';
import type { Tables } from './tables';

/** What is wrong once the faults have stopped; nothing is, where all is 0 and empty. */
export interface Verdict {
	/** Records that should stand in Procore otherwise, or of which nobody knows anything. */
	lost: number;
	/** Records that stand there twice. */
	duplicated: number;
	/** Dollars and cents. */
	unexplained: string;
	/** One line for each thing that is wrong. */
	faults: string[];
}

export interface Evidence {
	tables: Tables;
	gp: GpClient;
	procore: ProcoreClient;
	gpStandIn: GpStandIn;
	procoreStandIn: ProcoreStandIn;
	/** What the Procore stand-in noted of every write. */
	journal: string;
	settings: MappingSettings;
	projects: ProjectCandidate[];
	now: number;
}

export async function examine(evidence: Evidence): Promise<Verdict> {
	const lost = [...(await notAsDesired(evidence)), ...unaccounted(evidence)];
	const twice = standingTwice(evidence);
	const books = referee(evidence);
	const audit = checkAudit({
		journal: evidence.journal,
		events: evidence.tables.events.read(),
		runs: evidence.tables.runs.read(),
	});
	const trail = (['missing', 'doubled', 'invented', 'broken'] as const).flatMap((kind) =>
		audit[kind].map((what) => `audit ${kind}: ${what}`),
	);
	const left = [
		...evidence.tables.leases.read().map(({ run_id }) => `lease of ${run_id} left over`),
		...evidence.tables.journal.read().map((row) => `journal row ${row.batch_id} left over`),
		...evidence.tables.requests.read().map((row) => `request of ${row.gp_key} not answered`),
		...evidence.tables.runs
			.read(({ status }) => status === 'running')
			.map(({ run_id }) => `run ${run_id} never closed`),
	];
	return {
		lost: lost.length,
		duplicated: twice.length,
		unexplained: books.unexplained,
		faults: [
			...lost,
			...twice,
			...books.suspects.map((key) => `books: ${key} is not explained`),
			...trail,
			...left,
		],
	};
}

/** All of GP read from the beginning, mapped, and compared with Procore by a dry run. */
async function notAsDesired(evidence: Evidence): Promise<string[]> {
	const { gp, procore, tables } = evidence;
	const wrong: string[] = [];
	for (const entity of ['vendor', 'account', 'payable'] as const) {
		const { records, faults } = await gp.readChanges(entity, {
			watermark: EMPTY_WATERMARK,
			limit: 100_000,
			cursor: null,
		});
		for (const { key } of faults ?? []) wrong.push(`${entity} ${key} cannot be read`);
		const { desired, notSent } = mapRecords({
			records,
			crosswalk: {
				projects: tables.projects.read(),
				accounts: tables.accounts.read(),
				vendors: [],
			},
			projects: evidence.projects,
			settings: evidence.settings,
		});
		const options = { dryRun: true, cacheKey: `examined ${evidence.now}` };
		const outcomes: Outcome[] =
			entity === 'vendor'
				? await syncVendors(procore, desired as DesiredVendor[], options)
				: entity === 'account'
					? await syncCostCodes(procore, desired as DesiredCostCode[], options)
					: await syncPayables(procore, desired as DesiredDirectCost[], options);
		const waits = waiting(evidence, entity);
		for (const { outcome, source, reason } of [...outcomes, ...notSent]) {
			if (['unchanged', 'skipped'].includes(outcome)) continue;
			const known = ['parked', 'failed', 'conflict', 'locked'].includes(outcome);
			if (known && waits.has(source.key)) continue;
			wrong.push(`${entity} ${source.key} would be ${outcome} (${reason?.message ?? 'no reason'})`);
		}
	}
	return wrong;
}

function waiting({ tables }: Evidence, entity: Entity): Set<string> {
	return new Set(tables.parked.read((row) => row.entity === entity).map(({ gp_key }) => gp_key));
}

/** GP's rows, as the database has them, that are neither in Procore, nor wait, nor were left out aloud. */
function unaccounted(evidence: Evidence): string[] {
	const { tables, gpStandIn, procoreStandIn } = evidence;
	const { company } = gpStandIn;
	const { projects } = procoreStandIn.snapshot();
	const inProcore = new Set(
		projects
			.flatMap(({ directCosts }) => directCosts)
			.flatMap(({ origin_id }) => {
				const [, , , type, voucher] = String(origin_id ?? '').split(':');
				return voucher ? [`${type};${voucher}`] : [];
			}),
	);
	const leftOut = new Set(
		tables.events
			.read((row) => row.entity === 'payable' && ['skipped', 'voided'].includes(row.outcome))
			.map(({ gp_key }) => gp_key),
	);
	const waits = waiting(evidence, 'payable');
	const { unposted } = evidence.settings;
	return [...company.documents.values()].flatMap((document) => {
		const key = `${document.documentType};${document.voucher.trim()}`;
		if (document.state === 'work' && unposted === 'leave') return [];
		return inProcore.has(key) || leftOut.has(key) || waits.has(key)
			? []
			: [`payable ${key}: nobody knows of it`];
	});
}

function standingTwice({ procoreStandIn }: Evidence): string[] {
	const { projects } = procoreStandIn.snapshot();
	const twice: string[] = [];
	const once = (what: string, ids: ReadonlyArray<string | null | undefined>) => {
		const seen = new Set<string>();
		for (const id of ids) {
			if (!id) continue;
			if (seen.has(id)) twice.push(`${what} ${id} stands twice`);
			seen.add(id);
		}
	};
	const { state } = procoreStandIn;
	once(
		'vendor',
		state.vendors.all().map(({ origin_id }) => origin_id),
	);
	once(
		'cost code',
		state.costCodes.all().map(({ origin_id }) => origin_id),
	);
	for (const { project_number, directCosts } of projects) {
		const numbers = directCosts.filter((cost) => cost.origin_id && cost.status !== 'draft');
		once(
			`direct cost of project ${project_number}`,
			directCosts.map(({ origin_id }) => origin_id),
		);
		once(
			`invoice number of project ${project_number}`,
			numbers.map((cost) => cost.invoice_number && `${cost.vendor_name} ${cost.invoice_number}`),
		);
	}
	return twice;
}

/** Both books without any help from the product. */
function referee({ tables, gpStandIn, procoreStandIn }: Evidence) {
	const { projects } = procoreStandIn.snapshot();
	return compareBooks({
		company: gpStandIn.company.options.databaseId,
		documents: [...gpStandIn.company.documents.values()],
		directCosts: projects.flatMap(({ directCosts }) => directCosts) as never,
		parked: tables.parked.read(),
		events: tables.events.read() as never,
	});
}
