import { runSteps } from '../../lib/http/read-body';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { previewer } from '../../lib/mapping/preview';
import {
	findingRows,
	placesInForce,
	withAllAccepted,
} from '../../lib/mapping/suggest/finding-rows';
import { propose, rowsOf, unfoundOf } from '../../lib/mapping/suggest/propose';
import { sampleOf } from '../../lib/mapping/suggest/propose-types';
import { DEFAULT_MAPPING_SETTINGS, type MappingInput } from '../../lib/mapping/types';
import type { GpPayable } from '../../lib/model/gp-records';
import { readFilledPlaces } from '../../nodes/GpToProcore/actions/map/read-places';
import { mappingSettingsV2 } from '../../nodes/GpToProcore/descriptions/places.description';
import { IN_SEGMENTS } from '../mapping/layouts/in-segments';
import { IN_TEXTS } from '../mapping/layouts/in-texts';
import { jobs, type Layout } from '../mapping/layouts/layout';
import { account, payable } from '../mapping/samples';

const page = readFileSync(path.resolve(__dirname, '../../docs/mapping-cookbook.md'), 'utf8');

/** A job product keeps the job of each line; the accounts are the company's own. */
const JOB_PRODUCT: Layout = {
	name: 'jobs of a job product, accounts of the company',
	procore: {
		projects: jobs(['24-0107', '24-0112', '23-0098']).map(({ name, project }, index) => ({
			...{ id: String(7000 + index), name, projectNumber: project },
		})),
		costCodes: [],
		costTypes: [{ code: 'O', name: 'Other' }],
	},
	accounts: [account('5100-00'), account('6100-00')],
	payables: [
		withColumns([['5100-00', '24-0107', '03-310', 'M']]),
		withColumns([['5100-00', '24-0112', '09-250', 'S']]),
		withColumns([['6100-00', '', '', '']]),
	],
	labels: new Map(),
};
const layouts = [...IN_SEGMENTS, ...IN_TEXTS, JOB_PRODUCT];

/** A document with the lines of a job product: account, job, code, type. */
function withColumns(lines: ReadonlyArray<readonly string[]>): GpPayable {
	const document = payable(lines.map(([number]) => ['purchase', number!, '100.00']));
	const distributions = document.distributions.map((one, index) => {
		const [, job, costCode, costType] = lines[index] ?? [];
		return job ? { ...one, job, costCode, costType } : one;
	});
	return { ...document, distributions };
}

