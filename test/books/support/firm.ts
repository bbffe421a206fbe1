import { AccountBooks, type Comparison } from '../../../lib/reconcile/account-books';
import { fixRequests } from '../../../lib/reconcile/differences';
import type { Outcome } from '../../../lib/model/outcome';
import { WAITING_OUTCOMES } from '../../../lib/model/outcome';
import type {
	DesiredCostCode,
	DesiredDirectCost,
	DesiredVendor,
	Entity,
} from '../../../lib/model/desired';
import { EMPTY_WATERMARK, type Watermark } from '../../../lib/model/gp-changes';
import { createGpClient, type GpClient } from '../../../lib/gp/gp-client';
import type { GpRecord } from '../../../lib/model/gp-records';
import {
	type Crosswalk,
	type DeletedRecord,
	DELIVERED_UNTIL_0_3,
	type MappingInput,
	type MappingSettings,
} from '../../../lib/mapping/types';
import { mapRecords } from '../../../lib/mapping/map-records';
import { readDirectCostOriginId } from '../../../lib/model/keys';
import { createProcoreClient, type ProcoreClient } from '../../../lib/procore/procore-client';
import { syncCostCodes } from '../../../lib/sync/kinds/cost-code';
import { syncPayables } from '../../../lib/sync/payables/sync-payables';
import type { SyncOptions } from '../../../lib/sync/sync-run';
import { syncVendors } from '../../../lib/sync/kinds/vendor';
import {
	evidenceOf,
	standsAsSent,
} from '../../../nodes/GpToProcore/actions/reconciliation/evidence';
import { takeGpSide } from '../../../nodes/GpToProcore/actions/reconciliation/gp-side';
import {
	readNames,
	takeProcoreSide,
} from '../../../nodes/GpToProcore/actions/reconciliation/procore-side';
import { startGpServer, type GpStandIn } from '../../../sandbox/gp/server/start-gp-server';
import { startProcoreServer, type ProcoreStandIn } from '../../../sandbox/procore/server';
import { compareBooks, type BooksReport, type EventNote } from '../../../sandbox/start/books';
import { plainHttp } from '../../gp/support/stand-in';
import { fakeClock } from '../../procore/support/fake-clock';
import { fetchTransport } from '../../procore/support/fetch-transport';

export interface FirmOptions {
	vendors: number;
	documents: number;
	seed?: string;
	settings?: Partial<MappingSettings>;
	sync?: Partial<SyncOptions>;
}

/** A record to be read again, as a row of gpp_request names it. */
export interface Asked {
	entity: Entity;
	key: string;
	/** Asked for by the reconciliation: written whole. */
	rewrite?: boolean;
}

const PARTS: Entity[] = ['vendor', 'account', 'payable'];

/**
 * A contractor with both systems and everything between them but n8n: what the workflow keeps in
 * tables stands in fields here. Fast enough to run the books through many policies.
 */
export class Firm {
	readonly crosswalk: Crosswalk = { projects: [], accounts: [], vendors: [] };
	readonly parked = new Map<string, { entity: Entity; record: GpRecord; outcome: Outcome }>();
	readonly events: EventNote[] = [];
	/** Touches of the latest event of each record. */
	private readonly touches = new Map<string, { asked: Asked; touches: string }>();
	private readonly sentTo = new Map<string, Set<string>>();
	private readonly watermarks = new Map<Entity, Watermark>();
	private runs = 0;

	private constructor(
		readonly gp: GpStandIn,
		readonly procore: ProcoreStandIn,
		private readonly http: ReturnType<typeof plainHttp>,
		private readonly gpClient: GpClient,
		private readonly client: ProcoreClient,
		private readonly settings: MappingSettings,
		private readonly sync: Partial<SyncOptions>,
	) {}

