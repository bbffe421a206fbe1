import { startGpServer, type GpStandIn } from '../../sandbox/gp/server/start-gp-server';
import { startProcoreServer, type ProcoreStandIn } from '../../sandbox/procore/server';
import { gpCredential, procoreCredential } from '../nodes/support/stand-ins';
import { MemoryDataTables } from './memory-data-tables';
import { runWorkflow } from './run-workflow';
import { shippedTemplate, withPlaces } from './shipped-template';

jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

interface EventRow {
	gp_key: string;
	outcome: string;
	reason_code: string;
	touches: string;
	replay_of: string;
	run_id: string;
}

let gp: GpStandIn;
let procore: ProcoreStandIn;
const tables = new MemoryDataTables();

beforeAll(async () => {
	gp = await startGpServer({ company: { vendorCount: 20, documentCount: 40 } });
	procore = await startProcoreServer({ switches: { spikeLimit: null, hourlyLimit: null } });
	await run('sync', 'Run now');
});

afterAll(async () => {
	await gp.close();
	await procore.close();
});

async function run(name: string, trigger: string, answers: object = {}) {
	const result = await runWorkflow({
		workflow: name === 'sync' ? withPlaces(shippedTemplate(name)) : shippedTemplate(name),
		trigger,
		triggerItems: [answers as never],
		pages: { 'Really replay?': [{ pressed: 'yes' }] },
		tables,
		others: [withPlaces(shippedTemplate('sync'))],
		credentials: {
			dynamicsGpApi: gpCredential(gp.url),
			procoreOAuth2Api: procoreCredential(procore),
		},
	});
	if (result.error) throw result.error;
	return result;
}

const replay = async (answers: object) =>
	String(
		(
			await run('replay', 'Replay form', {
				What: 'The records named below',
				Kind: 'Any',
				Data: 'Read again from GP',
				...answers,
			})
		).items('Answer page')[0]?.html,
	);
const events = () => tables.rows<EventRow>('gpp_event');
const runs = () => tables.rows<{ run_id: string; start_kind: string; status: string }>('gpp_run');

/** In the order of a story: each step starts from what the one before left. */
describe('the replay template with the sync template', () => {
	it('sends a voucher again that could not go, and its story shows failure, replay and success', async () => {
		const waits = events().find(
			(event) => event.reason_code === 'job-without-project' && event.gp_key.includes(';'),
		)!;
		const jobs = [...waits.touches.matchAll(/\|J:([^|]+)/g)].map((match) => match[1]);
		const [project] = procore.snapshot().projects;
		tables.update('gpp_project_crosswalk', (row) => jobs.includes(String(row.gp_job)), {
			procore_project_id: String(project!.id),
		});
		const page = await replay({ Records: waits.gp_key.split(';')[1]! });
		expect(page).toContain('1 went to Procore.');
		const story = events().filter((event) => event.gp_key === waits.gp_key);
		expect(story[0]).toMatchObject({ outcome: 'parked', replay_of: '' });
		expect(story.at(-1)!.outcome).toBe('created');
		expect(story.at(-1)!.replay_of).not.toBe('');
		expect(tables.rows('gpp_request')).toEqual([]);
		expect(runs().at(-1)).toMatchObject({ start_kind: 'replay', status: 'success' });
	});

	it('leaves alone what is right already, and says so', async () => {
		const sent = events().find(
			(event) => event.outcome === 'created' && event.gp_key.includes(';'),
		)!;
		const writes = procore.counters().writes;
		const page = await replay({ Records: sent.gp_key });
		expect(page).toContain('1 stood in Procore as it should already.');
		expect(procore.counters().writes).toBe(writes);
	});

	it('reads everything since a day again without moving the watermark', async () => {
		const before = tables.rows<{ modified_since: string }>('gpp_watermark');
		await replay({ What: 'All that GP changed since a day', 'First day': '2020-01-01' });
		const since = (rows: typeof before) => rows.map((row) => row.modified_since);
		expect(since(tables.rows('gpp_watermark'))).toEqual(since(before));
		expect(runs().at(-1)).toMatchObject({
			start_kind: 'replay',
			status: expect.stringMatching(/^success/),
		});
	});
});
