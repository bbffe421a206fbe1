import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TEMPLATES, templateText } from '../../workflows/source/build';
import { asShippedInFile } from '../../workflows/source/editor-form';
import { TABLES } from '../../lib/tables/tables';

interface Waits {
	waitForSubWorkflow?: boolean;
}

const names = Object.keys(TEMPLATES) as Array<keyof typeof TEMPLATES>;

describe.each(names)('template %s', (name) => {
	const shipped = readFileSync(join(__dirname, '..', '..', 'workflows', name), 'utf8');
	const workflow = TEMPLATES[name]();

	test('is what its source builds: run `npm run build` after changing the source', () => {
		expect(shipped).toBe(templateText(name));
	});

	test('stands there as the editor saves it, so that saving it changes nothing', () => {
		const { nodes } = JSON.parse(shipped) as Pick<typeof workflow, 'nodes'>;
		expect(nodes.map(asShippedInFile)).toEqual(nodes);
	});

	test('names what each node of ours does, by which an import knows its credential', () => {
		const { nodes } = JSON.parse(shipped) as Pick<typeof workflow, 'nodes'>;
		const ours = nodes.filter(({ type }) => /[.](gpToProcore|gpToProcoreEngine)$/.test(type));
		for (const { name, parameters } of ours)
			expect([name, parameters]).toEqual([
				name,
				expect.objectContaining({ resource: expect.any(String), operation: expect.any(String) }),
			]);
	});

	test('has each text with an expression in it evaluated, not shown as it is written', () => {
		const { nodes } = JSON.parse(shipped) as Pick<typeof workflow, 'nodes'>;
		const literal = (value: unknown): string[] => {
			if (typeof value === 'string')
				return /\{\{.*\}\}/s.test(value) && value[0] !== '=' ? [value] : [];
			return value !== null && typeof value === 'object'
				? Object.values(value).flatMap(literal)
				: [];
		};
		// The SQL nodes of n8n evaluate what stands in their query themselves.
		const parameters = nodes.map(({ parameters: { query: _, ...others } }) => others);
		expect(literal(parameters)).toEqual([]);
	});

	test('brings no credential, so that nothing of ours ends up in a user’s instance', () => {
		expect(workflow.nodes.filter((node) => 'credentials' in node)).toEqual([]);
	});

	test('is off until the user publishes it', () => {
		expect(workflow.active).toBe(false);
	});

	test('has its failures told by the errors workflow, which must not call itself', () => {
		// Nor the one that is only called: whoever calls it fails with it, and is told of.
		const untold = ['gpp-errors', 'gpp-sql-source'].includes(workflow.id);
		expect(workflow.settings.errorWorkflow).toBe(untold ? undefined : 'gpp-errors');
	});

	test('names our nodes as an installed package does', () => {
		const types = workflow.nodes
			.map((node) => node.type)
			.filter((type) => !type.startsWith('n8n-nodes-base.'));
		for (const type of types)
			expect(type).toMatch(
				/^n8n-nodes-dynamics-gp-procore\.(dynamicsGp|gpToProcore|gpToProcoreEngine|procore)$/,
			);
	});

	test('waits for other workflows once an item: for all items at once n8n reads back all they held', () => {
		const waiting = workflow.nodes
			.filter(({ type }) => type.endsWith('.executeWorkflow'))
			.filter(({ parameters }) => (parameters.options as Waits).waitForSubWorkflow);
		for (const { parameters } of waiting) expect(parameters.mode).toBe('each');
	});

	test('lets every node be reached from a trigger', () => {
		const reached = new Set(
			workflow.nodes
				.filter((node) => /trigger|\.webhook$/i.test(node.type))
				.map((node) => node.name),
		);
		for (const name of reached) {
			for (const link of workflow.connections[name]?.main.flat() ?? []) reached.add(link.node);
		}
		const lost = workflow.nodes.filter(
			(node) => !node.type.endsWith('stickyNote') && !reached.has(node.name),
		);
		expect(lost.map((node) => node.name)).toEqual([]);
	});

	test('reads no table without an order that tells each row from the next (n8n-io/n8n#33440)', () => {
		const reads = workflow.nodes
			.filter(({ type }) => type === 'n8n-nodes-base.dataTable')
			.map(({ name, parameters }) => ({ name, ...parameters }) as Record<string, unknown>)
			.filter(({ resource, operation }) => resource === 'row' && operation === 'get');
		for (const { name, orderBy, orderByColumn } of reads)
			expect({ name, orderBy, orderByColumn }).toEqual({
				name,
				orderBy: true,
				orderByColumn: 'id',
			});
	});

	test('tries no node again whose rows n8n would take for failures: those with a column "error"', () => {
		const again = workflow.nodes.filter(({ retryOnFail }) => retryOnFail);
		for (const { name, type, parameters } of again) {
			expect([name, type]).toEqual([name, 'n8n-nodes-base.dataTable']);
			// One that makes its table gives no rows.
			const { value } = (parameters.dataTableId ?? {}) as { value?: string };
			const columns = Object.values(TABLES).find((one) => one.name === value)?.columns ?? [];
			expect([name, columns.some((column) => column.name === 'error')]).toEqual([name, false]);
		}
	});

	test('refers in its expressions only to nodes it has', () => {
		const known = new Set(workflow.nodes.map((node) => node.name));
		const referred = [...JSON.stringify(workflow.nodes).matchAll(/\$\('([^']+)'\)/g)].map(
			(match) => match[1]!,
		);
		expect(referred.filter((name) => !known.has(name))).toEqual([]);
	});
});

