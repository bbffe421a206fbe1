import { checkState } from '../../cli/doctor/check-state';
import { examine } from '../../cli/doctor/doctor';
import type { Facts, FlowFacts } from '../../cli/doctor/facts';
import type { InstalledFlow } from '../../cli/flow/flow';
import { asInstalled, node, template } from './samples';
import { only, SmallN8n } from './small-n8n';

const NOW = new Date('2026-03-02T12:00:00Z');
const AT = '2026-03-02T11:00:00Z';

const sync = (id: string, isCopy: boolean, active = true): FlowFacts => ({
	template: { ...template(), id: 'gpp-sync' },
	found: { kind: 'one', flow: { ...asInstalled(template(), id), active } },
	isCopy,
});

/** What the doctor says of runs and watermarks of two companies that share the tables. */
function said(rows: Facts['rows'], flows = [sync('S1', false), sync('S2', true)]) {
	const facts = { rows, flows, executions: [], lastFailure: null } as unknown as Facts;
	return checkState(facts, NOW)
		.filter(({ area }) => /^(Runs|Watermarks)/.test(area))
		.map(({ level, area, text }) => `${level} ${area}: ${text}`);
}

test('a run of one company that failed is not hidden by a later one of another', () => {
	const gpp_run = [
		{ run_id: 'r3', gp_company: 'ONE', status: 'success', started_at: AT },
		{ run_id: 'r2', gp_company: 'TWO', status: 'failed', error: 'GP is down', started_at: AT },
		{ run_id: 'r1', gp_company: 'TWO', status: 'success', started_at: AT },
	];
	expect(said({ gpp_run })).toEqual([
		`ok Runs of ONE: the last one (${AT}) succeeded`,
		`attention Runs of TWO: the last one (${AT}) ended failed: GP is down`,
	]);
});

describe('a company whose watermark stands still', () => {
	const link = (workflow: string) => `http://localhost:5678/workflow/${workflow}/executions/7`;
	const rows = {
		gpp_run: [
			{ gp_company: 'ONE', status: 'success', started_at: AT, execution_link: link('S1') },
			{ gp_company: 'TWO', status: 'success', started_at: AT, execution_link: link('S2') },
		],
		gpp_watermark: [
			{ gp_company: 'ONE', entity: 'vendor', updatedAt: '2026-03-02T11:30:00Z' },
			{ gp_company: 'TWO', entity: 'vendor', updatedAt: '2026-03-01T12:00:00Z' },
		],
	};
	const marks = (flows?: FlowFacts[]) =>
		said(rows, flows).filter((line) => /Watermarks/.test(line));

	test('is named though the other one goes on', () => {
		expect(marks()).toEqual([
			'ok Watermarks of ONE: moved within the hour',
			'attention Watermarks of TWO: did not move for 24 h although the sync is published',
		]);
	});

	test('but not where its copy of the sync is not published, or gone', () => {
		for (const flows of [[sync('S1', false), sync('S2', true, false)], [sync('S1', false)]])
			expect(marks(flows)[1]).toBe('ok Watermarks of TWO: moved 24 h ago');
	});
});

describe('a copy for a second company', () => {
	const looked = async (edit: (copy: InstalledFlow) => void) => {
		const n8n = new SmallN8n(only('gpp-sync'));
		n8n.credentials = ['gp-1', 'gp-2'].map((id) => ({ id, name: id, type: 'dynamicsGpApi' }));
		await n8n.install({ credentials: { dynamicsGpApi: 'gp-1' } });
		const copy = structuredClone(n8n.workflows[0]!);
		Object.assign(copy, { id: 'C2', name: 'Second: sync' });
		for (const one of copy.nodes) {
			one.id = `new-${one.id}`;
			if (one.credentials?.dynamicsGpApi)
				one.credentials = { dynamicsGpApi: { id: 'gp-2', name: 'gp-2' } };
		}
		edit(copy);
		n8n.workflows.push(copy);
		return (await examine(n8n.client(), n8n.shipped, NOW)).findings;
	};

	test('in which one node still reads the first company’s books needs a look', async () => {
		const findings = await looked((copy) => {
			node(copy, 'GP payables').credentials = { dynamicsGpApi: { id: 'gp-1', name: 'gp-1' } };
		});
		const mixed = findings.filter(({ text }) => /more than one credential/.test(text));
		expect(mixed).toMatchObject([{ level: 'attention', area: 'Workflow "Second: sync"' }]);
		expect(mixed[0]!.text).toContain('(GP payables with "gp-1")');
	});

	test('is not said to be published or filled in by install, which leaves that to people', async () => {
		const findings = await looked((copy) => {
			for (const one of copy.nodes) delete one.credentials;
		});
		const lacking = findings.filter(({ text }) => /Second: sync: .*have none/.test(text));
		expect(lacking).toContainEqual(
			expect.objectContaining({
				area: 'Credential Dynamics GP API',
				remedy: expect.stringContaining('Choose the credential of its company'),
			}),
		);
		expect(findings).toContainEqual(
			expect.objectContaining({ area: 'Workflow "Second: sync"', remedy: 'Publish it in n8n.' }),
		);
	});
});
