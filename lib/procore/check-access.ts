import { ConnectorError } from '../model/connector-error';
import { checkOf, type ConnectionCheck } from '../model/connection-check';
import type { ProcoreClient } from './procore-client';
import { listCostCodes, listCostTypes } from './resources/cost-codes';
import { listDirectCosts } from './resources/direct-costs';
import {
	getCompanyCurrencies,
	listProjects,
	readProject,
	type ActualProject,
} from './resources/projects';
import { listVendors } from './resources/vendors';

/** So many projects are looked into: two calls each. */
const MOST_PROJECTS = 20;

/** Fields of the *Procore OAuth2 API* credential that an error speaks of, by its code. */
const FIELD: Record<string, string> = {
	'procore-login-refused': 'Client ID, Client Secret, Environment',
	'procore-unreachable': 'Environment (or API Address)',
	'procore-redirect-refused': 'Environment (or API Address)',
	'procore-unexpected-answer': 'Environment (or API Address)',
};

const row = checkOf('Procore');

const COMPANY = 'Company and login';
const PROJECTS = 'Projects';
const RIGHTS = [
	{
		what: 'Permission for vendors (company Directory)',
		field: "the account's permissions, company Directory tool",
		read: (client: ProcoreClient) => listVendors(client, {}, 1),
	},
	{
		what: 'Permission for cost types (company Admin)',
		field: "the account's permissions, company Admin tool",
		read: (client: ProcoreClient) => listCostTypes(client, {}, 1),
	},
];
const TOOLS = [
	{
		what: 'Cost codes (project Admin tool)',
		field: "the projects' Admin tool",
		read: (client: ProcoreClient, id: string) => listCostCodes(client, id, {}, 1),
	},
	{
		what: 'Direct costs (project Direct Costs tool)',
		field: "the projects' Direct Costs tool",
		read: (client: ProcoreClient, id: string) => listDirectCosts(client, id, {}, 1),
	},
];

/**
 * Whether this company can be worked with: login and company, the projects the account sees, its
 * permissions, and the tools of the first of these projects. Only reads: that writing is allowed, too,
 * the first run shows.
 */
export async function checkProcoreAccess(client: ProcoreClient): Promise<ConnectionCheck[]> {
	let projects: ActualProject[];
	try {
		projects = (await listProjects(client, { status: 'Active' })).flatMap((wire) => {
			const project = readProject(wire);
			return project ? [project] : [];
		});
	} catch (error) {
		const later = [PROJECTS, ...RIGHTS.map(({ what }) => what), ...TOOLS.map(({ what }) => what)];
		return [
			wrong(COMPANY, error, 'Company ID'),
			...later.map((what) => row(what, 'not looked at', 'What comes before it has to work first.')),
		];
	}
	const checks = [
		row(COMPANY, 'proven', `Company ${client.companyId} let the login in.`),
		projects.length > 0
			? row(PROJECTS, 'proven', `The account sees ${projects.length} active projects.`)
			: row(
					PROJECTS,
					'wrong',
					'The account sees no active project.',
					'Company Admin > App Management > the app > Permissions',
					'Permit the projects that are to be synced to the service account, or add the person to them.',
				),
	];
	for (const { what, field, read } of RIGHTS) {
		try {
			await read(client);
			checks.push(row(what, 'proven', 'Its list was read.'));
		} catch (error) {
			checks.push(wrong(what, error, field));
		}
	}
	for (const tool of TOOLS) checks.push(await ofProjects(client, projects, tool));
	return [...checks, ...(await severalCurrencies(client))];
}

/** Whether the company keeps projects in several currencies; who may not see that is told nothing. */
async function severalCurrencies(client: ProcoreClient): Promise<ConnectionCheck[]> {
	const told = await getCompanyCurrencies(client).catch(() => undefined);
	const { multicurrency_enabled: several, currency_iso_code: own } = (told ?? {}) as {
		multicurrency_enabled?: unknown;
		currency_iso_code?: unknown;
	};
	if (several !== true) return [];
	return [
		row(
			'Currencies',
			'not proven',
			`This company keeps projects and records in several currencies (its own: ${String(own)}). Amounts go as the books have them, and Procore takes them for the currency of the project, or of the commitment that is billed.`,
			'Only These Projects',
			'Sync projects and commitments in the currency of the books alone, and leave out the others (the policy Only These Projects of the Mapping node, or skip in the projects crosswalk).',
		),
	];
}

async function ofProjects(
	client: ProcoreClient,
	projects: readonly ActualProject[],
	{ what, field, read }: (typeof TOOLS)[number],
): Promise<ConnectionCheck> {
	const looked = projects.slice(0, MOST_PROJECTS);
	if (looked.length === 0) return row(what, 'not looked at', 'There is no project to look into.');
	const refused: string[] = [];
	let first: unknown;
	for (const { id, name, projectNumber } of looked) {
		try {
			await read(client, String(id));
		} catch (error) {
			first ??= error;
			refused.push(projectNumber ? `${projectNumber} ${name}` : name);
		}
	}
	const of =
		looked.length < projects.length
			? `the first ${looked.length} of ${projects.length} projects`
			: `${looked.length} projects`;
	if (refused.length === 0) return row(what, 'proven', `Read in ${of}.`);
	return {
		...wrong(what, first, field),
		said: `Refused in ${refused.length} of ${of}: ${refused.join(', ')}. ${messageOf(first)}`,
	};
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** @param place where it is set right, unless the error speaks of login or address */
function wrong(what: string, error: unknown, place: string): ConnectionCheck {
	const known = error instanceof ConnectorError ? error : null;
	const field = known ? FIELD[known.code] : undefined;
	return row(
		what,
		'wrong',
		messageOf(error),
		field ?? place,
		known?.remedy ?? 'Open the Procore credential and check it.',
	);
}
