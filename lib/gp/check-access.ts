import { ConnectorError } from '../model/connector-error';
import { checkOf, type ConnectionCheck } from '../model/connection-check';
import type { GpPayable } from '../model/gp-records';
import { STREAMS, ENTITIES, type Entity } from '../streams/streams';
import type { GpClient } from './gp-client';

const LOGIN = 'Domain, User, Password';
/** Fields of the *Dynamics GP API* credential that an error speaks of, by its code. */
const FIELD: Record<string, string> = {
	GP_LOGIN_REFUSED: LOGIN,
	'windows-login-rejected': LOGIN,
	'login-scheme-unsupported': 'Authentication',
	'clear-text-login-refused': 'Allow Basic Authentication, Service Address',
	GP_USER_NOT_ALLOWED: "User: its rights in GP's User Access and Security Task Setup",
	GP_WEB_SERVICE_ROLE_MISSING: 'User: its role in the GP Web Services security console',
	GP_COMPANY_UNKNOWN: 'Company Name',
	GP_ROWS_OF_OTHER_COMPANY: 'Company Database ID',
	GP_SERVICE_NOT_FOUND: 'Service Address, Tenant',
	GP_WEB_SERVICE_NOT_FOUND: 'Service Address',
	GP_OTHER_DOOR: 'Door',
	GP_RESOURCE_NOT_OFFERED: 'Door',
	GP_ROW_SOURCE_NOT_CALLABLE: 'Rows Workflow',
	GP_ROW_SOURCE_FAILED: 'Rows Workflow',
	GP_ROW_SOURCE_TOO_SLOW: 'Rows Workflow',
	GP_ROW_ANSWER_WRONG: 'Rows Workflow',
};
const ADDRESS = 'Service Address';
/** SY01500.INTERID is char(5). */
const LONGEST_ID = 5;
/** Documents whose lines are looked at for the company they name. */
const LOOKED_AT = 5;

const row = checkOf('Dynamics GP');

/**
 * Whether this company can be read: address and login, the company, each kind of record, and whether
 * the database id is its own. What cannot be reached behind a fault is not looked at.
 *
 * @param earlier database ids of the runs the tables hold
 */
export async function checkGpAccess(
	client: GpClient,
	site: { company: string; companyId: string },
	earlier: readonly string[],
): Promise<ConnectionCheck[]> {
	let companies: string[] | null;
	try {
		({ companies } = await client.probe());
	} catch (error) {
		const later = ['Company', ...ENTITIES.map(readOf), 'Company database ID'];
		return [
			wrong('Address and login', error),
			...later.map((what) => row(what, 'not looked at', 'What comes before it has to work first.')),
		];
	}
	const checks = [
		row('Address and login', 'proven', 'The service answered and took the login.'),
		row(
			'Company',
			'proven',
			companies
				? `"${site.company}" is ${companies.length === 1 ? 'the one company' : `one of the ${companies.length} companies`} it lists.`
				: `Records of "${site.company}" were read.`,
		),
	];
	for (const entity of ENTITIES) checks.push(await readable(client, entity));
	checks.push(await databaseId(client, site.companyId, earlier, companies));
	return checks;
}

const readOf = (entity: Entity) => `Reading ${STREAMS[entity].label}`;

async function readable(client: GpClient, entity: Entity): Promise<ConnectionCheck> {
	try {
		const found = await client.list(entity, { limit: 1 });
		return found.length > 0
			? row(readOf(entity), 'proven', 'One was read.')
			: row(
					readOf(entity),
					'not proven',
					'The list came, and it is empty.',
					'Company Name',
					'If GP has some, this is another company, or the GP user may not see them.',
				);
	} catch (error) {
		return wrong(readOf(entity), error);
	}
}

/** GP's services take the company by its name; only lines of documents, and some doors, name its database. */
async function databaseId(
	client: GpClient,
	companyId: string,
	earlier: readonly string[],
	companies: readonly string[] | null,
): Promise<ConnectionCheck> {
	const what = 'Company database ID';
	const field = 'Company Database ID';
	const inGp = 'Enter the database name GP shows under Administration > Company Setup.';
	if (companyId === '') return row(what, 'wrong', 'It is empty.', field, inGp);
	const others = earlier.filter((one) => one.trim().toUpperCase() !== companyId.toUpperCase());
	const isNew = others.length === earlier.length;
	if (companyId.length > LONGEST_ID && isNew && client.door.name !== 'rows') {
		return row(
			what,
			'wrong',
			`"${companyId}" has ${companyId.length} signs, and GP gives a database no more than ${LONGEST_ID}: perhaps it is the name of the company.`,
			field,
			inGp,
		);
	}
	if (earlier.length > 0 && isNew) {
		// Companies share the tables: before its first run, of a further one there is none.
		return row(
			what,
			companies?.length === 1 ? 'wrong' : 'not proven',
			`The credential says ${companyId}; the runs so far were of ${[...new Set(others)].join(', ')}.`,
			field,
			'The same company as before? Put back the ID the records in Procore were made under, or every record is made a second time. A further company, with workflows and a credential of its own? Compare the ID with GP (Administration > Company Setup) and go on: its first run says so here.',
		);
	}
	if (client.door.name === 'rows')
		return row(what, 'proven', `The rows say they are of ${companyId}.`);
	try {
		const named = await companiesOfLines(client);
		if (named.length > 0 && !named.includes('')) {
			return row(
				what,
				'wrong',
				`The credential says ${companyId}; all lines of the newest documents looked at are of ${[...new Set(named)].join(', ')}.`,
				field,
				inGp,
			);
		}
	} catch {
		// That payables cannot be read is said in a line of its own.
	}
	return row(
		what,
		'not proven',
		`GP does not tell it through this door; the credential says ${companyId}.`,
		field,
		'Compare it once with GP: Administration > Company Setup, or the name of the database on the SQL Server. It becomes part of every record in Procore and must never change.',
	);
}

/** Of each line: the other company it names; blank where it is of this one, or names none. */
async function companiesOfLines(client: GpClient): Promise<string[]> {
	const listed = await client.list('payable', { limit: LOOKED_AT });
	const { records } = await client.readByKeys(
		'payable',
		listed.map(({ key }) => key),
	);
	return (records as GpPayable[]).flatMap(({ distributions }) =>
		distributions.map(({ company }) => company ?? ''),
	);
}

function wrong(what: string, error: unknown): ConnectionCheck {
	if (!(error instanceof ConnectorError)) {
		const said = error instanceof Error ? error.message : String(error);
		return row(what, 'wrong', said, ADDRESS, 'Open the Dynamics GP credential and check it.');
	}
	const setting = typeof error.details.setting === 'string' ? error.details.setting : undefined;
	// No certificate was shown yet where no encryption could be agreed on: that port may not serve https.
	const isTls =
		error.code !== 'tls-protocol' &&
		(error.details.reason === 'tls' || error.code.startsWith('tls-'));
	const certificate = isTls ? 'CA Certificate' : undefined;
	const field = setting ?? certificate ?? FIELD[error.code] ?? ADDRESS;
	return row(what, 'wrong', error.message, field, error.remedy);
}