test('no table name contains another, since n8n finds tables by part of the name', () => {
	const tables = Object.values(TABLES).map((table) => table.name);
	for (const name of tables) expect(tables.filter((other) => other.includes(name))).toEqual([name]);
});

test('every table is explained to people, and so is every page of the documentation to be found', () => {
	const docs = join(__dirname, '..', '..', 'docs');
	const tables = readFileSync(join(docs, 'tables.md'), 'utf8');
	for (const { name } of Object.values(TABLES)) expect(tables).toContain(`\`${name}\``);
	const pages = readdirSync(docs).filter((name) => name.endsWith('.md'));
	const texts = [join(docs, '..', 'README.md'), ...pages.map((name) => join(docs, name))].map(
		(file) => readFileSync(file, 'utf8'),
	);
	for (const page of pages) expect(texts.some((text) => text.includes(`${page})`))).toBe(true);
	for (const picture of texts.join('\n').matchAll(/\]\((?:docs\/)?(images\/[^)]+)\)/g))
		expect(existsSync(join(docs, picture[1]!))).toBe(true);
});

test('every form and webhook of every template asks for the login of the page', () => {
	const doors = names.flatMap((name) =>
		TEMPLATES[name]()
			.nodes.filter(({ type }) => /\.(formTrigger|webhook)$/.test(type))
			.map((node) => [name, node.name, node.parameters.authentication]),
	);
	expect(doors.length).toBeGreaterThanOrEqual(7);
	for (const door of doors) expect(door).toEqual([door[0], door[1], 'basicAuth']);
});

test('every answer of a webhook may be shown in no frame, kept by no cache and taken for nothing else', () => {
	const answers = names.flatMap((name) =>
		TEMPLATES[name]().nodes.filter(({ type }) => type === 'n8n-nodes-base.respondToWebhook'),
	);
	expect(answers.length).toBeGreaterThan(2);
	for (const { parameters } of answers) {
		const { responseHeaders } = parameters.options as {
			responseHeaders: { entries: Array<{ name: string; value: string }> };
		};
		const headers = Object.fromEntries(
			responseHeaders.entries.map(({ name, value }) => [name.toLowerCase(), value]),
		);
		expect(headers).toMatchObject({
			'x-frame-options': 'DENY',
			'cache-control': 'no-store',
			'x-content-type-options': 'nosniff',
		});
	}
});

test('no execution that a webhook begins is kept, since the login of the visitor stands in it', () => {
	for (const name of names) {
		const { nodes, settings } = TEMPLATES[name]();
		if (!nodes.some(({ type }) => type === 'n8n-nodes-base.webhook')) continue;
		expect(settings).toMatchObject({
			saveDataErrorExecution: 'none',
			saveDataSuccessExecution: 'none',
			saveExecutionProgress: false,
		});
	}
});

test('every form says before its button where to look should n8n break it off', () => {
	const pages = Object.values(TEMPLATES).flatMap((template) =>
		template()
			.nodes.filter(
				({ type, parameters }) => /\.form$/.test(type) && parameters.operation === 'page',
			)
			.map(({ parameters }) => JSON.stringify(parameters.options)),
	);
	expect(pages.length).toBeGreaterThan(5);
	for (const said of pages) expect(said).toMatch(/Problem submitting response.*under Alerts/);
});

test('forms and webhooks are made by the one helper that guards them', () => {
	const source = join(__dirname, '..', '..', 'workflows', 'source');
	const writing = (readdirSync(source, { recursive: true }) as string[])
		.filter((file) => file.endsWith('.ts') && file !== 'guarded-triggers.ts')
		.filter((file) =>
			/n8n-nodes-base\.(formTrigger|webhook)\b/.test(readFileSync(join(source, file), 'utf8')),
		);
	expect(writing).toEqual([]);
});
