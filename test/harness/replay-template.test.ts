import { TABLES, type TableDefinition } from '../../lib/tables/tables';
import { event, request } from '../run/requests/samples';
import { parkedRow } from '../audit/samples';
import { MemoryDataTables } from './memory-data-tables';
import { runWorkflow, type WorkflowFile } from './run-workflow';
import { fillTable, shippedTemplate } from './shipped-template';

const template = shippedTemplate('replay');

const V417 = '1;00000000000000417';
const V4170 = '1;00000000000004170';
let tables: MemoryDataTables;

/** Stands in for the sync: remembers how it was started, takes the requests and leaves an event each. */
const sync = (more: WorkflowFile['nodes'] = []): WorkflowFile => ({
	id: 'gpp-sync',
	name: 'sync',
	settings: {},
	nodes: [
		{
			id: '1',
			name: 'Batch starts',
			type: 'n8n-nodes-base.executeWorkflowTrigger',
			typeVersion: 1.1,
			position: [0, 0],
			parameters: { inputSource: 'passthrough' },
		},
		{
			id: '2',
			name: 'Remember',
			type: 'n8n-nodes-base.dataTable',
			typeVersion: 1.1,
			position: [0, 0],
			parameters: {
				resource: 'row',
				operation: 'insert',
				dataTableId: { __rl: true, mode: 'name', value: 'started' },
				columns: {
					mappingMode: 'defineBelow',
					value: { how: '={{ JSON.stringify($json) }}' },
					matchingColumns: [],
					schema: [],
				},
				options: {},
			},
		},
		...more,
	],
	connections: {
		'Batch starts': { main: [[{ node: 'Remember', type: 'main', index: 0 }]] },
	},
});

async function replay(
	answers: object,
	others: WorkflowFile[] = [sync()],
	page: Record<string, string> = { pressed: 'yes' },
) {
	const result = await runWorkflow({
		workflow: template,
		trigger: 'Replay form',
		triggerItems: [{ Kind: 'Any', Data: 'Read again from GP', Records: '', ...answers } as never],
		pages: { 'Really replay?': [page] },
		tables,
		others,
	});
	if (result.error) throw result.error;
	return String(result.items('Answer page')[0]?.html ?? '');
}

const requests = () =>
	tables
		.rows<{ gp_key: string; payload: string }>('gpp_request')
		.map(({ gp_key, payload }) => [gp_key, payload]);
const starts = () =>
	tables.rows<{ how: string }>('started').map(({ how }) => JSON.parse(how) as object);

const fill = (table: TableDefinition, rows: object[]) => fillTable(tables, table, rows);

beforeEach(() => {
	tables = new MemoryDataTables();
	tables.create('started', { how: 'string' });
	fill(TABLES.events, [event(V417, 'failed'), event(V4170), event('1;00000000000000999')]);
	fill(TABLES.parked, [parkedRow(V417)]);
});