const recipes = page
	.split(/^## /m)
	.filter((section) => section.includes('```json'))
	.map((section) => {
		const [, name] = /<!-- layout: (.*) -->/.exec(section)!;
		return {
			title: section.split('\n')[0]!,
			layout: layouts.find((one) => one.name === name)!,
			said: [...section.matchAll(/^> \* (.*)$/gm)].map(([, text]) => text!),
			fields: JSON.parse(/```json\n([\s\S]*?)```/.exec(section)![1]!) as Record<string, unknown>,
			lines: tableOf(section),
		};
	});

/** The rows below the heading "becomes", each by the names of its columns. */
function tableOf(section: string): Array<Record<string, string>> {
	const rows = section
		.split('\n')
		.filter((line) => line.startsWith('|'))
		.map((line) => line.split('|').slice(1, -1))
		.map((cells) => cells.map((cell) => cell.trim()));
	const names = rows[0]!;
	return rows
		.slice(2)
		.map((cells) => Object.fromEntries(cells.map((cell, index) => [names[index]!, cell])));
}

const code = (cell: string | undefined) => (cell ?? '').replaceAll('`', '');

/** As the node reads its fields; setup found nothing that counts. */
function settingsOf(fields: Record<string, unknown>, unfound: Record<string, string>) {
	const filled = readFilledPlaces(
		<Value>(name: string, otherwise: Value) => (fields[name] ?? otherwise) as Value,
	);
	const findings = Object.entries(unfound).map(([subject, found]) => ({ subject, found }));
	const { settings } = placesInForce({ filled, findings: findings as never });
	return { ...DEFAULT_MAPPING_SETTINGS, ...settings };
}

function proposalFor({ accounts, payables, procore }: Layout) {
	const gather = sampleOf();
	gather.accounts(accounts);
	gather.payables(payables);
	return runSteps(propose(gather.sample(), procore));
}

/** As everything that setup proposes decides, once somebody accepted it and filled in nothing. */
function acceptedFrom(proposal: ReturnType<typeof proposalFor>): MappingInput['settings'] {
	const now = '2026-03-01T10:00:00.000Z';
	const findings = withAllAccepted(findingRows('TWO', proposal, [], now), now);
	return { ...DEFAULT_MAPPING_SETTINGS, ...placesInForce({ filled: {}, findings }).settings };
}

type Line = ReturnType<ReturnType<typeof previewer>>[number];

function preview(
	layout: Layout,
	settings: MappingInput['settings'],
	projects: MappingInput['crosswalk']['projects'] = [],
): (document: GpPayable) => Line[] {
	const crosswalk = { projects, accounts: [], vendors: [] };
	return previewer({ crosswalk, projects: [...layout.procore.projects], settings });
}

/** As the page writes it. */
function shown(line: Line, { procore }: Layout): string {
	if (line.decision === 'leave') return `left out (\`${line.reasonCode}\`)`;
	if (line.decision === 'park') return `waits (\`${line.reasonCode}\`)`;
	if (line.decision === 'share') return 'shared out over the other lines';
	const project = procore.projects.find(({ id }) => id === line.projectId)!;
	return `project ${project.projectNumber}, code ${line.costCode}, type ${line.costType}`;
}

/** Without the counts of one sample: "(56.5 % of 327 lines)". */
const withoutCounts = (text: string) => text.replace(/ \([^()]*\d lines\)/g, '');

test('there are five layouts, each with a sample in the tests', () => {
	expect(recipes.length).toBe(5);
	for (const { layout, lines, said } of recipes) {
		expect(layout).toBeDefined();
		expect(lines.length).toBeGreaterThanOrEqual(3);
		expect(said.length).toBeGreaterThanOrEqual(1);
	}
});

describe.each(recipes.map((recipe) => [recipe.title, recipe] as const))('%s', (_, recipe) => {
	const { layout, fields, lines, said } = recipe;
	const proposal = proposalFor(layout);
	const unfound = unfoundOf(proposal.findings);

	test('setup says this', () => {
		const told = proposal.findings.map(({ said: text }) => withoutCounts(text));
		for (const sentence of said) expect(told).toContainEqual(expect.stringContaining(sentence));
	});

	test('each field is one of the Mapping node, with a choice it offers', () => {
		expect(strangers(fields, mappingSettingsV2)).toEqual([]);
	});

	test('the settings make of the lines what the table says', () => {
		const decide = preview(layout, settingsOf(fields, unfound));
		const made = lines.map((row) => {
			const number = code(row.account);
			const document = {
				...payable([['purchase', number, '100.00', code(row.reference) || undefined]]),
				purchaseOrderNumber: code(row['PO number']) || null,
			};
			const [line] = row.job
				? decide(withColumns([[number, code(row.job), code(row.code), code(row.type)]]))
				: decide(document);
			return { ...row, becomes: shown(line!, layout) };
		});
		expect(made).toEqual(lines);
	});

	test('they decide every line of the sample as what setup proposes does', () => {
		const byHand = preview(layout, settingsOf(fields, unfound));
		const bySetup = preview(layout, acceptedFrom(proposal), rowsOf('TWO', proposal));
		const all = (decide: typeof byHand) =>
			layout.payables
				.flatMap((document) => decide(document))
				.filter(({ decision }) => layout !== JOB_PRODUCT || decision === 'send')
				.map((line) => `${line.account} ${line.reference ?? ''}: ${shown(line, layout)}`);
		expect(all(byHand).length).toBeGreaterThan(1);
		expect(all(byHand)).toEqual(all(bySetup));
	});
});

/** Names and choices that the node's fields do not have, at any depth. */
function strangers(given: Record<string, unknown>, fields: readonly INodeProperties[]): string[] {
	return Object.entries(given).flatMap(([name, value]) => {
		const named = fields.filter((field) => field.name === name);
		if (named.length === 0) return [name];
		const field = named[0]!;
		if (field.type === 'fixedCollection') {
			return Object.entries(value as Record<string, unknown>).flatMap(([group, entries]) => {
				const options = field.options as INodePropertyCollection[];
				const option = options.find((one) => one.name === group);
				if (!option) return [`${name}.${group}`];
				return (entries as Array<Record<string, unknown>>).flatMap((entry) =>
					strangers(entry, option.values),
				);
			});
		}
		if (field.type !== 'options') return [];
		const choices = (field.options ?? []).map((one) => ('value' in one ? one.value : one.name));
		return choices.includes(value as string) ? [] : [`${name}: ${String(value)}`];
	});
}

test('each field is called on the page as the node calls it', () => {
	const named = [...page.matchAll(/^\| \*([A-Z][^*]+)\* \| `(\w+)` \|/gm)];
	expect(named.length).toBeGreaterThan(8);
	for (const [, title, name] of named) {
		const field = mappingSettingsV2.find((one) => one.name === name);
		expect({ name, title: field?.displayName }).toEqual({ name, title });
	}
	for (const { fields } of recipes)
		for (const name of Object.keys(fields)) expect(named.map((one) => one[2])).toContain(name);
});