	static async open(options: FirmOptions): Promise<Firm> {
		const clock = fakeClock();
		const gp = await startGpServer({
			switches: { authMode: 'none' },
			company: {
				vendorCount: options.vendors,
				documentCount: options.documents,
				...(options.seed ? { seed: options.seed } : {}),
			},
		});
		const procore = await startProcoreServer({ now: clock.now, sleep: clock.sleep });
		const http = plainHttp();
		const { displayName, databaseId } = gp.company.options;
		const gpClient = createGpClient({
			site: {
				serviceAddress: gp.url,
				tenant: 'DefaultTenant',
				company: displayName,
				companyId: databaseId,
				profileName: 'sba',
			},
			http,
			effects: clock,
			throttle: { gapMs: 0 },
		});
		const { url, clientId, clientSecret } = procore;
		const client = createProcoreClient({
			transport: fetchTransport({ loginUrl: url, clientId, clientSecret }),
			apiBaseUrl: url,
			companyId: String(procore.companyId),
			effects: clock,
		});
		const settings = { ...DELIVERED_UNTIL_0_3, ...options.settings };
		return new Firm(gp, procore, http, gpClient, client, settings, options.sync ?? {});
	}

	/** What one run of the sync does; `asked` are records to read again. */
	async run(asked: readonly Asked[] = []): Promise<Outcome[]> {
		const run = `run ${++this.runs}`;
		const all: Outcome[] = [];
		for (const entity of PARTS) {
			for (const one of asked) {
				if (one.entity === entity) all.push(...(await this.askAgain(one, run)));
			}
			let cursor: string | null = null;
			do {
				const watermark = this.watermarks.get(entity) ?? EMPTY_WATERMARK;
				const batch = await this.gpClient.readChanges(entity, { watermark, limit: 500, cursor });
				const known = await this.gpClient.withAccountFacts(batch.records);
				all.push(...(await this.bring(entity, known, run)));
				this.watermarks.set(entity, batch.checkpoint.watermark);
				({ cursor } = batch.checkpoint);
			} while (cursor !== null);
			const waiting = [...this.parked.values()].filter((one) => one.entity === entity);
			all.push(
				...(await this.bring(
					entity,
					waiting.map(({ record }) => record),
					run,
				)),
			);
		}
		return all;
	}

	private async askAgain({ entity, key, rewrite }: Asked, run: string): Promise<Outcome[]> {
		const { records: found, gone } = await this.gpClient.readByKeys(entity, [key]);
		const records = await this.gpClient.withAccountFacts(found);
		const company = this.gp.company.options.databaseId;
		const deleted = gone.map((one): DeletedRecord => ({ company, entity, key: one }));
		return await this.bring(entity, records, run, { rewrite, deleted });
	}

	/** Records a changed crosswalk row concerns, e.g. "|J:300|". */
	affected(token: string): Asked[] {
		return [...this.touches.values()]
			.filter(({ touches }) => touches.includes(token))
			.map(({ asked }) => asked);
	}

	/** One batch: mapped, synced, and remembered as the tables of the workflow would. */
	private async bring(
		entity: Entity,
		records: GpRecord[],
		run: string,
		{ rewrite = false, deleted = [] }: { rewrite?: boolean; deleted?: DeletedRecord[] } = {},
	): Promise<Outcome[]> {
		const mapped = mapRecords({ ...this.mappingInput(), records, deleted });
		const options: SyncOptions = { dryRun: false, cacheKey: run, rewrite, ...this.sync };
		const { desired } = mapped;
		const synced =
			entity === 'vendor'
				? await syncVendors(this.client, desired as DesiredVendor[], options)
				: entity === 'account'
					? await syncCostCodes(this.client, desired as DesiredCostCode[], options)
					: await syncPayables(this.client, desired as DesiredDirectCost[], options);
		const outcomes = [...mapped.notSent, ...synced];
		this.crosswalk.projects.push(...mapped.newJobs);
		this.crosswalk.accounts.push(...mapped.newAccounts);
		this.remember(entity, records, outcomes, run, deleted);
		return outcomes;
	}