describe('the shipped replay template in n8n’s own engine', () => {
	const named = { What: 'The records named below' };

	it('finds a voucher by its number, asks for it once and starts the sync for it alone', async () => {
		const page = await replay({ ...named, Records: '417' });
		expect(requests()).toEqual([[V417, '']]);
		expect(starts()).toEqual([
			{
				start_kind: 'replay',
				dry_run: false,
				read_from: '',
				parts: ['vendors', 'accounts', 'payables'],
				only_requested: true,
			},
		]);
		expect(page).toContain('1 record asked for');
		await replay({ ...named, Records: V417 });
		expect(requests()).toHaveLength(1);
		expect(starts()).toHaveLength(2);
	});

	it('finds a vendor behind hundreds of invoices that name it', async () => {
		const vendor = { ...event('BIGCO'), entity: 'vendor', gp_label: 'Vendor BIGCO' };
		const invoices = Array.from({ length: 600 }, (_, number) => ({
			...event(`1;9${number}`),
			gp_label: `Invoice ${number} of BIGCO, voucher 9${number}`,
		}));
		tables.insert(TABLES.events.name, [vendor, ...invoices] as never);
		await replay({ ...named, Records: 'BIGCO', Kind: 'Vendors' });
		expect(requests()).toEqual([['BIGCO', '']]);
	});

	it('takes many, and names what it is not sure of', async () => {
		const page = await replay({ ...named, Records: '417\n999, 0041' });
		expect(requests()).toHaveLength(2);
		expect(page).toContain('is unclear: 2 records match');
	});

	it('replays all that wait from the stored record when asked to', async () => {
		await replay({ What: 'All that failed or wait', Data: 'The record as it was stored' });
		expect(requests()).toEqual([[V417, parkedRow(V417).payload]]);
	});

	it('does not send a stored record over newer data', async () => {
		tables.insert('gpp_event', [event(V417, 'updated', '2026-03-05T00:00:00.000Z') as never]);
		const page = await replay({
			What: 'All that failed or wait',
			Data: 'The record as it was stored',
		});
		expect(requests()).toEqual([]);
		expect(starts()).toEqual([]);
		expect(page).toContain('Newer data');
	});

	it('replays what was handled on some days', async () => {
		tables.insert('gpp_event', [event('1;5', 'created', '2026-04-02T00:00:00.000Z') as never]);
		await replay({
			What: 'All handled between two days',
			'First day': '2026-04-01',
			'Last day': '2026-04-02',
		});
		expect(requests()).toEqual([['1;5', '']]);
	});

	it('reads GP from a day on without a list of records', async () => {
		const page = await replay({
			What: 'All that GP changed since a day',
			'First day': '2026-01-31',
			Kind: 'Vendors',
		});
		expect(requests()).toEqual([]);
		expect(starts()).toEqual([
			expect.objectContaining({
				read_from: '2026-01-31',
				parts: ['vendors'],
				only_requested: false,
			}),
		]);
		expect(page).toContain('changed since 2026-01-31');
	});

	it('leaves the requests for the next run when the sync cannot be called, and says so', async () => {
		const page = await replay({ ...named, Records: '417' }, []);
		expect(requests()).toHaveLength(1);
		expect(page).toContain('taken by the next run');
	});

	it.each(['', '000', ' ,\n'])('asks for nothing when nothing is named: %p', async (Records) => {
		const page = await replay({ ...named, Records });
		expect([requests(), starts()]).toEqual([[], []]);
		expect(page).not.toBe('');
	});

	it('works in an n8n without any table yet', async () => {
		tables = new MemoryDataTables();
		const page = await replay({ ...named, Records: '417' });
		expect(page).toContain('is in no event');
	});

	it('answers a workflow that calls it with the same words', async () => {
		const result = await runWorkflow({
			workflow: template,
			trigger: 'Called by a workflow',
			triggerItems: [{ choice: 'records', search: '417' }],
			tables,
			others: [sync()],
		});
		expect(result.error).toBeUndefined();
		expect(result.items('Answer')[0]!.lines).toEqual(
			expect.arrayContaining([expect.stringContaining('1 record asked for')]),
		);
	});

	it('shows labels from GP as text', async () => {
		const label = '<img src=x onerror=alert(1)> of ACME0001, voucher X';
		tables.insert('gpp_event', [{ ...event('1;77777'), gp_label: label } as never]);
		const page = await replay({ ...named, Records: '77777' });
		expect(page).toContain('&lt;img');
		expect(page).not.toContain('<img');
	});
});

test('a request row of the library fits the requests table', () => {
	tables = new MemoryDataTables();
	expect(() => fill(TABLES.requests, [request('1;1')])).not.toThrow();
});

test.each([{}, { pressed: '' }, { What: 'All that failed or wait', Kind: 'Any' }])(
	'a form that nobody confirmed (%j) asks for nothing and starts nothing',
	async (page) => {
		await replay({ What: 'All that failed or wait' }, [sync()], page as never);
		expect(starts()).toEqual([]);
		expect(requests()).toEqual([]);
	},
);
