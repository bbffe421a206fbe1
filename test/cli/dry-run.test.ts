import type { InstallOptions } from '../../cli/install/ledger';
import { node } from './samples';
import { only, SmallN8n } from './small-n8n';

const SYNC = 'GP to Procore: sync';

/** A set that is published, edited, and then looked at by a dry run and brought up to date by a real one. */
async function both(edit: (n8n: SmallN8n) => void, options: Partial<InstallOptions> = {}) {
	const n8n = new SmallN8n(only('gpp-sync', 'gpp-errors'));
	await n8n.install({ publish: true });
	edit(n8n);
	const before = structuredClone(n8n.workflows);
	const dry = await n8n.install({ dryRun: true, ...options });
	expect(n8n.writes).toEqual([]);
	expect(n8n.workflows).toEqual(before);
	const real = await n8n.install(options);
	const did = dry.said.filter((line) => line.startsWith('would do: '));
	return { dry, real, did: did.map((line) => line.replace('would do: ', '')) };
}

const outdated = (n8n: SmallN8n) =>
	delete node(n8n.named(SYNC), 'Run with options').parameters.authentication;

describe('a dry run says what the real one does', () => {
	test.each<[string, (n8n: SmallN8n) => void, Partial<InstallOptions>]>([
		['of a workflow that is brought up to date', outdated, {}],
		[
			'of one with a draft that is published with it',
			(n8n) => {
				outdated(n8n);
				n8n.named(SYNC).versionId = 'draft';
			},
			{ publish: true },
		],
		[
			'of one whose open form the upgrade guards',
			(n8n) => {
				outdated(n8n);
				Object.assign(n8n.named(SYNC), { active: false, activeVersionId: null });
			},
			{ publish: true },
		],
		['of one that only lacks its tags', (n8n) => (n8n.named(SYNC).tags = []), {}],
	])('%s', async (_what, edit, options) => {
		const { dry, real, did } = await both(edit, options);
		expect(did.length).toBeGreaterThan(0);
		for (const line of did) expect(real.said).toContain(line);
		expect(dry.changes).toBe(did.length);
		expect({ changes: dry.changes, problems: dry.problems }).toEqual({
			...{ changes: real.changes, problems: real.problems },
		});
	});
});

test('a copy with a form that is open to anybody is not published either', async () => {
	const n8n = new SmallN8n(only('gpp-sync'));
	await n8n.install({ publish: true });
	const copy = structuredClone(n8n.named(SYNC));
	Object.assign(copy, { id: 'C2', name: 'Second: sync', versionId: 'draft' });
	for (const one of copy.nodes) one.id = `new-${one.id}`;
	const form = node(copy, 'Run with options');
	copy.nodes.push({ ...form, id: 'own', name: 'Open form', parameters: {} });
	n8n.workflows.push(copy);
	const { problems } = await n8n.install({ publish: true });
	expect(problems).toEqual([expect.stringMatching(/^"Second: sync" is not published: Open form/)]);
});