	private remember(
		entity: Entity,
		records: GpRecord[],
		outcomes: Outcome[],
		run: string,
		deleted: DeletedRecord[],
	): void {
		for (const { key } of [...records, ...deleted]) this.parked.delete(`${entity} ${key}`);
		const recordOf = new Map(records.map((record) => [record.key, record]));
		for (const outcome of outcomes) {
			const { key, amount, touches } = outcome.source;
			const record = recordOf.get(key);
			if (record && WAITING_OUTCOMES.includes(outcome.outcome)) {
				this.parked.set(`${entity} ${key}`, { entity, record, outcome });
			}
			if (touches) this.touches.set(`${entity} ${key}`, { asked: { entity, key }, touches });
			if (entity !== 'payable') continue;
			const { procore } = outcome;
			if (procore?.projectId && procore.id) {
				this.sentTo.set(key, (this.sentTo.get(key) ?? new Set()).add(procore.projectId));
			}
			if (outcome.outcome === 'unchanged') continue;
			this.events.push({
				id: this.events.length + 1,
				run_id: run,
				entity,
				gp_key: key,
				outcome: outcome.outcome,
				gp_amount: amount ?? '',
				dry_run: false,
			});
		}
	}

	private mappingInput(): Omit<MappingInput, 'records'> {
		return {
			crosswalk: this.crosswalk,
			projects: this.procore.state.projects.all().map((project) => ({
				id: String(project.id),
				name: project.name,
				projectNumber: project.project_number,
			})),
			settings: this.settings,
			earlierProjects: Object.fromEntries(
				[...this.sentTo].map(([key, projects]) => [key, [...projects]]),
			),
		};
	}

	/** The comparison of the product. */
	async compare(options: { from?: string; to?: string } = {}): Promise<Comparison> {
		const company = this.gp.company.options.databaseId;
		const names = await readNames(this.client);
		const books = new AccountBooks({
			by: [['projectId'], ['projectId', 'costCode'], ['vendor'], ['month']],
			...options,
			documentOf: (originId) => {
				const origin = readDirectCostOriginId(originId);
				return origin?.company === company ? origin.key : null;
			},
			vendorOf: ({ vendorId, vendorOriginId }) => vendorId ?? names.vendorKey(vendorOriginId ?? ''),
			evidenceOf,
			standsAsSent,
			parked: new Map(
				[...this.parked.values()]
					.filter(({ entity }) => entity === 'payable')
					.map(({ outcome }) => [outcome.source.key, outcome.reason!]),
			),
		});
		const { earlierProjects: _sent, ...input } = this.mappingInput();
		await takeGpSide(books, this.gpClient, input, company, {
			months: options,
			vendorKey: names.vendorKey,
		});
		await takeProcoreSide(
			books,
			this.client,
			names.projects.map(({ id }) => id),
		);
		return books.finish();
	}

	/** What the comparison asks the next run to mend. */
	fixes({ differences }: Comparison, drift: 'overwrite' | 'keep' = 'overwrite'): Asked[] {
		const company = this.gp.company.options.databaseId;
		const now = '2026-07-01T00:00:00.000Z';
		const given = { company, drift, now, requestedBy: 'test' };
		return fixRequests(differences, given).map(({ gp_key }) => ({
			entity: 'payable',
			key: gp_key,
			rewrite: true,
		}));
	}

	/** Both books without any help from the product. */
	referee(): BooksReport {
		// Finance charges that were sent as expenses are none of the referee's cost documents.
		const isFinanceCharge = (originId: unknown) => /:PM:2:/.test(String(originId));
		return compareBooks({
			company: this.gp.company.options.databaseId,
			documents: [...this.gp.company.documents.values()],
			directCosts: this.procore
				.snapshot()
				.projects.flatMap((project) => project.directCosts)
				.filter((cost) => !isFinanceCharge(cost.origin_id)) as never,
			parked: [...this.parked.values()].map(({ entity, outcome }) => ({
				entity,
				gp_key: outcome.source.key,
			})),
			events: this.events,
		});
	}

	get calls(): { gp: number; procore: number; writes: number } {
		const { calls, writes } = this.client.counters;
		return { gp: this.gpClient.counters.requests, procore: calls, writes };
	}

	async close(): Promise<void> {
		this.http.close();
		await Promise.all([this.gp.close(), this.procore.close()]);
	}
}
