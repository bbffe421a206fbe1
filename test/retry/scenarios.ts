import type { RetryWorld } from './world';

/** A situation in which the nodes of the sync are made to fail, each by itself. */
export interface Scenario {
	/** Completes "in …". */
	title: string;
	/** Makes the world that the run finds. Done once: before each run the world is put back to it. */
	prepare?(world: RetryWorld): Promise<void>;
	/** What happens before each run: n8n's own time stamps of these rows tell that people wrote them. */
	begin?(world: RetryWorld): Promise<void>;
	/** Node that fails before the node in question, to get there at all. */
	failsFirst?: string;
	/** What happens before each Retry, counted from 0. */
	beforeRetry?(world: RetryWorld, retry: number): Promise<void>;
	/** Nodes that fail here although an earlier scenario has had them. */
	also?: string[];
	/** Nodes that every change of this package is tried with. */
	sample: string[];
}

/** Small on purpose: what counts is which nodes a run comes by. */
export const COMPANY = { vendors: 12, documents: 24 };

const GP_COMPANY = 'TWO';
const OTHER_RUN = { gp_company: GP_COMPANY, run_id: 'other', execution_id: '77' };
/** A vendor that was asked for, of which GP gives no answer one can read. */
const UNREADABLE = 'CONTOSOL0001';
const LONG_AGO = '2000-01-01T00:00:00.000Z';

const anotherRunAtWork = async (world: RetryWorld) => {
	const until = new Date(Date.now() + 3_600_000).toISOString();
	await world.insert('gpp_lease', [{ ...OTHER_RUN, taken_at: 'before', until }]);
};

/**
 * Between them they come by every node of the template. A node fails in the first that comes by it,
 * so the busiest stand first.
 */
export const SCENARIOS: Scenario[] = [
	{
		title: 'a run with everything in it that it may meet',
		prepare: leftByAKilledRun,
		begin: async (world) => await world.breakGp([UNREADABLE]),
		sample: ['Write audit events', 'Prepare batch'],
	},
	{
		title: 'a run after the mapping and a crosswalk row were changed',
		prepare: mappedOtherwise,
		begin: changeAccount,
		sample: ['Read events of these'],
	},
	{ title: 'a first load', also: ['Claim lease', 'Run batch', 'Sync direct costs'], sample: [] },
	{
		title: 'a run that fails anyway',
		failsFirst: 'Sync cost codes',
		sample: ['Save failed run'],
	},
	{
		title: 'a run that finds another one at work',
		begin: anotherRunAtWork,
		sample: [],
	},
	{
		title: 'a retry that finds another run at work',
		failsFirst: 'Sync cost codes',
		beforeRetry: async (world, retry) => {
			if (retry === 0) await anotherRunAtWork(world);
			if (retry === 1)
				await world.update('gpp_lease', { run_id: OTHER_RUN.run_id }, { until: LONG_AGO });
		},
		also: ['Withdraw', 'Save yielded run', 'Was it a retry?'],
		sample: [],
	},
	{
		title: 'a run that waits for its turn at the GP server',
		prepare: async (world) => void (await world.settings('Open run', { gpRuns: 1 })),
		begin: anotherCompanyReads,
		sample: ['Alive in line'],
	},
];

/** A run of another company reads the same GP server, and is over in a moment. */
async function anotherCompanyReads(world: RetryWorld): Promise<void> {
	const until = new Date(Date.now() + 4_000).toISOString();
	const row = {
		...OTHER_RUN,
		gp_company: 'OTHER',
		gp_server: world.gpServer(),
		taken_at: 'before',
	};
	await world.insert('gpp_lease', [{ ...row, until }]);
}

/** Killed before it had recorded what it wrote, its lease expired; rows that wait; records asked for by name. */
async function leftByAKilledRun(world: RetryWorld): Promise<void> {
	// So short that every batch renews it.
	await world.settings('Open run', { leaseMinutes: 0.000_01 });
	await world.runKilledAt({ node: 'Write audit events', visit: 2 });
	const [{ run_id }] = await world.rows<{ run_id: string }>('gpp_run');
	await world.update('gpp_lease', { run_id }, { until: LONG_AGO });
	// Refused by Procore at first, and waiting since.
	await world.insert('gpp_parked', [
		{
			entity: 'vendor',
			gp_company: GP_COMPANY,
			gp_key: 'WAITS0001',
			tries: 1,
			payload:
				'{"kind":"vendor","company":"TWO","key":"WAITS0001","vendorId":"WAITS0001","name":""}',
			run_id: 'earlier',
		},
	]);
	const [document] = await world.documents();
	const request = (entity: string, gp_key: string) => ({
		entity,
		gp_key,
		gp_company: GP_COMPANY,
		reason: 'replay',
		tries: 0,
	});
	await world.insert('gpp_request', [
		request('vendor', 'ADVENTUR0001'),
		request('payable', document),
		request('vendor', UNREADABLE),
		request('payable', '1;NOSUCHVOUCHER'),
	]);
}

/** A rule that stood in the Mapping node for one run, and documents that are to be read again. */
async function mappedOtherwise(world: RetryWorld): Promise<void> {
	const projects = await world.projects();
	const elsewhere = {
		name: 'Joined sites',
		when: { accountSegment: 1, segmentValues: '300' },
		set: { projectId: projects['400'] },
	};
	const usual = await world.settings('Mapping', { rules: { rule: [elsewhere] } });
	const { error } = await world.run();
	if (error) throw new Error(error);
	await world.settings('Mapping', usual);
	await world.remove('gpp_watermark', { entity: 'payable' });
}

/** Somebody gives an account another code. */
async function changeAccount(world: RetryWorld): Promise<void> {
	const events = await world.rows<{ entity: string; touches: string }>('gpp_event');
	const [, account] = events
		.filter(({ entity }) => entity === 'payable')
		.map(({ touches }) => /\|A:([1-7]00-5[^|]*)\|/.exec(touches))
		.find((found) => found && !found[1].includes('-5110-'))!;
	await world.update('gpp_account_crosswalk', { gp_account: account }, { cost_code: '5110' });
}
