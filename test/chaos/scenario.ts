import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { deletedRequests } from '../../lib/run/requests/make-requests';
import { GpListNotProven } from '../../lib/gp/errors/gp-error';
import { deletedKeys } from '../../lib/gp/reading/read-records';
import type { RunState } from '../../lib/audit/event-row';
import { createGpClient, type GpClient } from '../../lib/gp/gp-client';
import { DELIVERED_UNTIL_0_3, type MappingSettings } from '../../lib/mapping/types';
import { createProcoreClient, type ProcoreClient } from '../../lib/procore/procore-client';
import { SeededRandom } from '../../sandbox/gp/company/seeded-random';
import { startGpServer, type GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import { startProcoreServer, type ProcoreStandIn } from '../../sandbox/procore/server';
import { editsHeardOf } from '../books/support/random-edits';
import { plainHttp } from '../gp/support/stand-in';
import { fakeClock } from '../procore/support/fake-clock';
import { fetchTransport } from '../procore/support/fetch-transport';
import { examine, type Verdict } from './examine';
import { badGpHttp, badProcore, Weather } from './faults';
import { Killed, Life } from './life';
import { siteOf, type Site } from './site';
import { runSync, type RunEnd, type SyncParts } from './sync';
import { Tables } from './tables';

const HOUR = 3_600_000;
/** Runs under faults before the calm. */
const MOST_BAD_RUNS = 5;
/** A first load takes about three hundred steps, a later run about a hundred. */
const LAST_KILL = 400;

export interface ScenarioResult extends Verdict {
	seed: string;
	/** What happened, line by line, for a person who replays a seed. */
	story: string[];
	/** How often each fault was really met. */
	hits: ReadonlyMap<string, number>;
}

/**
 * A company with both systems lives through some bad days: runs under faults, kills and retries, with
 * edits of GP between and during them. Then the faults stop, two runs follow, and everything must be
 * where it belongs. Everything comes from the seed, so that a failing one replays exactly.
 */
export async function playScenario(seed: string): Promise<ScenarioResult> {
	const world = await World.open(seed);
	try {
		return { seed, story: world.story, hits: world.hits, ...(await world.play()) };
	} finally {
		await world.close();
	}
}

class World {
	readonly story: string[] = [];
	private readonly tables = new Tables();
	private readonly weather: Weather;
	private readonly settings: MappingSettings;
	private runs = 0;
	private edits = 0;

	private constructor(
		private readonly seed: string,
		private readonly random: SeededRandom,
		private readonly site: Site,
		private readonly clock: ReturnType<typeof fakeClock>,
		private readonly gp: GpStandIn,
		private readonly procore: ProcoreStandIn,
		private readonly folder: string,
	) {
		this.settings = { ...DELIVERED_UNTIL_0_3, ...site.settings };
		this.weather = new Weather({
			random,
			share: 0,
			clock,
			editGp: () => this.edit(1),
			loseTokens: () => this.procore.tokens.expireAll(),
			note: (fault) => this.story.push(`    ${fault}`),
		});
	}

	get hits(): ReadonlyMap<string, number> {
		return this.weather.hits.counts;
	}

	static async open(seed: string): Promise<World> {
		const random = new SeededRandom(`chaos ${seed}`);
		const site = siteOf(random);
		const clock = fakeClock();
		const folder = mkdtempSync(path.join(os.tmpdir(), 'gp-to-procore-chaos-'));
		const gp = await startGpServer({
			switches: { authMode: 'none', ...site.switches },
			company: site.company,
			// GP's clock is not ours.
			clock: () => clock.now() + site.skewMs,
		});
		const procore = await startProcoreServer({
			now: clock.now,
			sleep: clock.sleep,
			switches: { spikeLimit: null, hourlyLimit: null, ...site.procoreSwitches },
			stateFile: path.join(folder, 'procore.jsonl'),
		});
		return new World(seed, random, site, clock, gp, procore, folder);
	}

	async play(): Promise<Verdict> {
		const { random, weather, story } = this;
		story.push(`site ${JSON.stringify(this.site)}`);
		if (this.site.skewMs !== 0) weather.hits.add('clockSkew');
		const bad = random.integer(1, MOST_BAD_RUNS);
		let failed: RunState | undefined;
		for (let day = 1; day <= bad; day++) {
			weather.around.share = random.pick([0.01, 0.03, 0.05, 0.1, 0.3]);
			const killAt = random.chance(0.4) ? random.integer(1, LAST_KILL) : Infinity;
			const retried = failed && random.chance(0.4) ? failed : undefined;
			failed = undefined;
			if (retried) weather.hits.add('retry');
			story.push(
				`run ${day}: faults ${weather.around.share}, killed at ${killAt}${retried ? ', a retry' : ''}`,
			);
			try {
				const end = await this.sync(new Life(killAt), retried);
				story.push(`  ${end.end}${end.end === 'failed' ? `: ${String(end.error)}` : ''}`);
				if (end.end === 'failed') failed = end.state;
			} catch (error) {
				if (!(error instanceof Killed)) throw error;
				weather.hits.add('kill');
				story.push('  killed');
			}
			this.clock.advance(HOUR + random.integer(-120_000, 120_000));
			this.edit(random.integer(0, 8));
		}
		weather.clear();
		for (const calm of ['first', 'second']) {
			const end = await this.sync(new Life());
			story.push(`${calm} calm run: ${end.end}`);
			if (end.end === 'failed') throw end.error;
			if (calm === 'first') await this.findDeleted();
			this.clock.advance(HOUR);
		}
		return await examine({
			tables: this.tables,
			...this.clients(new Life()),
			gpStandIn: this.gp,
			procoreStandIn: this.procore,
			journal: readFileSync(path.join(this.folder, 'procore.jsonl'), 'utf8'),
			settings: this.settings,
			projects: this.projects(),
			now: this.clock.now(),
		});
	}

	private edit(count: number): void {
		if (count === 0) return;
		const made = editsHeardOf(this.gp, count, `${this.seed} ${++this.edits}`);
		this.story.push(`    ${made} edits of GP`);
	}

	private async sync(life: Life, resumed?: RunState): Promise<RunEnd> {
		const { http, gp, procore } = this.clients(life);
		const parts: SyncParts = {
			tables: this.tables,
			life,
			gp,
			procore,
			effects: this.clock,
			company: this.gp.company.options.databaseId,
			settings: this.settings,
			projects: this.projects(),
			batchSize: this.site.batchSize,
			runId: `${this.seed}-run-${++this.runs}`,
			executionId: String(this.runs),
		};
		try {
			return await runSync(parts, resumed);
		} finally {
			http.close();
		}
	}

	/** What one process has: one thing at a time, so that the order of requests is the seed's. */
	private clients(life: Life): {
		http: ReturnType<typeof plainHttp>;
		gp: GpClient;
		procore: ProcoreClient;
	} {
		const http = plainHttp();
		const { displayName, databaseId } = this.gp.company.options;
		const gp = createGpClient({
			site: {
				serviceAddress: this.gp.url,
				tenant: 'DefaultTenant',
				company: displayName,
				companyId: databaseId,
				profileName: 'sba',
				profile: this.site.profile,
			},
			http: badGpHttp(http, this.weather, life),
			effects: this.clock,
			throttle: { gapMs: 0 },
			signal: life.signal,
		});
		const { url, clientId, clientSecret, companyId } = this.procore;
		const procore = createProcoreClient({
			transport: badProcore(
				fetchTransport({ loginUrl: url, clientId, clientSecret }),
				this.weather,
				life,
			),
			apiBaseUrl: url,
			companyId: String(companyId),
			effects: this.clock,
			projectConcurrency: 1,
			signal: life.signal,
		});
		return { http, gp, procore };
	}

	private projects() {
		return this.procore.state.projects.all().map((project) => ({
			id: String(project.id),
			name: project.name,
			projectNumber: project.project_number,
		}));
	}

	/**
	 * Where it cannot be shown that the list is whole, nothing is called deleted. Somebody then compares
	 * the numbers with GP's own and says so in the profile, as limits.md has it; a list without any
	 * parameters is whole here.
	 */
	private async findDeleted(): Promise<void> {
		try {
			await this.askForDeleted();
		} catch (error) {
			if (!(error instanceof GpListNotProven) || this.site.switches.dialect !== 'none') throw error;
			this.story.push(`    ${error.message}`);
			this.site.profile = { query: { listsComeWhole: true } };
			await this.askForDeleted();
		}
	}

	/** The nightly look for unposted documents that were sent and deleted in GP. */
	private async askForDeleted(): Promise<void> {
		const { http, gp } = this.clients(new Life());
		const company = this.gp.company.options.databaseId;
		const present = await gp.listKeys('payable');
		http.close();
		const events = this.tables.events.read(({ entity }) => entity === 'payable');
		const known = [...new Set(events.map(({ gp_key }) => gp_key))];
		const rows = deletedRequests({
			gone: deletedKeys('payable', known, present, 1),
			events,
			known: known.length,
			mostShare: 1,
			alwaysBelieved: known.length,
			waiting: this.tables.requests.read(),
			company,
			now: new Date(this.clock.now()).toISOString(),
		});
		this.tables.requests.insert(new Life(), ...rows);
	}

	async close(): Promise<void> {
		await Promise.all([this.gp.close(), this.procore.close()]);
		rmSync(this.folder, { recursive: true, force: true });
	}
}
