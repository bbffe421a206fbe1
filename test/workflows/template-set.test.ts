import { readFileSync } from 'node:fs';
import { referencesOf } from '../../cli/flow/references';
import { writable } from '../../cli/api/writable';
import type { Template } from '../../cli/flow/flow';
import { readShipped } from '../../cli/shipped/shipped';
import { TEMPLATES } from '../../workflows/source/build';

const OURS =
	/^n8n-nodes-dynamics-gp-procore\.(dynamicsGp 1|gpToProcore 2|gpToProcoreEngine 1|procore 1)$/;
const { templates, tables } = readShipped();

/** n8n's own list of its nodes, as the version we test with ships it. */
const catalogue = new Set(
	(
		JSON.parse(
			readFileSync(require.resolve('n8n-nodes-base/dist/types/nodes.json'), 'utf8'),
		) as Array<{ name: string; version: number | number[] }>
	).flatMap(({ name, version }) => [version].flat().map((one) => `n8n-nodes-base.${name} ${one}`)),
);

/** Names of tables that a node speaks of literally. */
function tablesOf(template: Template): string[] {
	return template.nodes
		.filter((node) => node.type === 'n8n-nodes-base.dataTable')
		.flatMap(({ parameters }) => [
			parameters.tableName,
			(parameters.dataTableId as { value?: unknown } | undefined)?.value,
		])
		.filter((name): name is string => typeof name === 'string' && !name.startsWith('='));
}

test('the package reads every template that is built', () => {
	expect(templates.map(({ name }) => name).sort()).toEqual(
		Object.values(TEMPLATES)
			.map((build) => build().name)
			.sort(),
	);
	expect(new Set(templates.map(({ id }) => id)).size).toBe(templates.length);
});

describe.each(templates.map((template) => [template.id, template] as const))(
	'%s',
	(_id, template) => {
		test('has the stable id and name of the set', () => {
			expect(template.id).toMatch(/^gpp(-[a-z]+)+$/);
			expect(template.name).toMatch(/^GP to Procore: [a-z]/);
		});

		test('takes only versions of n8n’s nodes that n8n has, and ours', () => {
			const unknown = template.nodes
				.map(({ type, typeVersion }) => `${type} ${typeVersion}`)
				.filter((node) => !catalogue.has(node) && !OURS.test(node));
			expect(unknown).toEqual([]);
		});

		test('explains itself on the canvas', () => {
			const notes = template.nodes.filter(({ type }) => type.endsWith('.stickyNote'));
			const words = notes.map(({ parameters }) => String(parameters.content)).join(' ');
			expect(notes.length).toBeGreaterThan(0);
			expect(words.length).toBeGreaterThan(200);
			// The first thing a stranger needs.
			expect(words).toMatch(/#+ /);
		});

		test('gives each node an id and a name of its own', () => {
			for (const field of ['id', 'name'] as const) {
				const values = template.nodes.map((node) => node[field]);
				expect(values.filter((value, index) => values.indexOf(value) !== index)).toEqual([]);
			}
			for (const { id } of template.nodes)
				expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
		});

		test('speaks only of tables that the set defines', () => {
			const known = tables.map(({ name }) => name);
			expect(tablesOf(template).filter((name) => !known.includes(name))).toEqual([]);
		});

		test('calls only workflows of the set', () => {
			const known = templates.map(({ id }) => id);
			expect(referencesOf(template).filter((id) => !known.includes(id))).toEqual([]);
		});

		test('has nothing that n8n’s public API would not take', () => {
			const sent = writable(template);
			expect(sent.nodes).toEqual(template.nodes);
			expect(sent.settings).toEqual(template.settings);
		});

		test('asks nobody’s secret of the workflow file', () => {
			expect(JSON.stringify(template)).not.toMatch(
				/"(password|token|apiKey|clientSecret)":"(?!=)[^"]/i,
			);
		});
	},
);

test('no workflow that takes long, or waits for a person, is under a time limit of the server', () => {
	// n8n takes `EXECUTIONS_TIMEOUT` for a workflow that says nothing; one that is cancelled by it tells nobody.
	const limits = Object.fromEntries(
		templates.map(({ id, settings }) => [id, settings.executionTimeout]),
	);
	expect(limits).toEqual({
		...Object.fromEntries(
			['errors', 'housekeeping', 'reconcile', 'replay', 'setup', 'sync'].map((name) => [
				`gpp-${name}`,
				-1,
			]),
		),
		'gpp-dashboard': 60,
		'gpp-sql-source': 600,
	});
});
