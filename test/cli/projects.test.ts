import { examine } from '../../cli/doctor/doctor';
import { only, Refusal, SmallN8n } from './small-n8n';

const tablesOf = async (n8n: SmallN8n) =>
	(await examine(n8n.client(), n8n.shipped, new Date())).findings.filter(({ area }) =>
		area.startsWith('Table'),
	);

/** A set in a project of its own, of a release that lacked a table and a workflow. */
async function earlier() {
	const n8n = new SmallN8n(only('gpp-errors', 'gpp-replay'));
	await n8n.install({ projectId: 'P2' });
	n8n.tables = n8n.tables.filter(({ name }) => name !== 'gpp_alert');
	n8n.workflows = n8n.workflows.filter(({ name }) => !name.endsWith('replay'));
	return n8n;
}

test('what an upgrade adds goes to the project where the set stands, also when nobody names it', async () => {
	const n8n = await earlier();
	await n8n.install();
	expect(n8n.tables.find(({ name }) => name === 'gpp_alert')?.projectId).toBe('P2');
	expect(n8n.named('GP to Procore: replay').shared).toEqual([{ projectId: 'P2' }]);
	expect(await tablesOf(n8n)).toMatchObject([{ level: 'ok' }]);
});

test('a table that stands in another project, where the workflows do not see it, is none of theirs', async () => {
	const n8n = await earlier();
	const other = { ...n8n.tables[0]!, id: 'T0', name: 'gpp_alert', projectId: 'home' };
	n8n.tables.unshift(other);
	expect(await tablesOf(n8n)).toMatchObject([
		{ level: 'broken', area: 'Table gpp_alert', text: expect.stringContaining('another project') },
	]);
	await n8n.install();
	expect(n8n.tables.filter(({ name }) => name === 'gpp_alert')).toHaveLength(2);
	expect(await tablesOf(n8n)).toMatchObject([{ level: 'ok' }]);
});

test('an n8n that cannot be told a project makes it all the same, one that refuses the named one does not', async () => {
	const refusing = async () => {
		const n8n = await earlier();
		let first = true;
		n8n.before = (call) => {
			const refuses = call === 'POST /data-tables' && first;
			first &&= !refuses;
			return refuses ? new Refusal(400, 'additional properties') : undefined;
		};
		return n8n;
	};
	const n8n = await refusing();
	await n8n.install();
	expect(n8n.tables.some(({ name }) => name === 'gpp_alert')).toBe(true);
	await expect((await refusing()).install({ projectId: 'P2' })).rejects.toMatchObject({
		code: 'n8n-refused',
	});
});
