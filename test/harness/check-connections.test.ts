import type { ConnectionCheck } from '../../lib/model/connection-check';
import { runWorkflow } from './run-workflow';
import { shippedTemplate } from './shipped-template';
import { SyncWorld } from './sync-world';

jest.setTimeout(60_000);
jest.mock('../../nodes/shared/effects', () => jest.requireActual('./hasty-effects'));

let world: SyncWorld;

beforeAll(async () => {
	world = await SyncWorld.open({ vendorCount: 10, documentCount: 20 });
});

afterAll(() => world.close());

afterEach(() => {
	Object.assign(world.procore.switches, {
		appConnected: true,
		permittedProjects: null,
		toolDisabledProjects: [],
	});
});

async function check(
	gp: Record<string, string> = {},
	procore: Record<string, string> = {},
): Promise<{ title: string; text: string; wrong: ConnectionCheck[]; all: ConnectionCheck[] }> {
	const { credentials, tables } = world;
	const result = await runWorkflow({
		workflow: shippedTemplate('setup'),
		trigger: 'Check both connections',
		pages: { 'Really check?': [{ pressed: 'yes' }] },
		credentials: {
			dynamicsGpApi: { ...credentials.dynamicsGpApi, ...gp },
			procoreOAuth2Api: { ...credentials.procoreOAuth2Api, ...procore },
		},
		tables,
	});
	if (result.error) throw result.error;
	const all = result.items('Check connections') as unknown as ConnectionCheck[];
	const [{ title, text }] = result.items('Check connections', 1) as [Record<string, string>];
	expect(result.items('Show what was seen')).toHaveLength(1);
	return { title, text, all, wrong: all.filter(({ verdict }) => verdict === 'wrong') };
}

const fieldsOf = (checks: ConnectionCheck[]) =>
	checks.map(({ system, field }) => `${system}: ${field}`);

it('proves login, company, permissions and tools, and says first what nobody can prove', async () => {
	const { title, text, all, wrong } = await check();
	expect(wrong).toEqual([]);
	expect(title).toBe('Both connections work; something is left to look at');
	expect(text).toMatch(/^Before you look at anything else: since March 2026 .*approved apps/);
	expect(all.map(({ system, what, verdict }) => `${system}, ${what}: ${verdict}`)).toEqual([
		'Dynamics GP, Address and login: proven',
		'Dynamics GP, Company: proven',
		'Dynamics GP, Reading Vendors: proven',
		'Dynamics GP, Reading GL accounts: proven',
		'Dynamics GP, Reading Payables invoices: proven',
		'Dynamics GP, Company database ID: not proven',
		'Procore, Login: proven',
		'Procore, Company and login: proven',
		'Procore, Projects: proven',
		'Procore, Permission for vendors (company Directory): proven',
		'Procore, Permission for cost types (company Admin): proven',
		'Procore, Cost codes (project Admin tool): proven',
		'Procore, Direct costs (project Direct Costs tool): proven',
	]);
	expect(world.procore.counters().writes).toBe(0);
});

it.each([
	['the password', { password: 'no' }, 'Dynamics GP: Domain, User, Password'],
	['the company', { company: 'Nobody, Inc.' }, 'Dynamics GP: Company Name'],
	['the tenant', { tenant: 'Other' }, 'Dynamics GP: Service Address, Tenant'],
	['the address', { serviceAddress: 'http://127.0.0.1:9' }, 'Dynamics GP: Service Address'],
])('names the field of GP where %s is wrong, and looks at Procore all the same', async (...one) => {
	const [, gp, field] = one;
	const { wrong, all, title } = await check(gp);
	expect(fieldsOf(wrong)).toEqual([field]);
	expect(title).toContain(field);
	expect(wrong[0]!.remedy).not.toBe('');
	expect(all.filter(({ system }) => system === 'Procore').map(({ verdict }) => verdict)).toEqual(
		Array(7).fill('proven'),
	);
});

it.each([
	[
		'the secret',
		{ clientSecret: 'no', oauthTokenData: '' },
		'Procore: Client ID, Client Secret, Environment',
	],
	['the company', { companyId: '1' }, 'Procore: Company ID'],
	[
		'the address',
		{ loginAddress: 'http://127.0.0.1:9' },
		'Procore: Environment (or Login Address)',
	],
])('names the field of Procore where %s is wrong', async (_what, procore, field) => {
	const { wrong, all } = await check({}, procore);
	expect(fieldsOf(wrong)).toEqual([field]);
	expect(JSON.stringify(all)).not.toContain(world.credentials.procoreOAuth2Api!.clientSecret);
});

it.each([
	['Client Secret', 'clientSecret', ' '],
	['Client ID', 'clientId', '\n'],
])('says that %s was pasted with something around it, though n8n has a token', async (...one) => {
	const [title, name, around] = one;
	const pasted = `${String(world.credentials.procoreOAuth2Api![name])}${around}`;
	const { wrong } = await check({}, { [name]: pasted });
	expect(wrong).toMatchObject([{ what: 'Login', field: title }]);
	expect(wrong[0]!.said).toContain('begins or ends with a blank');
});

it.each([
	['company', ' Fabrikam, Inc.\t'],
	['tenant', ' DefaultTenant '],
	['companyId', ' TWO '],
	['serviceAddress', ''],
])('blanks pasted around %s of GP do no harm', async (name, written) => {
	const { serviceAddress } = world.credentials.dynamicsGpApi!;
	const { wrong } = await check({ [name]: written || ` ${String(serviceAddress)}/ ` });
	expect(wrong).toEqual([]);
});

it('notices an app that is not installed, projects not permitted, and a tool that is off', async () => {
	world.procore.switches.appConnected = false;
	expect(fieldsOf((await check()).wrong)).toEqual(['Procore: Company ID']);
	world.procore.switches.appConnected = true;
	world.procore.switches.permittedProjects = [];
	expect(fieldsOf((await check()).wrong)).toEqual([
		'Procore: Company Admin > App Management > the app > Permissions',
	]);
	world.procore.switches.permittedProjects = null;
	const { project_number, name } = world.procore.state.projects.all()[0]!;
	world.procore.switches.toolDisabledProjects = [project_number];
	const { wrong } = await check();
	expect(wrong).toMatchObject([
		{
			what: 'Direct costs (project Direct Costs tool)',
			said: expect.stringMatching(`^Refused in 1 of \\d+ projects: ${project_number} ${name}`),
		},
	]);
});

it('notices a database ID other than that of the runs so far', async () => {
	await world.sync();
	expect((await check()).wrong).toEqual([]);
	expect(fieldsOf((await check({ companyId: 'OTHER' })).wrong)).toEqual([
		'Dynamics GP: Company Database ID',
	]);
});
